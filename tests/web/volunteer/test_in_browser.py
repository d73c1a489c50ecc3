"""What volunteers see, in a real browser, on a phone and on a desk: with data, empty, and when it goes wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import matches
from leuvenhelpt.storage.models import Match, SignInLink, Volunteer
from tests import make, people
from tests.browsers import faults, page, site
from tests.make import VOLUNTEER
from tests.web.volunteer.test_linked_pages import ask_of_an, path, unsubscribe_path
from tests.web.volunteer.test_who_sees_what import lapse

__all__ = ["page", "site"]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def link_of(runtime: Runtime, purpose: Purpose) -> str:
    with runtime.reading() as db:
        public_id = db.scalars(select(SignInLink.public_id).order_by(SignInLink.id.desc())).first()
    return f"/{purpose.value}/{runtime.links.token(purpose, public_id or '')}"


def test_offering_help(page: Page, site: str, runtime: Runtime) -> None:
    page.goto(f"{site}/helpen")
    assert faults(page) == []
    press(page, "Ik wil helpen")
    page.wait_for_function("document.activeElement.className === 'summary'")
    assert faults(page) == []
    page.get_by_label("Boodschappen").check()
    page.locator("#hours label").nth(4).click()
    for field, typed in {"name": "Vera Claes", "phone": "0470 12 34 56", "address": "Parkstraat 5"}.items():
        page.fill(f"#{field}", typed)
    page.select_option("#postcode", "3000")
    page.fill("#email", "vera@post.example")
    page.get_by_label("Ik ben 16 jaar of ouder.").check()
    page.get_by_label("Ik las de informatienota").check()
    press(page, "Ik wil helpen")
    assert heading(page) == "Kijk in uw mail"
    assert faults(page) == []
    page.goto(site + link_of(runtime, Purpose.CONFIRM))
    assert faults(page) == []
    press(page, "Ja, dit is mijn adres")
    assert heading(page) == "Dag Vera Claes"
    assert faults(page) == []


def test_from_the_ask_to_the_last_word(page: Page, site: str, runtime: Runtime) -> None:
    match_id = ask_of_an(runtime)
    page.goto(site + path(runtime, match_id))
    assert faults(page) == []
    press(page, "Ja, ik doe het")
    assert heading(page) == "U gaat boodschappen doen"
    assert faults(page) == []
    press(page, "Toon adres en telefoon")
    assert "Naamsestraat 147" in page.locator("address").inner_text()
    assert faults(page) == []
    page.get_by_role("link", name="Ik kan toch niet").click()
    assert faults(page) == []
    page.get_by_role("link", name="Ik kom wel").click()
    press(page, "Het is gebeurd")
    assert faults(page) == []
    press(page, "Ja, het ging goed")
    assert "Dank u wel" in page.get_by_role("status").inner_text()
    assert faults(page) == []


@pytest.mark.parametrize("state", ["declined", "lapsed", "dropped"])
def test_what_became_of_an_ask(page: Page, site: str, runtime: Runtime, state: str) -> None:
    match_id = ask_of_an(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        if state == "dropped":
            matches.accept(uow, match_id)
        {"declined": matches.decline, "lapsed": lapse, "dropped": matches.drop}[state](uow, match_id)
    make.asked_match(runtime, volunteer_id=make.row_of(runtime, Match, match_id).volunteer_id)
    page.goto(site + path(runtime, match_id))
    assert page.get_by_text("nog één andere vraag").is_visible()
    assert faults(page) == []


def test_own_pages(page: Page, site: str, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    sign_in(page, site, runtime)
    assert heading(page) == "Dag Vera Claes"
    assert faults(page) == []
    live_a_little(runtime, vera)
    page.goto(f"{site}/mijn-hulp")
    assert faults(page) == []
    page.get_by_role("link", name="Iets veranderen").click()
    assert faults(page) == []
    page.fill("#password", "kort")
    press(page, "Bewaar mijn wachtwoord")
    assert "minstens 12 tekens" in page.locator(".summary").inner_text()
    assert faults(page) == []
    page.goto(f"{site}/mijn-hulp")
    press(page, "Vraag mij dan niets")
    assert faults(page) == []
    page.get_by_role("link", name="Ik wil stoppen als vrijwilliger").click()
    assert faults(page) == []
    press(page, "Ja, ik stop")
    assert heading(page) == "U bent gestopt"
    assert make.row_of(runtime, Volunteer, vera).state == "left"


def test_resting(page: Page, site: str, runtime: Runtime) -> None:
    page.goto(site + unsubscribe_path(runtime, people.vera(runtime)))
    assert faults(page) == []
    press(page, "Een maand niets vragen")
    assert heading(page) == "Wij vragen u nu niets"
    assert faults(page) == []


def sign_in(page: Page, site: str, runtime: Runtime) -> None:
    """Vera, by the link in her mail."""
    page.goto(f"{site}/aanmelden")
    assert faults(page) == []
    page.fill("#email", "vera@post.example")
    press(page, "Aanmelden")
    assert faults(page) == []
    page.goto(site + link_of(runtime, Purpose.SIGN_IN))
    assert faults(page) == []
    press(page, "Meld mij aan")


def live_a_little(runtime: Runtime, volunteer_id: int) -> None:
    """An open ask, a task, and some history."""
    make.asked_match(runtime, volunteer_id=volunteer_id)
    make.asked_match(runtime, make.located_request(runtime, kind="dog"), volunteer_id)
    make.accepted_match(runtime, make.located_request(runtime, kind="pharmacy"), volunteer_id)
    make.done_match(runtime, volunteer_id=volunteer_id)
    declined = make.asked_match(runtime, volunteer_id=volunteer_id)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.decline(uow, declined)
