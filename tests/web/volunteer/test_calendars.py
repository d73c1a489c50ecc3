"""The calendar of a volunteer: what it shows and never shows, who can open it, and how it is closed."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import closing, volunteers
from leuvenhelpt.storage.models import HelpRequest, Volunteer
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.services.test_concerns import reported, settled
from tests.storage.test_desk import statements
from tests.web.volunteer.test_linked_pages import path, press
from tests.web.volunteer.test_own_pages import signed_in


def promised(runtime: Runtime, vera: int) -> tuple[int, int]:
    """Vera said yes to An; the ids of the request and of the match."""
    asked = make.located_request(runtime, people.an())
    return asked, make.accepted_match(runtime, asked, vera)


def feed_of(client: CheckedClient, runtime: Runtime) -> str:
    """Make the address and read it from the page."""
    client.get("/mijn-hulp")
    press(client, "/mijn-hulp/agenda")
    [field] = [e for e in client.page.all("input") if e.get("id") == "feed"]
    return (field.get("value") or "").removeprefix(runtime.settings.public_url)


def events(client: CheckedClient, address: str) -> list[str]:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return [str(event["summary"]) for event in Calendar.from_ical(answer.data).events]


def test_a_task_is_a_file_without_who_where_or_the_word(client: CheckedClient, runtime: Runtime) -> None:
    asked, match_id = promised(runtime, people.vera(runtime))
    answer = client.get(f"{path(runtime, match_id, Purpose.TASK)}/agenda")
    text = answer.data.decode().replace("\r\n ", "")
    row = make.row_of(runtime, HelpRequest, asked)
    secrets = (*people.AN_SECRETS, row.code_word, row.reference, row.public_id, "/taak/", "/uitnodiging/")
    assert [secret for secret in secrets if secret in text] == []
    assert "boodschappen doen" in text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="afspraak.ics"'


def test_a_task_that_is_over_is_no_file(client: CheckedClient, runtime: Runtime) -> None:
    asked, match_id = promised(runtime, people.vera(runtime))
    with runtime.unit_of_work(people.RESIDENT) as uow:
        closing.withdraw(uow, asked)
    task = path(runtime, match_id, Purpose.TASK)
    assert client.get(f"{task}/agenda").location == task


def test_nor_is_one_that_a_concern_holds_up(client: CheckedClient, runtime: Runtime) -> None:
    asked, match_id = promised(runtime, people.vera(runtime))
    concern = reported(runtime, asked)
    task = path(runtime, match_id, Purpose.TASK)
    assert client.get(f"{task}/agenda").location == task
    settled(runtime, concern)
    assert client.get(f"{task}/agenda").mimetype == "text/calendar"


def test_the_feed_needs_no_sign_in_and_follows_what_happens(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    asked, _match = promised(runtime, vera)
    make.asked_match(runtime, volunteer_id=vera)
    address = feed_of(client, runtime)
    program = client_of(client.application)
    assert events(program, address) == ["Ten laatste vandaag: boodschappen doen"]
    with runtime.unit_of_work(people.RESIDENT) as uow:
        closing.withdraw(uow, asked)
    assert events(program, address) == []


def test_the_feed_tells_nothing_it_should_not(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    promised(runtime, vera)
    answer = client.get(feed_of(client, runtime))
    text = answer.data.decode().replace("\r\n ", "")
    assert [secret for secret in (*people.AN_SECRETS, "Çelik", "/taak/") if secret in text] == []
    told = (
        answer.headers["Referrer-Policy"],
        answer.headers["X-Robots-Tag"],
        answer.headers["Cache-Control"],
    )
    assert told == ("no-referrer", "noindex", "no-store")


def test_a_renewed_or_closed_feed_opens_nothing(client: CheckedClient, runtime: Runtime) -> None:
    signed_in(client, runtime)
    old = feed_of(client, runtime)
    new = feed_of(client, runtime)
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    client.get("/mijn-hulp")
    press(client, "/mijn-hulp/agenda/uit")
    assert client.get(new).status_code == 404
    assert "Maak een agendalink" in client.page.text or client.get("/mijn-hulp").status_code == 200


def test_who_left_has_no_calendar(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    address = feed_of(client, runtime)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    assert client.get(address).status_code == 404


def test_the_bare_key_and_a_forged_one_open_nothing(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    address = feed_of(client, runtime)
    key = make.row_of(runtime, Volunteer, vera).calendar_key
    forged = address[:-9] + ("A" if address[-9] != "A" else "B") + address[-8:]
    assert [client.get(bad).status_code for bad in (f"/agenda/{key}", forged)] == [404, 404]


@pytest.mark.parametrize("number", [1, 3])
def test_the_feed_asks_the_database_as_often_for_few_as_for_many(
    client: CheckedClient, runtime: Runtime, number: int
) -> None:
    vera = signed_in(client, runtime)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        uow.session.get_one(Volunteer, vera).max_asks_a_week = 7
    for _ in range(number):
        promised_one = make.located_request(runtime)
        make.accepted_match(runtime, promised_one, vera)
    address = feed_of(client, runtime)
    program = client_of(client.application)
    with statements(runtime) as sent:
        assert len(events(program, address)) == number
    assert len(sent) == 2
