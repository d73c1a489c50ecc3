"""Reporting a concern: whoever one is, from wherever, and what becomes of it at the desk."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import closing, concerns
from leuvenhelpt.storage.models import Attention, Concern, HelpRequest, JournalEntry
from tests import make, people
from tests.pages import CheckedClient
from tests.web.test_status import path
from tests.web.volunteer.test_linked_pages import Purpose
from tests.web.volunteer.test_linked_pages import path as path_of_match

FORM = "/meld-een-zorg"


def report(client: CheckedClient, address: str = FORM, **typed: str) -> int:
    client.get(address)
    sent = client.page.form(address) | {"words": "Hij vroeg haar bankkaart."} | typed
    return client.post(address, data=sent, follow_redirects=True).status_code


def concern(runtime: Runtime) -> Concern:
    """The one concern there is."""
    with runtime.reading() as db:
        return db.scalars(select(Concern)).one()


def on_desk(runtime: Runtime) -> list[tuple[str, int | None]]:
    with runtime.reading() as db:
        is_open = Attention.resolved_at.is_(None)
        return [(row.kind, row.help_request_id) for row in db.scalars(select(Attention).where(is_open))]


def test_anybody_may_without_a_name(client: CheckedClient, runtime: Runtime) -> None:
    assert report(client) == 200
    assert client.page.heading == "Dank u dat u dit meldt"
    row = concern(runtime)
    assert (row.words, row.name, row.phone, row.email) == ("Hij vroeg haar bankkaart.", "", "", "")
    assert on_desk(runtime) == [("concern", None)]


def test_who_wants_to_be_rung_says_how(client: CheckedClient, runtime: Runtime) -> None:
    report(client, name="Noor", phone="0470 99 88 77", email="noor@post.example")
    row = concern(runtime)
    assert (row.name, row.phone, row.email) == ("Noor", "+32470998877", "noor@post.example")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("words", " \u200b ", "Schrijf wat er is."),
        ("words", "x" * 2001, "Maak dit korter: hoogstens 2000 tekens."),
        ("phone", "12", "Dit nummer is te kort."),
        ("email", "noor", "Kijk uw e-mailadres na."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(
    client: CheckedClient, runtime: Runtime, field: str, typed: str, words: str
) -> None:
    assert report(client, **{"name": "Noor", field: typed}) == 422
    assert words in client.page.text
    assert client.page.form(FORM)["name"] == "Noor"
    assert on_desk(runtime) == []


def test_pressed_twice_is_told_once(client: CheckedClient, runtime: Runtime) -> None:
    client.get(FORM)
    sent = client.page.form(FORM) | {"words": "Er is iets."}
    for _ in range(2):
        assert client.post(FORM, data=sent).status_code == 302
    assert concern(runtime).words == "Er is iets."
    assert len(on_desk(runtime)) == 1


def test_each_concern_is_read_even_about_the_same_request(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    for words in ("Er was niemand.", "Nu belt er iemand."):
        report(client, f"{path(runtime, asked)}/zorg", words=words)
    assert on_desk(runtime) == [("concern", asked)] * 2


@pytest.mark.parametrize("typed", ["{reference}", " {reference} ", "{pairs}", "{arabic}"])
def test_a_number_finds_its_request(client: CheckedClient, runtime: Runtime, typed: str) -> None:
    asked = make.located_request(runtime, people.an())
    reference = make.row_of(runtime, HelpRequest, asked).reference
    pairs = f"{reference[:2]} {reference[2:4]} {reference[4:]}"
    arabic = "".join(chr(0x0660 + int(digit)) for digit in reference)
    report(client, reference=typed.format(reference=reference, pairs=pairs, arabic=arabic))
    assert concern(runtime).help_request_id == asked


def test_a_number_tells_nobody_whether_it_exists(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    pages = []
    for number in (make.row_of(runtime, HelpRequest, asked).reference, "000000"):
        assert report(client, reference=number) == 200
        pages.append(client.page.text)
    assert pages[0] == pages[1]


def test_a_volunteer_reports_from_the_task(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    vera = people.vera(runtime)
    match_id = make.accepted_match(runtime, asked, vera)
    assert report(client, f"{path_of_match(runtime, match_id, Purpose.TASK)}/zorg") == 200
    row = concern(runtime)
    assert (row.help_request_id, row.volunteer_id) == (asked, vera)


def test_a_forged_link_reports_nothing(client: CheckedClient, runtime: Runtime) -> None:
    assert client.get("/vraag/x.y/zorg").status_code == 404
    assert client.get("/taak/x.y/zorg").status_code == 404


def test_what_fills_in_everything_is_asked_once_more_and_then_heard(
    client: CheckedClient, runtime: Runtime
) -> None:
    for _ in range(2):  # a machine sends the same each time
        assert report(client, name="Noor", website="https://spam.example") == 422
        assert on_desk(runtime) == []
    assert "Druk nog één keer op de knop" in client.page.text
    again = client.page.form(FORM)
    assert "website" not in again  # so that what fills in forms for people does not fill it in again
    assert client.post(FORM, data=again, follow_redirects=True).status_code == 200
    assert client.page.heading == "Dank u dat u dit meldt"
    assert (concern(runtime).words, concern(runtime).name) == ("Hij vroeg haar bankkaart.", "Noor")


def test_the_end_of_a_request_does_not_end_a_concern(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    report(client, f"{path(runtime, asked)}/zorg")
    with runtime.unit_of_work(people.RESIDENT) as uow:
        closing.withdraw(uow, asked)
    assert on_desk(runtime) == [("concern", asked)]


def test_the_journal_knows_that_and_not_what(client: CheckedClient, runtime: Runtime) -> None:
    asked = make.located_request(runtime, people.an())
    report(client, f"{path(runtime, asked)}/zorg")
    with runtime.reading() as db:
        lines = db.scalars(select(JournalEntry).where(JournalEntry.step == "concern")).all()
    assert [(line.help_request_id, line.reason) for line in lines] == [(asked, "")]
    client.get(path(runtime, asked))
    assert "zorg gemeld" not in client.page.text


def test_a_settled_concern_is_forgotten_after_five_years(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    report(client, name="Noor")
    with runtime.unit_of_work(make.MACHINE) as uow:
        concerns.note_reporter_seen(uow, concern(runtime).id, reason="Noor terugbellen")
        concerns.settle(uow, concern(runtime).id, words="Gebeld en besproken.")
    for years, name in ((4, "Noor"), (2, "")):
        clock.move(days=365 * years)
        with runtime.unit_of_work(make.MACHINE) as uow:
            concerns.forget_old(uow)
        assert concern(runtime).name == name
        with runtime.reading() as db:
            reasons = [row.reason for row in db.scalars(select(JournalEntry)) if row.step == "see_reporter"]
        assert reasons == (["Noor terugbellen"] if name else [""])


def test_too_many_in_an_hour_are_asked_to_call(client: CheckedClient, runtime: Runtime) -> None:
    codes = [report(client, words=f"Nummer {number}") for number in range(21)]
    assert codes == [200] * 20 + [429]
    assert runtime.city.phone in client.page.text


def test_who_goes_back_to_tell_more_is_heard_and_twice_is_once(
    client: CheckedClient, runtime: Runtime
) -> None:
    client.get(FORM)
    sent = client.page.form(FORM) | {"words": "Hij vroeg haar bankkaart."}
    more = sent | {"phone": "0470 99 88 77"}
    for typed in (sent, sent, more):
        client.post(FORM, data=typed)
    with runtime.reading() as db:
        assert [row.phone for row in db.scalars(select(Concern).order_by(Concern.id))] == ["", "+32470998877"]
    assert len(on_desk(runtime)) == 2
