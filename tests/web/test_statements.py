"""How many statements each page runs: written down, so that a page that grows dearer says so here.

What a page costs with 100,000 help requests is told by `python -m benchmarks.pages`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import event

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts
from leuvenhelpt.storage.models import Account, HelpRequest, Match, Volunteer
from leuvenhelpt.web.forms.keys import FormKeys
from tests import make
from tests.pages import CheckedClient

Where = Callable[[Runtime], str]


def fixed(path: str) -> Where:
    return lambda _runtime: path


def by_link(purpose: Purpose, table: type, state: str) -> Where:
    def path(runtime: Runtime) -> str:
        with runtime.reading() as db:
            row = db.query(table).filter_by(state=state).first()
        return f"/{purpose.value}/{runtime.links.token(purpose, row.public_id)}"

    return path


def request_at_the_desk(runtime: Runtime) -> str:
    with runtime.reading() as db:
        return "/balie/hulpvragen/" + db.query(HelpRequest).filter_by(state="open").first().reference


def volunteer_at_the_desk(runtime: Runtime) -> str:
    with runtime.reading() as db:
        return "/balie/vrijwilligers/" + db.query(Volunteer).first().public_id


def call_at_the_desk(runtime: Runtime) -> str:
    return "/balie/nieuwe-oproep?sleutel=" + FormKeys(runtime.settings.secret_key).new(runtime.clock())


def one_more(path: Where, tail: str) -> Where:
    return lambda runtime: path(runtime) + tail


STATUS = by_link(Purpose.STATUS, HelpRequest, "matched")
TASK = by_link(Purpose.TASK, Match, "accepted")
PAGES = [
    ("", fixed("/"), 1),
    ("", fixed("/zo-werkt-het"), 0),
    ("", fixed("/hulp-vragen"), 0),
    ("", fixed("/helpen"), 0),
    ("", STATUS, 5),
    ("", one_more(by_link(Purpose.STATUS, HelpRequest, "open"), "/veranderen"), 5),
    ("", one_more(STATUS, "/intrekken"), 5),
    ("", one_more(STATUS, "/zorg"), 5),
    ("", by_link(Purpose.ASK, Match, "asked"), 2),
    ("", TASK, 2),
    ("", one_more(TASK, "/agenda"), 3),
    ("", one_more(TASK, "/toch-niet"), 2),
    ("", one_more(TASK, "/zorg"), 2),
    ("", fixed("/meld-een-zorg"), 0),
    ("volunteer", fixed("/mijn-hulp"), 5),
    ("volunteer", fixed("/mijn-hulp/profiel"), 2),
    ("volunteer", fixed("/mijn-hulp/stoppen"), 1),
    ("coordinator", fixed("/balie"), 3),
    ("coordinator", fixed("/balie/terugbellen"), 3),
    ("coordinator", fixed("/balie/zorgen"), 3),
    ("coordinator", call_at_the_desk, 2),
    ("coordinator", fixed("/balie/hulpvragen"), 3),
    ("coordinator", request_at_the_desk, 7),
    ("coordinator", fixed("/balie/vrijwilligers"), 3),
    ("coordinator", volunteer_at_the_desk, 6),
    ("coordinator", fixed("/balie/brieven"), 3),
    ("coordinator", fixed("/balie/kaartjes"), 3),
    ("coordinator", fixed("/balie/wat-als"), 4),
    ("coordinator", fixed("/balie/hulpvragen?zoek=zzz"), 3),
    ("coordinator", one_more(request_at_the_desk, "/doe/wijs-af"), 3),
]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("role", "where", "statements"), PAGES)
def test_a_page_runs_so_many_statements_however_much_it_shows(
    client: CheckedClient, runtime: Runtime, role: str, where: Where, statements: int, rows: int
) -> None:
    for _ in range(rows):
        make.accepted_match(runtime)
        make.asked_match(runtime)
    make.staff(runtime)
    if role:
        sign_in(client, runtime, role)
    path = where(runtime)
    client.get(path)  # what is read once an hour, or once a minute, is not what a page costs
    ran: list[str] = []

    def note(*facts: object) -> None:
        if not str(facts[2]).startswith("BEGIN"):
            ran.append(str(facts[2]))

    event.listen(runtime.engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(runtime.engine, "before_cursor_execute", note)
    assert len(ran) == statements, "\n".join(ran)


def sign_in(client: CheckedClient, runtime: Runtime, role: str) -> None:
    with runtime.unit_of_work(make.RESIDENT) as uow:
        account = uow.session.query(Account).filter_by(role=role).first()
        assert account is not None
        token = accounts.sign_in(uow, account.id)
    with client.session_transaction() as session:
        session["_user_id"] = token
