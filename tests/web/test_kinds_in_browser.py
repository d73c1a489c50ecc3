"""The page with the kinds of help in a real browser: what of it is in sight, and what a screen reader says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.web import create_app
from tests.browsers import faults, groups, page, site, told_twice
from tests.web.test_in_browser import press

__all__ = ["page", "site"]

ALL_SORTS = "Boodschappen doen, mij naar de dokter rijden en de tuin."
PHONE_HEIGHT = 740


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """The application as residents see it, without the line that says that it is a demonstration."""
    earnest = replace(runtime.settings, is_demonstration=False)
    return create_app(replace(runtime, settings=earnest))


def test_our_suggestions_leave_the_button_on_the_first_screen(page: Page, site: str) -> None:
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": PHONE_HEIGHT})
    page.goto(f"{site}/hulp-vragen")
    page.fill("#words", ALL_SORTS)
    press(page, "Verder")
    assert page.locator(".pick:visible").count() == 3
    box = page.get_by_role("button", name="Verder").last.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE_HEIGHT
    assert faults(page) == []
    page.locator("[name=kind]").first.focus()
    page.keyboard.press("ArrowUp")  # goes round what is in sight, and not into the fold
    assert page.evaluate("document.activeElement.checkVisibility()")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".pick:visible").count() == 11
    widths = page.locator(".picks").evaluate_all("all => all.map(one => one.offsetWidth)")
    assert len(set(widths)) == 1
    assert faults(page) == []


def test_a_question_is_said_once(page: Page, site: str) -> None:
    page.goto(f"{site}/hulp-vragen")
    page.fill("#words", ALL_SORTS)
    press(page, "Verder")
    assert ("radiogroup", "Welke hulp past het best?") in groups(page)
    assert told_twice(page) == []
    press(page, "Verder")  # nothing chosen: sent back
    assert page.locator("[role=radiogroup][aria-invalid=true]").count() == 1
    assert told_twice(page) == []
    page.get_by_text("Boodschappen").first.click()
    press(page, "Verder")
    page.get_by_text("Op bepaalde momenten").click()
    named = {("radiogroup", "Wanneer hebt u hulp nodig?"), ("group", "Welke momenten passen u?")}
    assert named <= set(groups(page))
    assert told_twice(page) == []
