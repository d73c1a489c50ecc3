"""Asking for help in a real browser, by keyboard and pointer, on a phone and on a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browsers import faults, page, site

__all__ = ["page", "site"]


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_asking_for_help(page: Page, site: str) -> None:
    page.goto(f"{site}/hulp-vragen")
    press(page, "Verder")
    press(page, "Verder")
    page.wait_for_function("document.activeElement.className === 'summary'")
    assert faults(page) == []
    page.get_by_text("Hond uitlaten").click()
    press(page, "Verder")
    assert not page.locator("#hours").is_visible()
    page.get_by_text("Op bepaalde momenten").click()
    page.locator("#hours label").nth(3).click()
    page.fill("#address", "Naamsestraat 147, 3010")
    assert faults(page) == []
    press(page, "Verder")
    page.fill("#person_name", "An Peeters")
    page.fill("#phone", "0470 12 34 56")
    assert faults(page) == []
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Klopt alles?"
    assert faults(page) == []
    page.go_back()
    assert page.input_value("#person_name") == "An Peeters"
    page.go_forward()
    press(page, "Verstuur mijn vraag")
    assert page.locator("h1").inner_text() == "Wij hebben uw vraag"
    assert "U hoort van ons vóór" in page.locator("#promise").inner_text()
    assert faults(page) == []
    press(page, "Ik heb niets gehoord")
    assert "Een medewerker ziet uw vraag nu bovenaan" in page.get_by_role("status").inner_text()


@pytest.mark.parametrize(
    ("action", "told"),
    [("/meld-een-zorg", "Verstuur dit nog één keer"), ("/mijn-hulp/profiel", "U was niet meer aangemeld")],
)
def test_pages_that_give_back_what_was_typed_are_sound(page: Page, site: str, action: str, told: str) -> None:
    page.goto(f"{site}/meld-een-zorg")
    page.fill("#words", "Bel eerst de dochter.")
    page.context.clear_cookies()
    page.evaluate("action => document.querySelector('#typed').setAttribute('action', action)", action)
    press(page, "Meld dit")
    assert page.locator("h1").inner_text().split() == told.split()
    assert page.locator("#typed input[name=words]").input_value() == "Bel eerst de dochter."
    assert faults(page) == []
