"""The desk: what waits, in words; taking it up; and what others may not see."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts, aftercare, desk
from leuvenhelpt.storage.models import HelpRequest
from leuvenhelpt.web.staff.routes import TABLE
from tests import make
from tests.apps import client_of
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.storage.test_help_requests import reference_of
from tests.web.staff.conftest import press


def test_empty_desk_says_so(stef: CheckedClient) -> None:
    stef.get("/balie")
    assert stef.page.heading == "Er wacht nu niemand op ons."


def test_desk_says_what_is_late_and_what_to_do(
    stef: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    make.located_request(runtime, kind="company")
    clock.move(hours=4, minutes=25)
    sign_in_again(stef, runtime)
    make.located_request(runtime, kind="company")
    stef.get("/balie")
    assert stef.page.heading == "1 belofte is te laat. 1 belofte loopt vandaag af."
    assert [words(heading) for heading in stef.page.all("h2")] == ["Belofte verlopen 1", "Vandaag 1"]
    tags = [words(e) for e in stef.page.all("p") if e.get("class") == "item__due"]
    assert tags == ["25 min te laat", "nog 4 u 00"]
    assert "Nieuwe vraag om te bekijken." in stef.page.text


def sign_in_again(client: CheckedClient, runtime: Runtime) -> None:
    from tests.web.staff.conftest import sign_in  # noqa: PLC0415

    sign_in(client, runtime, "stef@stad.example")


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_asks_the_database_three_times(stef: CheckedClient, runtime: Runtime, rows: int) -> None:
    for _ in range(rows):
        make.located_request(runtime, kind="company")
    with statements(runtime) as sent:
        stef.get("/balie")
    assert len(sent) == 3  # who is there, the rows, the counts
    assert len([e for e in stef.page.all("li") if e.get("class") == "item"]) == rows


def test_taking_up_opens_the_request_and_shows_whose_it_is(stef: CheckedClient, runtime: Runtime) -> None:
    reference = reference_of(runtime, make.located_request(runtime, kind="company"))
    press(stef, "/balie", f"/balie/hulpvragen/{reference}/neem-op")
    assert "U nam dit op" in stef.page.text
    stef.get("/balie?wie=mine")
    assert "U nam dit op" in stef.page.text
    stef.get("/balie?wie=nobody")
    assert "Hier wacht niemand" in stef.page.text


def test_who_comes_second_is_told_so(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, kind="company")
    action = f"/balie/hulpvragen/{reference_of(runtime, about)}/neem-op"
    stef.get("/balie")
    facts = stef.page.form(action)
    with runtime.unit_of_work(Actor(ActorKind.STAFF, make.staff(runtime, name="Katrien"))) as uow:
        desk.take_up(uow, about)
    stef.get(stef.post(action, data=facts).location)
    assert "Iemand was u net voor." in stef.page.text
    assert "Katrien nam dit op" in stef.page.text
    press(stef, action.removesuffix("/neem-op"), action)
    assert "U nam dit op" in stef.page.text


def test_filters_narrow_the_desk(stef: CheckedClient, runtime: Runtime) -> None:
    make.located_request(runtime, kind="company")
    about = make.located_request(runtime, email="")
    make.accepted_match(runtime, about)
    for path, titles in {
        "/balie": {"Gezelschap", "Boodschappen"},
        "/balie/terugbellen": {"Boodschappen"},
        "/balie/zorgen": set(),
        "/balie?soort=company": {"Gezelschap"},
        "/balie?soort=nothing&wie=who&blad=0": {"Gezelschap", "Boodschappen"},
        "/balie?blad=7": set(),
    }.items():
        stef.get(path)
        assert {words(e) for e in stef.page.all("h3")} == titles, path


def test_everything_on_the_desk_has_words(stef: CheckedClient, runtime: Runtime) -> None:
    from datetime import timedelta  # noqa: PLC0415

    from tests.storage.test_desk import trouble  # noqa: PLC0415

    for kind in Trouble:
        trouble(runtime, kind, timedelta(hours=1))
    stef.get("/balie")
    assert len([e for e in stef.page.all("li") if e.get("class") == "item"]) == len(Trouble)


STAFF_ONLY = sorted({(route.rule, route.method) for route in TABLE if route.who == "staff"})


@pytest.mark.parametrize(("rule", "method"), STAFF_ONLY)
def test_strangers_and_volunteers_get_no_further(
    app: Flask, runtime: Runtime, rule: str, method: str
) -> None:
    about = make.located_request(runtime)
    volunteer = make.volunteer(runtime)
    path = (
        rule.replace("<reference>", make.row_of(runtime, HelpRequest, about).reference)
        .replace("<public_id>", "x")
        .replace("<act>", "nota")
    )
    path = re.sub(r"<int:\w+>", "1", path)
    client = client_of(app)
    client.get("/balie/aanmelden")
    token = {"csrf_token": client.page.form()["csrf_token"]}
    assert client.open(path, method=method, data=token).location == "/balie/aanmelden"
    with runtime.unit_of_work(Actor(ActorKind.VOLUNTEER, volunteer)) as uow:
        from leuvenhelpt.storage.models import Account  # noqa: PLC0415

        account = uow.session.query(Account).filter_by(volunteer_id=volunteer).one()
        session_token = accounts.sign_in(uow, account.id)
    with client.session_transaction() as session:
        session["_user_id"] = session_token
    assert client.open(path, method=method, data=token).status_code == 404


def test_to_whom_nobody_came_others_are_sent(
    stef: CheckedClient, client: CheckedClient, runtime: Runtime
) -> None:
    about = make.located_request(runtime)
    make.done_match(runtime, about)
    path = f"/balie/hulpvragen/{reference_of(runtime, about)}"
    act = f"{path}/doe/niemand-kwam"
    stef.get(path)
    assert act not in [link.get("href") for link in stef.page.all("a")]
    with runtime.unit_of_work(make.RESIDENT) as uow:
        aftercare.answer_as_requester(uow, about, went_well=False)
    stef.get(path)
    assert act in [link.get("href") for link in stef.page.all("a")]
    press(stef, act, act)
    assert make.row_of(runtime, HelpRequest, about).state == "open"
    assert "Er kwam niemand." in stef.page.text  # in the journal
    public_id = make.row_of(runtime, HelpRequest, about).public_id
    client.get(f"/vraag/{runtime.links.token(Purpose.STATUS, public_id)}")
    assert "Er kwam niemand" in client.page.text
