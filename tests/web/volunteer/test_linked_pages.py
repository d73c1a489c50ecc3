"""What volunteers reach by a link: the ask, the task, the pause. What an address canary shows where."""

from __future__ import annotations

import threading
from http import HTTPStatus

import pytest
from flask import Flask
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import closing, matches, volunteers
from leuvenhelpt.storage.models import HelpRequest, JournalEntry, Match, Volunteer
from leuvenhelpt.web import create_app
from tests import make, people
from tests.apps import client_of
from tests.make import RESIDENT, VOLUNTEER
from tests.pages import CheckedClient, words
from tests.runtimes import runtime_for, settings_for


def ask_of_an(runtime: Runtime, **facts: str) -> int:
    """Vera was asked to help An; the id of the match."""
    request = make.located_request(runtime, people.an(wanted_by=make.timedelta(days=2), **facts))
    return make.asked_match(runtime, request, people.vera(runtime))


def path(runtime: Runtime, match_id: int, purpose: Purpose = Purpose.ASK) -> str:
    """Where the link of a match leads."""
    match = make.row_of(runtime, Match, match_id)
    return f"/{purpose.value}/{runtime.links.token(purpose, match.public_id)}"


def press(client: CheckedClient, address: str, /, **fields: str) -> int:
    """Press a button of the form to an address on the last page, and follow where it leads."""
    sent = client.page.form(address) | fields
    return client.post(address, data=sent, follow_redirects=True).status_code


def focused(client: CheckedClient) -> str:
    """What a screen reader begins with on the last page: the one element that takes the focus."""
    [element] = [element for element in client.page.root.iter() if "autofocus" in element.attrib]
    return words(element)


def test_help_by_phone_tells_no_address(client: CheckedClient, runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an(kind="phone_call"))
    match_id = make.asked_match(runtime, request, people.vera(runtime))
    client.get(path(runtime, match_id))
    assert "Naam en telefoonnummer ziet u pas als u ja zegt." in client.page.text
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    task = path(runtime, match_id, Purpose.TASK)
    client.get(task)
    assert "Toon naam en telefoon" in client.page.text
    press(client, f"{task}/adres")
    shown = [word for word in people.AN_SECRETS if word in client.page.text]
    assert shown == ["Peeters", "0470 12 34 56", "an.peeters@post.example"]


def test_looking_at_an_ask_changes_nothing_and_tells_no_address(
    client: CheckedClient, runtime: Runtime
) -> None:
    match_id = ask_of_an(runtime)
    for _ in range(3):
        assert client.get(path(runtime, match_id)).status_code == HTTPStatus.OK
        assert client.head(path(runtime, match_id)).status_code == HTTPStatus.OK
    assert make.row_of(runtime, Match, match_id).state == "asked"
    assert [word for word in people.AN_SECRETS if word in client.page.text] == []
    assert "Leuven centrum, op minder dan 1 km" in client.page.text


def test_yes_leads_to_the_task_and_the_address_stays_behind_a_button(
    client: CheckedClient, runtime: Runtime
) -> None:
    match_id = ask_of_an(runtime)
    client.get(path(runtime, match_id))
    assert press(client, path(runtime, match_id), answer="yes") == HTTPStatus.OK
    assert client.page.heading == "U gaat boodschappen doen"
    assert focused(client) == "Dank u wel. Wij zeggen het aan wie hulp vroeg. Spreek eerst samen een uur af."
    assert "Naamsestraat" not in client.page.text
    assert press(client, path(runtime, match_id, Purpose.TASK) + "/adres") == HTTPStatus.OK
    shown = [word for word in people.AN_SECRETS if word in client.page.text]
    assert shown == ["Peeters", "Naamsestraat", " 147", "0470 12 34 56", "an.peeters@post.example"]
    assert focused(client).startswith("An Peeters")
    with runtime.reading() as db:
        seen = db.scalars(select(JournalEntry).where(JournalEntry.step == "see_address")).one()
    assert (seen.actor_kind, seen.actor_id) == (
        "volunteer",
        make.row_of(runtime, Match, match_id).volunteer_id,
    )


@pytest.mark.parametrize(
    ("origin", "status"), [("null", HTTPStatus.FOUND), ("https://evil.example", HTTPStatus.BAD_REQUEST)]
)
def test_a_browser_that_withholds_where_it_comes_from_may_answer(
    client: CheckedClient, runtime: Runtime, origin: str, status: HTTPStatus
) -> None:
    """A page behind a link withholds its address, and browsers without Sec-Fetch-Site say "null" for it."""
    address = path(runtime, ask_of_an(runtime))
    client.get(address)
    sent = client.page.form(address) | {"answer": "yes"}
    assert client.post(address, data=sent, headers={"Origin": origin}).status_code == status
    without_token = sent | {"csrf_token": ""}
    answer = client.post(address, data=without_token, headers={"Origin": origin})
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_no_is_a_good_answer_and_keeps_the_words(client: CheckedClient, runtime: Runtime) -> None:
    match_id = ask_of_an(runtime)
    client.get(path(runtime, match_id))
    press(client, path(runtime, match_id), answer="no", remark="Ik ben op reis\x00 tot mei")
    assert client.page.heading == "U zei nee, en dat is goed"
    assert make.row_of(runtime, Match, match_id).remark == "Ik ben op reis tot mei"


def test_pressing_yes_twice_is_pressing_once(client: CheckedClient, runtime: Runtime) -> None:
    match_id = ask_of_an(runtime)
    client.get(path(runtime, match_id))
    sent = client.page.form(path(runtime, match_id)) | {"answer": "yes"}
    for _ in range(2):
        assert client.post(path(runtime, match_id), data=sent, follow_redirects=True).status_code == 200
    assert len(make.notifications(runtime, "request_matched")) == 1


@pytest.mark.parametrize("state", ["filled", "lapsed", "cancelled", "late"])
def test_who_comes_too_late_reads_it_in_plain_words(
    client: CheckedClient, runtime: Runtime, clock: SetClock, state: str
) -> None:
    match_id = ask_of_an(runtime)
    client.get(path(runtime, match_id))
    sent = client.page.form(path(runtime, match_id)) | {"answer": "yes"}
    expected = become(runtime, clock, match_id, state)
    answer = client.post(path(runtime, match_id), data=sent)
    assert (answer.status_code, client.page.heading) == (HTTPStatus.CONFLICT, expected)
    assert runtime.city.phone in client.page.text
    assert client.get(path(runtime, match_id)).status_code == HTTPStatus.OK
    assert client.page.heading == expected


def become(runtime: Runtime, clock: SetClock, match_id: int, state: str) -> str:
    """Bring an ask to its end; the heading of the page it then has."""
    match = make.row_of(runtime, Match, match_id)
    if state == "late":
        clock.move(days=1)
        return "De tijd om te antwoorden is voorbij"
    if state == "lapsed":
        clock.now = match.lapses_at
    with runtime.unit_of_work(RESIDENT) as uow:
        if state == "lapsed":
            matches.lapse(uow, match_id)
        if state == "cancelled":
            closing.withdraw(uow, match.help_request_id)
    if state == "filled":
        other = make.shortlist(runtime, match.help_request_id, [match.volunteer_id, people.wim(runtime)])[1]
        with runtime.unit_of_work(VOLUNTEER) as uow:
            matches.accept(uow, other)
    words = {"lapsed": "De tijd om te antwoorden is voorbij", "filled": "Iemand was u voor"}
    return words.get(state, "Deze hulp is niet meer nodig")


def test_dropping_out_hides_the_address_at_once(client: CheckedClient, runtime: Runtime) -> None:
    match_id = ask_of_an(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    task = path(runtime, match_id, Purpose.TASK)
    client.get(task + "/toch-niet")
    token = {"csrf_token": client.page.form(task + "/toch-niet")["csrf_token"]}
    assert press(client, task + "/toch-niet", remark="Ziek") == HTTPStatus.OK
    assert client.page.heading == "U komt niet meer"
    request = make.row_of(runtime, Match, match_id).help_request_id
    assert make.row_of(runtime, HelpRequest, request).state == "open"
    assert client.post(task + "/adres", data=token).location == task
    client.get(task)
    assert "Naamsestraat" not in client.page.text


def test_after_the_help_one_click_says_how_it_went(client: CheckedClient, runtime: Runtime) -> None:
    match_id = ask_of_an(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    task = path(runtime, match_id, Purpose.TASK)
    client.get(task)
    press(client, task + "/klaar")
    assert client.page.heading == "Dank u wel voor uw hulp"
    press(client, task + "/hoe-ging-het")
    assert make.row_of(runtime, Match, match_id).went_well is None
    press(client, task + "/hoe-ging-het", answer="yes")
    assert make.row_of(runtime, Match, match_id).went_well is True


def test_an_ask_link_opens_no_task_and_a_task_link_answers_no_ask(
    client: CheckedClient, runtime: Runtime
) -> None:
    match_id = ask_of_an(runtime)
    match = make.row_of(runtime, Match, match_id)
    token = runtime.links.token(Purpose.ASK, match.public_id)
    assert client.get(f"/taak/{token}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("answer", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_what_is_neither_yes_nor_no_is_no_answer(
    client: CheckedClient, runtime: Runtime, answer: dict[str, str]
) -> None:
    match_id = ask_of_an(runtime)
    client.get(path(runtime, match_id))
    assert press(client, path(runtime, match_id), **answer) == HTTPStatus.OK
    assert client.page.heading == "Kunt u boodschappen doen?"
    assert make.row_of(runtime, Match, match_id).state == "asked"


def test_who_was_second_hears_that_another_ask_is_waiting(client: CheckedClient, runtime: Runtime) -> None:
    match_id = ask_of_an(runtime)
    vera = make.row_of(runtime, Match, match_id).volunteer_id
    waiting = "Er staat nog één andere vraag voor u open."
    client.get(path(runtime, match_id))
    press(client, path(runtime, match_id), answer="no")
    assert waiting not in client.page.text
    make.asked_match(runtime, make.located_request(runtime), vera)
    client.get(path(runtime, match_id))
    assert waiting in client.page.text


def unsubscribe_path(runtime: Runtime, volunteer_id: int) -> str:
    """Where the link in every ask leads."""
    public_id = make.row_of(runtime, Volunteer, volunteer_id).public_id
    return f"/vraag-mij-niets/{runtime.links.token(Purpose.UNSUBSCRIBE, public_id)}"


def test_mail_programs_unsubscribe_with_one_click(client: CheckedClient, runtime: Runtime) -> None:
    """RFC 8058: no cookie, no token of a form, and an answer without redirect."""
    vera = people.vera(runtime)
    address = unsubscribe_path(runtime, vera)
    assert client.get(address).status_code == HTTPStatus.OK
    assert make.row_of(runtime, Volunteer, vera).state == "active"
    for _ in range(2):
        answer = client_of(client.application).post(address, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == HTTPStatus.OK
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.paused_until) == ("paused", None)


def test_a_month_of_rest_and_an_end_to_it(client: CheckedClient, runtime: Runtime, clock: SetClock) -> None:
    vera = people.vera(runtime)
    client.get(unsubscribe_path(runtime, vera))
    press(client, unsubscribe_path(runtime, vera), until="a_month")
    assert client.page.heading == "Wij vragen u nu niets"
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.paused_until) == ("paused", clock() + make.timedelta(days=30))


def test_who_left_is_told_that_nothing_is_asked(client: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    client.get(unsubscribe_path(runtime, vera))
    assert press(client, unsubscribe_path(runtime, vera), until="further_notice") == HTTPStatus.OK
    assert client.page.heading == "Wij vragen u nu niets"


def test_of_eight_who_press_yes_at_once_one_wins(
    database_url: str, tmp_path: object, clock: SetClock
) -> None:
    runtime = runtime_for(settings_for(tmp_path, database_url), clock)  # type: ignore[arg-type]
    app = create_app(runtime)
    request = make.located_request(runtime)
    found = make.shortlist(runtime, request, [make.volunteer(runtime) for _ in range(8)])
    barrier, headings = threading.Barrier(len(found)), [""] * len(found)

    def say_yes(number: int, match_id: int, app: Flask = app) -> None:
        client = client_of(app)
        client.get(path(runtime, match_id))
        sent = client.page.form(path(runtime, match_id)) | {"answer": "yes"}
        barrier.wait()
        client.post(path(runtime, match_id), data=sent, follow_redirects=True)
        headings[number] = client.page.heading

    threads = [threading.Thread(target=say_yes, args=pair) for pair in enumerate(found)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(headings) == ["Iemand was u voor"] * 7 + ["U gaat boodschappen doen"]
    runtime.engine.dispose()


def test_who_must_be_met_first_reads_so_kindly_and_sees_no_buttons(
    client: CheckedClient, runtime: Runtime
) -> None:
    match_id = ask_of_an(runtime, kind="odd_job")
    client.get(path(runtime, match_id))
    sent = client.page.form(path(runtime, match_id)) | {"answer": "yes"}
    with runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.vet(uow, make.row_of(runtime, Match, match_id).volunteer_id, level=0, reason="twijfel")
    assert client.post(path(runtime, match_id), data=sent).status_code == HTTPStatus.CONFLICT
    assert client.page.heading == "Wij leren u eerst graag beter kennen"
    assert f"Bel ons op {runtime.city.phone}" in client.page.text
    assert "andere vraag voor u open" not in client.page.text
    assert client.get(path(runtime, match_id)).status_code == HTTPStatus.OK
    assert client.page.heading == "Wij leren u eerst graag beter kennen"


def test_of_help_over_the_phone_nobody_reads_that_somebody_comes(
    client: CheckedClient, runtime: Runtime
) -> None:
    about = make.located_request(runtime, people.an(kind="phone_call"))
    task = path(runtime, make.accepted_match(runtime, about, people.vera(runtime)), Purpose.TASK)
    status = runtime.links.token(Purpose.STATUS, make.row_of(runtime, HelpRequest, about).public_id)
    client.get(f"/vraag/{status}/intrekken")
    assert "Vera Claes krijgt meteen bericht en belt dan niet." in client.page.text
    client.get(f"{task}/toch-niet")
    assert client.page.heading == "Kunt u toch niet bellen?"
    assert press(client, f"{task}/toch-niet") == HTTPStatus.OK
    assert client.page.heading == "U belt niet meer"
