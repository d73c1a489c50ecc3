"""Stopping and staying: by one's own page, by a link in a mail, and by staff; who stops is forgotten."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import concerns, volunteers
from leuvenhelpt.storage.models import JournalEntry, Volunteer
from leuvenhelpt.storage.queries import journal
from tests import make, people
from tests.make import RESIDENT
from tests.pages import CheckedClient
from tests.web.test_status import path as path_of_request
from tests.web.volunteer.test_linked_pages import Purpose as MatchPurpose
from tests.web.volunteer.test_linked_pages import path as path_of_match
from tests.web.volunteer.test_own_pages import signed_in


def linked(runtime: Runtime, purpose: Purpose, volunteer_id: int) -> str:
    public_id = make.row_of(runtime, Volunteer, volunteer_id).public_id
    return f"/{purpose.value}/{runtime.links.token(purpose, public_id)}"


def is_told(client: CheckedClient, answer: TestResponse) -> None:
    """The device is wiped, and a page of its own says so, in whatever language it is asked for."""
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.get(answer.location)
    assert client.page.heading == "U bent gestopt"
    assert "?lang=fr" in [link.get("href") for link in client.page.all("a")]
    assert client.get(f"{answer.location}?lang=fr").status_code == 200
    client.get(f"{answer.location}?lang=nl")
    assert client.page.heading == "U bent gestopt"


def test_on_the_own_page(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    client.get("/mijn-hulp/stoppen")
    assert "wissen wij meteen" in client.page.text
    is_told(client, client.post("/mijn-hulp/stoppen", data=client.page.form("/mijn-hulp/stoppen")))
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.name, row.phone) == ("left", "", "")
    assert client.get("/mijn-hulp").status_code == 302


def test_by_the_link_in_every_ask(client: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    path = linked(runtime, Purpose.UNSUBSCRIBE, vera)
    client.get(path)
    stop = f"{path}/stoppen"
    assert stop in [link.get("href") for link in client.page.all("a")]
    client.get(stop)
    sent = client.page.form(stop)
    assert make.row_of(runtime, Volunteer, vera).state == "active"
    for _ in range(2):
        is_told(client, client.post(stop, data=sent))
    assert make.row_of(runtime, Volunteer, vera).name == ""


def test_staying_is_one_press(client: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    path = linked(runtime, Purpose.STAY, vera)
    client.get(path)
    client.get(client.post(path, data=client.page.form(path)).location)
    assert client.page.heading == "Fijn dat u blijft"
    with runtime.reading() as db:
        assert journal.of_volunteer(db, vera)[0].step == "stay"


def test_who_stopped_already_cannot_stay(client: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    path = linked(runtime, Purpose.STAY, vera)
    client.get(path)
    sent = client.page.form(path)
    with runtime.unit_of_work(people.ANYBODY) as uow:
        volunteers.leave(uow, vera)
    is_told(client, client.post(path, data=sent))


@pytest.mark.parametrize("purpose", [Purpose.STAY, Purpose.UNSUBSCRIBE])
def test_a_link_of_nobody_leads_nowhere(client: CheckedClient, runtime: Runtime, purpose: Purpose) -> None:
    path = f"/{purpose.value}/{runtime.links.token(purpose, 'nobody')}"
    assert client.get(path).status_code == 404


def test_a_concern_closes_the_task_without_a_word_of_who_reported_it(
    client: CheckedClient, runtime: Runtime
) -> None:
    request, vera = make.located_request(runtime, people.an()), people.vera(runtime)
    task = path_of_match(runtime, make.accepted_match(runtime, request, vera), MatchPurpose.TASK)
    asked = path_of_match(runtime, make.asked_match(runtime, volunteer_id=vera), MatchPurpose.ASK)
    client.get(task)
    address = client.page.form(f"{task}/adres")
    facts = concerns.ConcernFacts("k", "Hij was boos op haar.", help_request_id=request)
    with runtime.unit_of_work(RESIDENT) as uow:
        concerns.report(uow, facts=facts)
    client.get(task)
    assert client.page.heading == "Wij bekijken eerst iets"
    assert "Tot dan tonen wij het adres niet." in client.page.text
    assert "Zet in mijn agenda" not in client.page.text
    assert "boos" not in client.page.html
    assert client.post(f"{task}/adres", data=address).location == task
    client.get(asked)
    assert client.page.heading == "Wij bekijken eerst iets"
    client.get(path_of_request(runtime, request))
    with runtime.reading() as db:
        assert db.query(JournalEntry).filter_by(step="freeze").count() == 1


def test_the_own_page_asks_nothing_and_sends_nobody_out_while_a_concern_is_looked_into(
    client: CheckedClient, runtime: Runtime
) -> None:
    vera = signed_in(client, runtime)
    request = make.located_request(runtime, people.an())
    make.accepted_match(runtime, request, vera)
    asked = path_of_match(runtime, make.asked_match(runtime, volunteer_id=vera), MatchPurpose.ASK)
    client.get("/mijn-hulp")
    assert (asked in client.page.html, "Adres, telefoon en meer" in client.page.text) == (True, True)
    with runtime.unit_of_work(RESIDENT) as uow:
        concerns.report(uow, facts=concerns.ConcernFacts("k", "Hij was boos.", help_request_id=request))
    client.get("/mijn-hulp")
    assert (asked in client.page.html, "Adres, telefoon en meer" in client.page.text) == (False, False)
    assert "Wacht nog even. Lees waarom." in client.page.text
    assert client.page.text.count("Een medewerker bekijkt eerst iets.") == 1
