"""Another language loses nothing that was typed, and sends nothing, on whichever page somebody types."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.language import COMPLETE
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import aftercare, concerns
from leuvenhelpt.storage.models import Concern, HelpRequest, JournalEntry, Match, Volunteer
from tests import make, people
from tests.pages import CheckedClient, sent_by
from tests.web.staff.conftest import stef
from tests.web.staff.test_requests import path_of
from tests.web.test_status import path as status_path
from tests.web.volunteer.test_linked_pages import path
from tests.web.volunteer.test_own_pages import signed_in

__all__ = ["stef"]
OTHER = next(language for language in sorted(COMPLETE) if language != "nl")


def standing(client: CheckedClient) -> tuple[str, str, dict[str, str]]:
    """Method, address and content of the form that the languages of the last page belong to."""
    (form,) = [form for form in client.page.all("form") if form.get("id") == "typed"]
    held = dict(pair for element in form.iter() if (pair := sent_by(element)) is not None)
    return form.get("method", "get").lower(), form.get("action", ""), held


def lines(runtime: Runtime) -> int:
    with runtime.reading() as db:
        return db.query(JournalEntry).count()


def stays(client: CheckedClient, runtime: Runtime, address: str, **typed: str) -> None:
    """What is typed on a page comes back in another language, and nothing is done."""
    client.get(address)
    before, (method, action, held) = lines(runtime), standing(client)
    assert typed.keys() <= held.keys() | {"because"}
    sent = held | typed | {"lang": OTHER}
    answer = client.get(action, query_string=sent) if method == "get" else client.post(action, data=sent)
    assert (answer.status_code, client.page.root.get("lang")) == (200, OTHER)
    assert {name: standing(client)[2].get(name) for name in typed} == typed
    assert lines(runtime) == before
    assert [e for e in client.page.root.iter() if e.get("class") == "summary"] == []


def test_beside_a_no(client: CheckedClient, runtime: Runtime) -> None:
    match_id = make.asked_match(runtime)
    stays(client, runtime, path(runtime, match_id), remark="Ik ben op reis.", because="when")
    assert make.row_of(runtime, Match, match_id).state == "asked"


def test_dropping_out(client: CheckedClient, runtime: Runtime) -> None:
    match_id = make.accepted_match(runtime)
    stays(client, runtime, f"{path(runtime, match_id, Purpose.TASK)}/toch-niet", remark="Ziek")
    assert make.row_of(runtime, Match, match_id).state == "accepted"


def test_thanking(client: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime)
    make.done_match(runtime, about)
    with runtime.unit_of_work(make.RESIDENT) as uow:
        aftercare.answer_as_requester(uow, about, went_well=True)
    stays(client, runtime, status_path(runtime, about), words="Dank u, buur.")


def test_pausing(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    day = f"{runtime.clock() + make.timedelta(days=20):%Y-%m-%d}"
    stays(client, runtime, "/mijn-hulp", until=day)
    assert make.row_of(runtime, Volunteer, vera).state == "active"


def test_looking_into_a_concern(stef: CheckedClient, runtime: Runtime) -> None:
    with runtime.unit_of_work(make.RESIDENT) as uow:
        concerns.report(uow, facts=concerns.ConcernFacts("k", "Niet pluis."))
    with runtime.reading() as db:
        concern = db.query(Concern).one().id
    stays(stef, runtime, f"/balie/zorgen/{concern}", words="Ik belde de dochter.")


def test_needing_an_address(stef: CheckedClient, runtime: Runtime) -> None:
    row = make.row_of(runtime, Volunteer, people.vera(runtime))
    stays(stef, runtime, f"/balie/vrijwilligers/{row.public_id}", reason="terugbellen")
    assert row.email not in stef.page.text


def test_searching_a_place(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    address = path_of(runtime, about)
    stef.get(address)
    stef.post(f"{address}/toon", data=stef.page.form(f"{address}/toon") | {"reason": "visit"})
    before, (_method, action, held) = lines(runtime), standing(stef)
    stef.post(action, data=held | {"search": "Parkstraat", "lang": OTHER})
    assert (stef.page.root.get("lang"), standing(stef)[2]["search"]) == (OTHER, "Parkstraat")
    assert make.row_of(runtime, HelpRequest, about).place_label == make.HERE.label
    assert lines(runtime) == before


@pytest.mark.parametrize("address", ["/balie/hulpvragen", "/balie/vrijwilligers"])
def test_searching_a_list(stef: CheckedClient, runtime: Runtime, address: str) -> None:
    stays(stef, runtime, address, zoek="Heverlee")


def test_wondering_what_if(stef: CheckedClient, runtime: Runtime) -> None:
    stays(stef, runtime, "/balie/wat-als", volunteers="2.0")
