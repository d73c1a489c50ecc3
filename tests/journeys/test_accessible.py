"""Every page of every role, empty, full and sent back: no fault that axe knows, nothing wider than the window.

Narrow is 320 px, which is also what 400 % zoom leaves of a wide screen. Journeys with the keyboard and without scripts
are in `test_journeys.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import (
    aftercare,
    calendars,
    closing,
    concerns,
    help_requests,
    letterbox,
    letters,
    matches,
)
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from tests import make, people
from tests.apps import app
from tests.browsers import site, window
from tests.journeys.eyes import DESK, EVERYBODY, NARROW, Eyes
from tests.journeys.towns import link_in, mail_to, runtime, sign_in_at_desk, work_off
from tests.services.test_what_if import asked
from tests.web.staff.test_what_if import done, result

__all__ = ["app", "runtime", "site"]

pytestmark = pytest.mark.slow

VERA = "vera@post.example"
everybody = pytest.mark.parametrize("language", EVERYBODY)
at_the_desk = pytest.mark.parametrize("language", DESK)


@pytest.fixture
def eyes(browser: Browser, site: str, app: Flask, language: str) -> Iterator[Eyes]:
    """A browser of its own, in one language."""
    with window(browser, NARROW) as page:
        yield Eyes(page, site, app, language)


def volunteer_of(runtime: Runtime, match_id: int) -> str:
    """The public id of whoever was asked."""
    match = make.row_of(runtime, Match, match_id)
    return str(make.row_of(runtime, Volunteer, match.volunteer_id).public_id)


def to_match(runtime: Runtime, purpose: Purpose, match_id: int) -> str:
    """Where the link of a match leads."""
    row = make.row_of(runtime, Match, match_id)
    return f"/{purpose.value}/{runtime.links.token(purpose, row.public_id)}"


def to_status(runtime: Runtime, help_request_id: int) -> str:
    """Where the link of a help request leads."""
    row = make.row_of(runtime, HelpRequest, help_request_id)
    return f"/vraag/{runtime.links.token(Purpose.STATUS, row.public_id)}"


@everybody
def test_what_everyone_may_see(eyes: Eyes) -> None:
    paths = (
        "/",
        "/zo-werkt-het",
        "/uw-gegevens",
        "/toegankelijkheid",
        "/hulp-vragen",
        "/helpen",
        "/aanmelden",
        "/meld-een-zorg",
        "/meld-een-zorg/dank-u",
    )
    told = (
        "/helpen/dank-u",
        "/aanmelden/mail",
        "/vraag/niets",
        "/nergens",
        "/zonder-verbinding",
    )
    found = eyes.look_at(*paths, *told)
    assert found + eyes.open_languages() == []


@at_the_desk
def test_what_colleagues_and_the_curious_see(eyes: Eyes, runtime: Runtime) -> None:
    people.stef(runtime)
    make.accepted_match(runtime)
    work_off(runtime)
    found = eyes.look_at("/stijl", "/demonstratie", "/demonstratie/berichten")
    eyes.page.locator("tbody a").first.click()
    found += eyes.look() + eyes.look_at("/balie/aanmelden")
    eyes.press("Verder")
    assert eyes.page.locator(".summary").is_visible()
    found += eyes.look()
    eyes.page.fill("#email", "stef@stad.example")
    eyes.page.fill("#password", make.PASSWORD)
    eyes.press("Verder")
    assert found + eyes.look() == []


@everybody
def test_forms_that_are_sent_back(eyes: Eyes) -> None:
    found = []
    for path, button in (
        ("/helpen", "Ik wil helpen"),
        ("/aanmelden", "Aanmelden"),
        ("/meld-een-zorg", "Meld dit"),
    ):
        eyes.go(path)
        eyes.press(button)
        assert eyes.page.locator(".summary").is_visible()
        found += eyes.look()
    assert found == []


@everybody
def test_what_is_said_back_to_words(eyes: Eyes) -> None:
    eyes.go("/hulp-vragen?voor=ander")
    found = eyes.look()
    eyes.press("Verder")
    found += eyes.look()  # no words, so all kinds
    eyes.press("Verder")
    found += eyes.look()
    needs = "Mijn vader krijgt geen lucht, wil niet meer leven en kan de huur niet betalen. Ik word ziek."
    eyes.page.fill("#words", needs)
    eyes.press("Verder")
    assert found + eyes.look() == []  # whom to ring, and which service
    assert eyes.look_at("/", "/hulp-vragen") == []  # what was begun is offered


@everybody
def test_steps_of_asking(eyes: Eyes) -> None:
    page = eyes.page
    eyes.go("/hulp-vragen?voor=ander")
    page.fill("#words", "Mijn vader wil graag wat gezelschap.")
    eyes.press("Verder")
    eyes.pick("company")
    eyes.press("Verder")
    found = eyes.look()
    eyes.press("Verder")
    found += eyes.look()
    eyes.pick("moments")
    page.locator("#hours label").first.click()
    page.fill("#address", "Naamsestraat 147, 3000")
    eyes.press("Verder")
    found += eyes.look()
    eyes.press("Verder")
    found += eyes.look()
    page.fill("#asker_name", "Noor Peeters")
    page.fill("#person_name", "Jef Peeters")
    page.check("#agreed")
    page.fill("#phone", "0470 12 34 56")
    eyes.press("Verder")
    assert found + eyes.look() == []


@everybody
def test_page_of_a_help_request(eyes: Eyes, runtime: Runtime) -> None:
    new = make.help_request(runtime, people.an())
    matched = make.located_request(runtime, people.an(idempotency_key="matched"))
    make.accepted_match(runtime, matched)
    done = make.located_request(runtime, people.an(idempotency_key="done"))
    make.done_match(runtime, done)
    referred = make.located_request(runtime, people.an(idempotency_key="referred"))
    with runtime.unit_of_work(MACHINE) as uow:
        closing.refer(uow, referred, service="ocmw", words="Zij kunnen dit beter.")
    unheard = make.located_request(runtime, people.an(idempotency_key="unheard"))
    well = make.located_request(runtime, people.an(idempotency_key="well"))
    make.done_match(runtime, well)
    with runtime.unit_of_work(MACHINE) as uow:
        help_requests.complain_unheard(uow, unheard)
        aftercare.answer_as_requester(uow, well, went_well=True)
    pages = [to_status(runtime, about) for about in (new, matched, done, referred, unheard, well)]
    pages += [f"{pages[0]}/{part}" for part in ("veranderen", "intrekken", "zorg")] + [
        f"{pages[3]}/intrekken"
    ]
    assert eyes.look_at(*pages) == []


@everybody
def test_pages_behind_the_links_of_a_volunteer(eyes: Eyes, runtime: Runtime) -> None:
    asked = make.asked_match(runtime)
    accepted = make.accepted_match(runtime)
    declined = make.asked_match(runtime)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        matches.decline(uow, declined)
    task = to_match(runtime, Purpose.TASK, accepted)
    pages = [to_match(runtime, Purpose.ASK, one) for one in (asked, declined)]
    never = f"/vraag-mij-niets/{runtime.links.token(Purpose.UNSUBSCRIBE, volunteer_of(runtime, asked))}"
    make.applicant(runtime, email=VERA)
    work_off(runtime)
    confirm = link_in(mail_to(runtime, VERA, "Bevestig"), "helpen/bevestigen", eyes.site)
    public_id = volunteer_of(runtime, asked)
    stay = f"/blijven/{runtime.links.token(Purpose.STAY, public_id)}"
    pages += [stay, f"{stay}/klaar", f"{never}/stoppen"]
    pages += [never, f"{never}/klaar", confirm, f"{task}/zorg", f"{task}/toch-niet"]
    found = eyes.look_at(*pages, task)
    eyes.press("Toon adres en telefoon")
    found += eyes.look()
    eyes.press("Het is gebeurd")
    assert found + eyes.look() == []


@everybody
def test_own_pages_of_a_volunteer(eyes: Eyes, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    eyes.go("/aanmelden")
    eyes.page.fill("#email", VERA)
    eyes.press("Aanmelden")
    work_off(runtime)
    eyes.go(link_in(mail_to(runtime, VERA, "aan te melden"), "aanmelden/link", eyes.site))
    found = eyes.look()
    eyes.press("Meld mij aan")
    found += eyes.look()  # nothing asked, nothing promised, no history
    make.asked_match(runtime, volunteer_id=vera)
    make.accepted_match(runtime, volunteer_id=vera)
    thankful = make.located_request(runtime)
    make.done_match(runtime, thankful, vera)
    with runtime.unit_of_work(MACHINE) as uow:
        aftercare.answer_as_requester(uow, thankful, went_well=True)
        aftercare.thank(uow, thankful, words="Dank u, van harte.")
        calendars.open_calendar(uow, vera)
    found += eyes.look_at("/mijn-hulp", "/mijn-hulp/stoppen", "/mijn-hulp/profiel")
    eyes.page.fill("#name", "")
    eyes.press("Bewaar")
    found += eyes.look()
    eyes.go("/mijn-hulp")
    eyes.press("Vraag mij dan niets")
    assert found + eyes.look() == []


@pytest.fixture
def desk(eyes: Eyes, runtime: Runtime) -> Eyes:
    """Stef's window, signed in."""
    people.stef(runtime)
    sign_in_at_desk(eyes.page, eyes.site, make.PASSWORD, make.totp_code(runtime))
    return eyes


LISTS = (
    "/balie",
    "/balie/terugbellen",
    "/balie/zorgen",
    "/balie/hulpvragen",
    "/balie/vrijwilligers",
    "/balie/brieven",
    "/balie/kaartjes",
    "/balie/wat-als",
)


@at_the_desk
def test_lists_of_the_desk(desk: Eyes, runtime: Runtime) -> None:
    found = desk.look_at(*LISTS)  # nothing there yet
    a_morning(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        told = concerns.ConcernFacts(idempotency_key="told", words="Niet pluis.", phone="+32470123456")
        concerns.report(uow, facts=told)
    found += desk.look_at("/balie/zorgen/1", *LISTS, "/balie/nieuwe-oproep")
    desk.press("Neem de vraag aan")
    found += desk.look()
    assert found + desk.open_languages() == []


@at_the_desk
def test_a_help_request_at_the_desk(desk: Eyes, runtime: Runtime) -> None:
    delicate, unfound, _ = a_morning(runtime)
    one, other = (
        f"/balie/hulpvragen/{make.row_of(runtime, HelpRequest, about).reference}"
        for about in (delicate, unfound)
    )
    acts = ("trek-in", "geef-op", "wijs-af", "verwijs-door")
    call = one.replace("hulpvragen", "nieuwe-oproep")
    why_not = (f"{one}/waarom-niet?zoek={words}" for words in ("", "niemand heet zo"))
    found = desk.look_at(
        other, call, "/kaartjes/" + card_code(runtime), *why_not, *(f"{one}/doe/{act}" for act in acts)
    )
    desk.press("Verwijs door")
    assert desk.page.locator(".summary").is_visible()
    found += desk.look()
    desk.go(one)
    desk.press("Toon")
    found += desk.look()
    desk.press("Wijzig aan de telefoon")
    assert found + desk.look() == []


@at_the_desk
def test_a_volunteer_at_the_desk(desk: Eyes, runtime: Runtime) -> None:
    _, _, vera = a_morning(runtime)
    neighbour = f"/balie/vrijwilligers/{make.row_of(runtime, Volunteer, vera).public_id}"
    acts = ("pauzeer", "laat-niet-toe", "kennismaking")
    assert desk.look_at(neighbour, *(f"{neighbour}/doe/{act}" for act in acts)) == []


@at_the_desk
def test_what_if_at_the_desk(desk: Eyes, runtime: Runtime) -> None:
    paths = [
        f"/balie/wat-als/{done(runtime, result())}",
        f"/balie/wat-als/{asked(runtime)}",
        "/balie/wat-als",
    ]
    found = desk.look_at(*paths)
    desk.press("Boots na")
    assert desk.page.locator(".summary").is_visible()
    assert found + desk.look() == []


def card_code(runtime: Runtime) -> str:
    """The code of the cards of a street."""
    with runtime.unit_of_work(MACHINE) as uow:
        return letterbox.card_for(uow, street="Parkstraat", postcode="3000")


def a_morning(runtime: Runtime) -> tuple[int, int, int]:
    """A desk with work: ids of a delicate request with a shortlist, of one without a place, and of Vera."""
    vera = people.vera(runtime, vetting=3)
    delicate = make.located_request(runtime, people.an(kind="company"))
    make.shortlist(runtime, delicate, [vera, people.wim(runtime)])
    unfound = make.located_request(runtime, place=None, email="", words="")
    with runtime.unit_of_work(MACHINE) as uow:
        letters.want(uow, unfound)
        letterbox.card_for(uow, street="Parkstraat", postcode="3000")
    make.done_match(runtime, make.located_request(runtime, email=""), vera)
    work_off(runtime)
    with runtime.reading() as db:
        assert len(db.scalars(select(HelpRequest.id)).all()) == 3
    return delicate, unfound, vera
