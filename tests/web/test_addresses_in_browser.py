"""Typing an address in a real browser: suggestions by keyboard, and the question which one is meant."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import faults, page, site
from tests.web.test_addresses import runtime, runtime_with_fake

__all__ = ["page", "runtime", "runtime_with_fake", "site"]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


@pytest.fixture
def where(page: Page, site: str) -> Page:
    """The page that asks when and where."""
    page.goto(f"{site}/hulp-vragen")
    page.fill("#words", "Brood en melk halen")
    press(page, "Verder")
    page.get_by_text("Boodschappen").first.click()
    press(page, "Verder")
    page.get_by_text("Zo snel het kan").click()
    return page


def test_suggestions_by_keyboard(where: Page) -> None:
    field = where.get_by_role("combobox", name="Straat en huisnummer")
    field.press_sequentially("tiensest")
    expect(where.locator(".suggestions [role=option]")).to_have_count(4)
    expect(field).to_have_attribute("aria-expanded", "true")
    where.keyboard.press("ArrowDown")
    where.keyboard.press("ArrowDown")
    expect(where.locator(".suggestions [aria-selected=true]")).to_have_text("Tiensesteenweg, 3001 Heverlee")
    assert faults(where) == []
    where.keyboard.press("Enter")
    expect(where.locator(".suggestions [role=option]")).to_have_count(0)
    assert field.input_value() == "Tiensesteenweg, 3001 Heverlee"
    assert where.locator("h1").inner_text() == "Wanneer en waar?"
    field.press_sequentially(" 12")
    expect(where.locator(".suggestions [role=option]").first).to_have_text("Tiensesteenweg 12, 3001 Heverlee")
    where.keyboard.press("Escape")
    expect(where.locator(".suggestions [role=option]")).to_have_count(0)
    assert field.input_value() == "Tiensesteenweg 12, 3001 Heverlee"


def test_a_suggestion_that_was_chosen_is_not_asked_about(where: Page) -> None:
    where.locator("#address").press_sequentially("tiensesteenweg 12")
    where.get_by_role("option", name="Tiensesteenweg 12, 3010 Kessel-Lo").click()
    assert where.locator("#address").input_value() == "Tiensesteenweg 12, 3010 Kessel-Lo"
    press(where, "Verder")
    assert where.locator("h1").inner_text() == "Hoe bereiken wij u?"
    press(where, "Terug")
    shown = (where.locator("#address").input_value(), where.locator("#postcode").input_value())
    assert shown == ("Tiensesteenweg 12", "3010")
    where.locator("#address").fill("tiensesteenweg 14")
    where.get_by_role("option", name="Tiensesteenweg 14, 3001 Heverlee").click()
    shown = (where.locator("#address").input_value(), where.locator("#postcode").input_value())
    assert shown == ("Tiensesteenweg 14", "3001")


@pytest.mark.parametrize("hold_ms", [0, 600])
def test_suggestions_leave_the_button_free_even_for_a_slow_finger(where: Page, hold_ms: int) -> None:
    where.locator("#address").press_sequentially("Naamsestraat 1")
    expect(where.locator(".suggestions [role=option]").first).to_be_visible()
    button = where.get_by_role("button", name="Verder").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    where.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with where.expect_navigation():
        where.mouse.down()
        where.wait_for_timeout(hold_ms)
        where.mouse.up()
    assert where.locator("h1").inner_text() == "Hoe bereiken wij u?"


@pytest.mark.parametrize("leave", ["Tab", "Escape", "press elsewhere"])
def test_suggestions_close_when_the_field_is_left(where: Page, leave: str) -> None:
    where.locator("#address").press_sequentially("tiensest")
    expect(where.locator(".suggestions [role=option]")).to_have_count(4)
    if leave == "press elsewhere":
        where.locator("h1").click()
    else:
        where.keyboard.press(leave)
    expect(where.locator(".suggestions")).to_be_hidden()


def test_which_one_is_meant(where: Page) -> None:
    where.fill("#address", "tiensestrt 3")
    press(where, "Verder")
    where.wait_for_function("document.activeElement.className === 'summary'")
    assert faults(where) == []
    where.get_by_role("link", name="Kies welk adres u bedoelt.").click()
    where.keyboard.press("Tab")
    where.keyboard.press("Space")
    press(where, "Verder")
    assert where.locator("h1").inner_text() == "Hoe bereiken wij u?"


def test_a_resident_is_understood(where: Page) -> None:
    where.fill("#address", "tiense stwg 12b kessello")
    press(where, "Verder")
    where.fill("#person_name", "An Peeters")
    where.fill("#phone", "0470 12 34 56")
    press(where, "Verder")
    assert "Tiensesteenweg 12B, 3010 Kessel-Lo" in where.locator("main").inner_text()
    assert faults(where) == []
