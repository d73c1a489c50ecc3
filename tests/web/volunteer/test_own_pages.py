"""Becoming a volunteer, signing in and out, and the volunteer's own page."""

from __future__ import annotations

from datetime import date, time
from http import HTTPStatus

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import at_brussels
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import volunteers
from leuvenhelpt.storage.models import SignInLink, Volunteer
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.web.volunteer.test_linked_pages import path, press

OFFER = {
    "name": "Vera Çelik-Łoś",
    "email": "Vera@Post.example",
    "phone": "0470/12.34.56",
    "address": "Naamsestraat 1",
    "postcode": "3000",
    "kinds": ["groceries", "dog"],
    "languages": ["nl", "tr"],
    "means": "foot",
    "reach_km": "2",
    "hours": ["0-0", "2-2"],
    "max_asks_a_week": "2",
    "is_old_enough": "y",
    "has_read": "y",
}


def latest_link(runtime: Runtime, purpose: Purpose) -> str:
    with runtime.reading() as db:
        link = db.scalars(select(SignInLink).order_by(SignInLink.id.desc())).first()
    assert link is not None
    return f"/{purpose.value}/{runtime.links.token(purpose, link.public_id)}"


def offer(client: CheckedClient, **changes: object) -> int:
    client.get("/helpen")
    sent = client.page.form("/helpen") | OFFER | changes
    return client.post("/helpen", data=sent).status_code


def signed_in(client: CheckedClient, runtime: Runtime) -> int:
    """Vera offers help, confirms and is signed in; her id."""
    assert offer(client) == HTTPStatus.FOUND
    confirm = latest_link(runtime, Purpose.CONFIRM)
    client.get(confirm)
    assert press(client, confirm) == HTTPStatus.OK
    with runtime.reading() as db:
        return db.scalars(select(Volunteer.id).where(Volunteer.email == "vera@post.example")).one()


def test_an_offer_is_kept_as_it_was_meant(client: CheckedClient, runtime: Runtime) -> None:
    row = make.row_of(runtime, Volunteer, signed_in(client, runtime))
    assert "Uw e-mailadres klopt: vanaf nu mogen wij u iets vragen." in client.page.text
    found = (row.name, row.phone, row.kinds, row.reach_km, row.max_asks_a_week, row.state, row.notice_version)
    version = runtime.city.notice_version
    assert found == ("Vera Çelik-Łoś", "+32470123456", ["groceries", "dog"], 2.0, 2, "active", version)
    assert client.page.heading == "Dag Vera Çelik-Łoś"


def test_looking_at_the_confirmation_confirms_nothing(client: CheckedClient, runtime: Runtime) -> None:
    offer(client)
    for _ in range(3):
        client.get(latest_link(runtime, Purpose.CONFIRM))
    with runtime.reading() as db:
        assert db.scalars(select(Volunteer.state)).one() == "applied"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "\x00 \u202e", "Vul uw naam in."),
        ("email", "vera", "Kijk uw e-mailadres na."),
        ("phone", "12", "Dit nummer is te kort."),
        ("kinds", [], "Kruis minstens één soort hulp aan."),
        ("kinds", ["arson"], "Kruis minstens één soort hulp aan."),
        ("hours", [], "Kruis minstens één moment in de week aan."),
        ("postcode", "elsewhere", "Wij zoeken buren in"),
        ("reach_km", "9999", "Kies hoe ver."),
        ("max_asks_a_week", "x", "Kies hoe vaak."),
        ("words", "x" * 10_000, "Maak dit korter: hoogstens 1000 tekens."),
        ("is_old_enough", "", "Helpen kan vanaf 16 jaar."),
        ("has_read", "", "Lees de informatienota"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(
    client: CheckedClient, runtime: Runtime, field: str, typed: object, words: str
) -> None:
    assert offer(client, **{field: typed}) == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in client.page.text
    assert client.page.title.startswith("Fout: ")
    kept = client.page.form("/helpen")
    assert kept["address"] == "Naamsestraat 1"
    with runtime.reading() as db:
        assert db.scalars(select(Volunteer)).all() == []


def test_nobody_can_find_out_who_helps(client: CheckedClient, runtime: Runtime) -> None:
    signed_in(client, runtime)
    answers = []
    for email in ("vera@post.example", "nobody@post.example"):
        other = client_of(client.application)
        other.get("/aanmelden")
        sent = other.page.form("/aanmelden") | {"email": email}
        answers.append(other.post("/aanmelden", data=sent, follow_redirects=True).data)
        assert offer(other, email=email) == HTTPStatus.FOUND
    assert answers[0] == answers[1]


def test_a_sign_in_link_works_once_and_for_a_while(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    signed_in(client, runtime)
    press(client, "/afmelden")
    client.get("/aanmelden")
    press(client, "/aanmelden", email="VERA@post.example")
    link = latest_link(runtime, Purpose.SIGN_IN)
    client.get(link)
    sent = client.page.form(link)
    assert client.post(link, data=sent, follow_redirects=True).status_code == HTTPStatus.OK
    assert client.page.heading.startswith("Dag Vera")
    other = client_of(client.application)
    other.get(link)
    assert other.page.heading == "Deze link werkt niet meer"
    clock.move(hours=1)
    press(client, "/afmelden")
    client.get(link)
    assert client.page.heading == "Deze link werkt niet meer"


def test_signing_out_ends_the_session_itself(client: CheckedClient, runtime: Runtime) -> None:
    signed_in(client, runtime)
    stolen = client.get_cookie("lh")
    press(client, "/afmelden")
    assert stolen is not None
    thief = client_of(client.application)
    thief.set_cookie("lh", stolen.value)
    assert thief.get("/mijn-hulp").headers["Location"] == "/aanmelden"


def test_a_password_works_too_and_ends_other_sessions(client: CheckedClient, runtime: Runtime) -> None:
    signed_in(client, runtime)
    elsewhere = client_of(client.application)
    cookie = client.get_cookie("lh")
    assert cookie is not None
    elsewhere.set_cookie("lh", cookie.value)
    client.get("/mijn-hulp/profiel")
    assert press(client, "/mijn-hulp/wachtwoord", password="kort") == HTTPStatus.UNPROCESSABLE_ENTITY
    assert press(client, "/mijn-hulp/wachtwoord", password=make.PASSWORD) == HTTPStatus.OK
    assert elsewhere.get("/mijn-hulp").status_code == HTTPStatus.FOUND
    press(client, "/afmelden")
    client.get("/aanmelden")
    assert press(client, "/aanmelden", email="vera@post.example", password="nee") == 422
    assert press(client, "/aanmelden", email="vera@post.example", password=make.PASSWORD) == HTTPStatus.OK
    assert client.page.heading.startswith("Dag Vera")


def test_own_page_shows_asks_and_tasks_without_names(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    for say_yes in (False, True):
        request = make.located_request(runtime, people.an(wanted_by=make.timedelta(days=2)))
        (make.accepted_match if say_yes else make.asked_match)(runtime, request, vera)
    client.get("/mijn-hulp")
    assert "Adres, telefoon en meer" in client.page.text
    assert [word for word in people.AN_SECRETS if word in client.page.text] == []
    assert path(runtime, 1).split("/")[2] in client.get("/mijn-hulp").text


def test_who_changes_the_profile_in_another_language_is_written_to_in_it(
    client: CheckedClient, runtime: Runtime
) -> None:
    vera = signed_in(client, runtime)
    client.get("/mijn-hulp/profiel?lang=fr")
    sent = client.page.form("/mijn-hulp/profiel") | OFFER
    assert client.post("/mijn-hulp/profiel", data=sent).status_code == HTTPStatus.FOUND
    assert make.row_of(runtime, Volunteer, vera).reader_language == "fr"


def test_changing_pausing_and_leaving(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    client.get("/mijn-hulp/profiel")
    changed = {**OFFER, "reach_km": "10", "address": "Parkstraat 5"}
    sent = client.page.form("/mijn-hulp/profiel") | changed
    assert client.post("/mijn-hulp/profiel", data=sent, follow_redirects=True).status_code == HTTPStatus.OK
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.reach_km, row.address, row.lat, row.kinds) == (
        10.0,
        "Parkstraat 5",
        None,
        ["groceries", "dog"],
    )
    press(client, "/mijn-hulp/pauze", until="2026-12-01")
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.paused_until) == ("paused", at_brussels(date(2026, 12, 1), time.min))
    assert "U neemt pauze tot dinsdag 1 december." in client.page.text
    press(client, "/mijn-hulp/terug")
    assert make.row_of(runtime, Volunteer, vera).state == "active"
    client.get("/mijn-hulp/stoppen")
    press(client, "/mijn-hulp/stoppen")
    assert make.row_of(runtime, Volunteer, vera).state == "left"
    assert client.get("/mijn-hulp").status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-11-24", "Kies een dag na vandaag."),
        ("2036-01-01", "Kies een dag binnen het jaar, of laat leeg."),
        ("ooit", "Schrijf de dag als dag/maand/jaar, zoals 01/12/2026."),
    ],
)
def test_a_day_that_cannot_end_a_pause(
    client: CheckedClient, runtime: Runtime, typed: str, words: str
) -> None:
    vera = signed_in(client, runtime)
    assert press(client, "/mijn-hulp/pauze", until=typed) == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in client.page.text
    assert make.row_of(runtime, Volunteer, vera).state == "active"


def test_a_pause_without_a_day_lasts_until_they_come_back(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    assert press(client, "/mijn-hulp/pauze") == HTTPStatus.OK
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.paused_until) == ("paused", None)


def test_who_missed_the_first_mail_is_confirmed_by_the_next(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    offer(client)
    late = latest_link(runtime, Purpose.CONFIRM)
    client.get(late)
    sent = client.page.form(late)
    clock.move(days=7)
    assert client.post(late, data=sent).status_code == HTTPStatus.CONFLICT
    assert (client.page.heading, runtime.city.phone in client.page.text) == (
        "Deze link werkt niet meer",
        True,
    )
    client.get("/aanmelden")
    press(client, "/aanmelden", email=OFFER["email"])
    link = latest_link(runtime, Purpose.SIGN_IN)
    client.get(link)
    assert press(client, link) == HTTPStatus.OK
    with runtime.reading() as db:
        assert db.scalars(select(Volunteer.state)).one() == "active"


def test_a_button_pressed_twice_says_that_one_is_in(client: CheckedClient, runtime: Runtime) -> None:
    offer(client)
    link = latest_link(runtime, Purpose.CONFIRM)
    stranger = client_of(client.application)
    for browser in (client, stranger):
        browser.get(link)
    twice = {who: who.page.form(link) for who in (client, stranger)}
    assert client.post(link, data=twice[client]).status_code == HTTPStatus.FOUND
    client.get(link)
    assert "u bent al aangemeld" in client.page.text
    assert stranger.post(link, data=twice[stranger]).status_code == HTTPStatus.CONFLICT
    assert "Vraag een nieuwe link" in stranger.page.text
    assert stranger.get("/mijn-hulp").status_code == HTTPStatus.FOUND


def test_the_profile_shows_the_phone_as_people_write_it(client: CheckedClient, runtime: Runtime) -> None:
    signed_in(client, runtime)
    client.get("/mijn-hulp/profiel")
    assert client.page.form("/mijn-hulp/profiel")["phone"] == "0470 12 34 56"


def test_errors_are_listed_in_the_order_of_the_page(client: CheckedClient) -> None:
    client.get("/helpen")
    client.post("/helpen", data={"csrf_token": client.page.form("/helpen")["csrf_token"]})
    places = [int(client.page.html.index(f'id="{name}"')) for name in OFFER]
    shown = [name for _place, name in sorted(zip(places, OFFER, strict=True))]
    complained = [name for name in shown if name in leads_to(client)]
    assert (leads_to(client), len(complained)) == (complained, 10)


def leads_to(client: CheckedClient) -> list[str]:
    """The fields to which the list of errors leads, in its order."""
    [summary] = [element for element in client.page.root.iter() if element.get("class") == "summary"]
    return [(link.get("href") or "").removeprefix("#") for link in summary.iter("a")]


def sign_in_again(client: CheckedClient, runtime: Runtime) -> None:
    client.get("/aanmelden")
    press(client, "/aanmelden", email="vera@post.example")
    link = latest_link(runtime, Purpose.SIGN_IN)
    client.get(link)
    press(client, link)


def test_who_is_not_let_in_any_more_is_signed_out_at_once(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    with runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.block(uow, vera, reason="Vroeg iemand om geld.")
    assert client.get("/mijn-hulp").headers["Location"] == "/aanmelden"
    sign_in_again(client, runtime)
    assert "Wij vragen u nu niets. Wilt u weer helpen? Bel ons." in client.page.text
