"""Every page of every role, empty, full and sent back: no fault that axe knows, nothing wider than the window.

Narrow is 320 px, which is also what 400 % zoom leaves of a wide screen. Keyboard and life without scripts are in
`test_other_ways.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
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
from tests.browsers import faults, site
from tests.journeys.towns import link_in, mail_to, press, runtime, sign_in_at_desk, work_off

__all__ = ["app", "runtime", "site"]

pytestmark = pytest.mark.slow

WIDTHS = (320, 1280)
VERA = "vera@post.example"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A browser of its own."""
    context = browser.new_context(viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()


def sound(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in every width."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{page.url} at {width}: {fault}" for fault in faults(page)]
    return found


def sound_all(page: Page, site: str, *paths: str) -> list[str]:
    """What is wrong with these pages."""
    found = []
    for path in paths:
        page.goto(site + path)
        found += sound(page)
    return found


def to_match(runtime: Runtime, purpose: Purpose, match_id: int) -> str:
    """Where the link of a match leads."""
    row = make.row_of(runtime, Match, match_id)
    return f"/{purpose.value}/{runtime.links.token(purpose, row.public_id)}"


def to_status(runtime: Runtime, help_request_id: int) -> str:
    """Where the link of a help request leads."""
    row = make.row_of(runtime, HelpRequest, help_request_id)
    return f"/vraag/{runtime.links.token(Purpose.STATUS, row.public_id)}"


def test_what_everyone_may_see(window: Page, site: str) -> None:
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
        "/balie/aanmelden",
        "/vraag/niets",
        "/nergens",
        "/stijl",
        "/zonder-verbinding",
    )
    demonstration = ("/demonstratie", "/demonstratie/berichten")
    assert sound_all(window, site, *paths, *told, *demonstration) == []


def test_forms_that_are_sent_back(window: Page, site: str) -> None:
    found = []
    for path, button in (
        ("/helpen", "Ik wil helpen"),
        ("/aanmelden", "Aanmelden"),
        ("/meld-een-zorg", "Meld dit"),
        ("/balie/aanmelden", "Verder"),
    ):
        window.goto(site + path)
        press(window, button)
        assert window.locator(".summary").is_visible()
        found += sound(window)
    assert found == []


def test_steps_of_asking(window: Page, site: str) -> None:
    window.goto(f"{site}/hulp-vragen?voor=ander")
    found = sound(window)
    press(window, "Verder")
    found += sound(window)  # no words, so all kinds
    press(window, "Verder")
    found += sound(window)
    window.fill(
        "#words",
        "Mijn vader krijgt geen lucht, wil niet meer leven en kan de huur niet betalen. Ik word ziek.",
    )
    press(window, "Verder")
    found += sound(window)  # whom to ring, and which service
    window.fill("#words", "Mijn vader wil graag wat gezelschap.")
    window.locator(".pick", has_text="Gezelschap").click()
    press(window, "Verder")
    found += sound(window)
    press(window, "Verder")
    found += sound(window)
    window.locator(".pick", has_text="Op bepaalde momenten").click()
    window.locator("#hours label").first.click()
    window.fill("#address", "Naamsestraat 147, 3000")
    press(window, "Verder")
    found += sound(window)
    press(window, "Verder")
    found += sound(window)
    window.fill("#asker_name", "Noor Peeters")
    window.fill("#person_name", "Jef Peeters")
    window.check("#agreed")
    window.fill("#phone", "0470 12 34 56")
    press(window, "Verder")
    assert found + sound(window) == []
    assert sound_all(window, site, "/", "/hulp-vragen") == []  # what was begun is offered


def test_page_of_a_help_request(window: Page, runtime: Runtime, site: str) -> None:
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
    pages += [f"{pages[0]}/veranderen", f"{pages[0]}/intrekken", f"{pages[3]}/intrekken"]
    assert sound_all(window, site, *pages) == []


def test_pages_behind_the_links_of_a_volunteer(window: Page, runtime: Runtime, site: str) -> None:
    asked = make.asked_match(runtime)
    accepted = make.accepted_match(runtime)
    declined = make.asked_match(runtime)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        matches.decline(uow, declined)
    task = to_match(runtime, Purpose.TASK, accepted)
    pages = [to_match(runtime, Purpose.ASK, one) for one in (asked, declined)]
    found = sound_all(window, site, *pages, f"{task}/toch-niet", task)
    press(window, "Toon adres en telefoon")
    found += sound(window)
    press(window, "Het is gebeurd")
    assert found + sound(window) == []


def test_own_pages_of_a_volunteer(window: Page, runtime: Runtime, site: str) -> None:
    vera = people.vera(runtime)
    window.goto(f"{site}/aanmelden")
    window.fill("#email", VERA)
    press(window, "Aanmelden")
    work_off(runtime)
    window.goto(link_in(mail_to(runtime, VERA, "aan te melden"), "aanmelden/link", site))
    found = sound(window)
    press(window, "Meld mij aan")
    found += sound(window)  # nothing asked, nothing promised, no history
    make.asked_match(runtime, volunteer_id=vera)
    make.accepted_match(runtime, volunteer_id=vera)
    thankful = make.located_request(runtime)
    make.done_match(runtime, thankful, vera)
    with runtime.unit_of_work(MACHINE) as uow:
        aftercare.answer_as_requester(uow, thankful, went_well=True)
        aftercare.thank(uow, thankful, words="Dank u, van harte.")
        calendars.open_calendar(uow, vera)
    found += sound_all(window, site, "/mijn-hulp", "/mijn-hulp/stoppen", "/mijn-hulp/profiel")
    window.fill("#name", "")
    press(window, "Bewaar")
    found += sound(window)
    window.goto(f"{site}/mijn-hulp")
    press(window, "Vraag mij dan niets")
    assert found + sound(window) == []


@pytest.fixture
def desk(window: Page, runtime: Runtime, site: str) -> Page:
    """Stef's window, signed in."""
    people.stef(runtime)
    sign_in_at_desk(window, site, make.PASSWORD, make.totp_code(runtime))
    return window


LISTS = (
    "/balie",
    "/balie/terugbellen",
    "/balie/zorgen",
    "/balie/hulpvragen",
    "/balie/vrijwilligers",
    "/balie/brieven",
    "/balie/kaartjes",
)


def test_lists_of_the_desk(desk: Page, runtime: Runtime, site: str) -> None:
    found = sound_all(desk, site, *LISTS)  # nothing there yet
    a_morning(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        told = concerns.ConcernFacts(idempotency_key="told", words="Niet pluis.", phone="+32470123456")
        concerns.report(uow, facts=told)
    found += sound_all(desk, site, "/balie/zorgen/1", *LISTS, "/balie/nieuwe-oproep")
    press(desk, "Neem de vraag aan")
    assert found + sound(desk) == []


def test_a_help_request_at_the_desk(desk: Page, runtime: Runtime, site: str) -> None:
    delicate, unfound, _ = a_morning(runtime)
    one, other = (
        f"/balie/hulpvragen/{make.row_of(runtime, HelpRequest, about).reference}"
        for about in (delicate, unfound)
    )
    acts = ("trek-in", "geef-op", "wijs-af", "verwijs-door")
    found = sound_all(desk, site, other, *(f"{one}/doe/{act}" for act in acts))
    press(desk, "Verwijs door")
    assert desk.locator(".summary").is_visible()
    found += sound(desk)
    desk.goto(site + one)
    press(desk, "Toon")
    found += sound(desk)
    press(desk, "Wijzig aan de telefoon")
    assert found + sound(desk) == []


def test_a_volunteer_at_the_desk(desk: Page, runtime: Runtime, site: str) -> None:
    _, _, vera = a_morning(runtime)
    neighbour = f"/balie/vrijwilligers/{make.row_of(runtime, Volunteer, vera).public_id}"
    acts = ("pauzeer", "laat-niet-toe", "kennismaking")
    assert sound_all(desk, site, neighbour, *(f"{neighbour}/doe/{act}" for act in acts)) == []


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
