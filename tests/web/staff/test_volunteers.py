"""Volunteers at the desk."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import locating, volunteers
from leuvenhelpt.storage.models import Attention, HelpRequest, Volunteer
from leuvenhelpt.storage.queries import journal
from tests import make, people
from tests.pages import CheckedClient
from tests.storage.test_desk import statements
from tests.web.staff.conftest import press
from tests.web.staff.test_requests import path_of as path_of_request
from tests.web.staff.test_requests import token


def path_of(runtime: Runtime, volunteer_id: int) -> str:
    return f"/balie/vrijwilligers/{make.row_of(runtime, Volunteer, volunteer_id).public_id}"


def test_page_tells_the_offer_and_hides_how_to_reach(stef: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime, will_not="Geen zware dozen")
    make.done_match(runtime, volunteer_id=vera)
    path = path_of(runtime, vera)
    stef.get(path)
    assert stef.page.heading == "Vera Claes"
    assert {"Geen zware dozen", "Heeft geholpen"} <= {
        w for w in ("Geen zware dozen", "Heeft geholpen") if w in stef.page.text
    }
    assert "vera@post.example" not in stef.page.html
    press(stef, path, f"{path}/toon", reason="bellen over zaterdag")
    assert "vera@post.example" in stef.page.text
    with runtime.reading() as db:
        last = journal.of_volunteer(db, vera)[0]
    assert (last.who, last.step, last.reason) == ("Stef Wouters", "see_contact", "bellen over zaterdag")


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_database_three_times(stef: CheckedClient, runtime: Runtime, number: int) -> None:
    for _ in range(number):
        make.volunteer(runtime)
    with statements(runtime) as sent:
        stef.get("/balie/vrijwilligers?zoek=neighbour&toestand=active")
    assert (len(sent), stef.page.heading) == (3, f"{number} vrijwilliger{'s' if number > 1 else ''}")


@pytest.mark.parametrize(
    ("act", "facts", "state"),
    [
        ("pauzeer", {"until": "2026-12-01", "words": "Op reis."}, "paused"),
        ("pauzeer", {}, "paused"),
        ("laat-niet-toe", {"words": "Klacht over geld."}, "blocked"),
        ("kennismaking", {"level": "2", "words": "Gesprek aan de balie."}, "active"),
        ("nota", {"words": "Belt liever na zes uur."}, "active"),
    ],
)
def test_coordinator_decides_about_a_volunteer(
    stef: CheckedClient, runtime: Runtime, act: str, facts: dict[str, str], state: str
) -> None:
    vera = people.vera(runtime)
    path = path_of(runtime, vera)
    stef.get(f"{path}/doe/{act}")
    stef.get(stef.post(f"{path}/doe/{act}", data={"csrf_token": token(stef)} | facts).location)
    row = make.row_of(runtime, Volunteer, vera)
    assert row.state == state
    assert row.vetting == (2 if act == "kennismaking" else 3)
    assert bool(row.paused_until) == ("until" in facts)


@pytest.mark.parametrize(
    ("act", "facts"),
    [
        ("pauzeer", {"until": "2020-01-01"}),
        ("pauzeer", {"until": "morgen"}),
        ("kennismaking", {"level": "4", "words": "Gesprek."}),
        ("kennismaking", {"level": "1", "words": ""}),
        ("laat-niet-toe", {"words": ""}),
    ],
)
def test_what_is_wrong_is_said(
    stef: CheckedClient, runtime: Runtime, act: str, facts: dict[str, str]
) -> None:
    vera = people.vera(runtime)
    path = path_of(runtime, vera)
    stef.get(f"{path}/doe/{act}")
    answer = stef.post(f"{path}/doe/{act}", data={"csrf_token": token(stef)} | facts)
    assert (answer.status_code, stef.page.title[:6]) == (422, "Fout: ")
    assert make.row_of(runtime, Volunteer, vera).state == "active"


def test_pause_ends_and_block_is_lifted(stef: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    path = path_of(runtime, vera)
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.block(uow, vera, reason="klacht")
    for act, state in [("laat-weer-toe", "paused"), ("hervat", "active")]:
        stef.get(f"{path}/doe/{act}")
        facts = {"csrf_token": token(stef), "words": "Uitgepraat."}
        stef.get(stef.post(f"{path}/doe/{act}", data=facts).location)
        assert make.row_of(runtime, Volunteer, vera).state == state


def test_who_asks_for_it_is_forgotten_and_the_page_says_only_that(
    stef: CheckedClient, runtime: Runtime
) -> None:
    vera = people.vera(runtime)
    make.done_match(runtime, volunteer_id=vera)
    path = path_of(runtime, vera)
    stef.get(f"{path}/doe/wis")
    assert stef.post(f"{path}/doe/wis", data={"csrf_token": token(stef), "how": "zomaar"}).status_code == 422
    stef.get(stef.post(f"{path}/doe/wis", data={"csrf_token": token(stef), "how": "phone"}).location)
    assert stef.page.heading == "De gegevens van deze vrijwilliger zijn gewist"
    assert "Stef Wouters wiste naam en adres: zo gevraagd aan de telefoon." in stef.page.text
    assert "Vera" not in stef.page.html
    assert [link for link in stef.page.all("a") if "/doe/" in link.get("href", "")] == []
    assert stef.page.all("textarea") == []  # nobody would forget a note any more
    stef.get("/balie/vrijwilligers")
    assert stef.page.heading == "0 vrijwilligers"


def test_a_resident_who_asks_for_it_is_forgotten(stef: CheckedClient, runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an())
    make.accepted_match(runtime, request)
    path = path_of_request(runtime, request)
    stef.get(path)
    assert f"{path}/doe/wis" in [link.get("href") for link in stef.page.all("a")]
    stef.get(f"{path}/doe/wis")
    stef.get(stef.post(f"{path}/doe/wis", data={"csrf_token": token(stef), "how": "desk"}).location)
    assert "Stef Wouters wiste naam, adres en woorden: zo gevraagd aan de balie." in stef.page.text
    assert make.row_of(runtime, HelpRequest, request).person_name == ""
    assert stef.page.all("textarea") == []
    press(stef, path, f"{path}/toon", reason="ring_back")
    assert [word for word in people.AN_SECRETS if word in stef.page.html] == []


def test_volunteer_without_a_place_is_placed_by_hand(stef: CheckedClient, runtime: Runtime) -> None:
    vera = make.applicant(runtime, name="Vera Claes")
    with runtime.unit_of_work(MACHINE) as uow:
        locating.record_volunteer(uow, vera, None)
    path = path_of(runtime, vera)
    stef.get("/balie")
    assert "Adres van een vrijwilliger niet gevonden." in stef.page.text
    stef.get(path)
    facts = {"csrf_token": token(stef), "lat": "50.88", "lon": "4.70"}
    assert stef.post(f"{path}/plaats", data=facts | {"lat": "0"}).status_code == 422
    stef.get(stef.post(f"{path}/plaats", data=facts).location)
    assert make.row_of(runtime, Volunteer, vera).lat == 50.88
    stef.get("/balie")
    assert stef.page.heading == "Er wacht nu niemand op ons."


def test_matter_of_a_volunteer_is_settled(stef: CheckedClient, runtime: Runtime) -> None:
    vera = make.applicant(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        locating.record_volunteer(uow, vera, None)
    with runtime.reading() as db:
        matter = db.query(Attention).one().id
    path = path_of(runtime, vera)
    stef.get(f"{path}/doe/handel-af?zaak={matter}")
    stef.post(f"{path}/doe/handel-af", data=stef.page.form(f"{path}/doe/handel-af") | {"words": "Gebeld."})
    assert make.row_of(runtime, Attention, matter).resolved_at is not None
