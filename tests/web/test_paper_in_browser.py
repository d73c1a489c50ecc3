"""What comes out of the printer: a sheet a page, nothing cut off, and the address behind the window of its envelope."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.language import languages
from leuvenhelpt.services import letters
from tests import make, people
from tests.apps import app
from tests.browsers import faults, site
from tests.journeys.towns import press, sign_in_at_desk
from tests.runtimes import runtime_for, settings_for
from tests.web.test_paper import card

__all__ = ["app", "site"]

MM = 96 / 25.4  # CSS pixels
A4 = {"width": round(210 * MM), "height": round(297 * MM)}
# On the sheet, in millimetres, what a window of a DL envelope always shows: left, top, right, bottom.
WINDOW = {"right": (110, 45, 190, 69), "left": (20, 45, 100, 69)}
# Neither fits on one line.
LONG = {
    "person_name": "Mevrouw Marie-Christine Vandenbroucke-Vanden Bossche",
    "address": "Burgemeester Vandeveldelaan 147 bus 0301, tweede verdieping",
}
CLIPPED = """[...document.querySelectorAll('.mailcard, .letter__body, .letter__to')]
  .filter(part => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
  .map(part => part.innerText)"""
PLACES = """[...document.querySelectorAll('.letter__to')].map(part => {
  const words = document.createRange(); words.selectNodeContents(part);
  const place = words.getBoundingClientRect(), sheet = part.closest('.sheet').getBoundingClientRect();
  return [place.left - sheet.left, place.top - sheet.top, place.right - sheet.left, place.bottom - sheet.top] })"""


@pytest.fixture
def side(request: pytest.FixtureRequest) -> str:
    """On which side the envelopes of the city have their window."""
    return str(getattr(request, "param", "right"))


@pytest.fixture
def runtime(tmp_path: Path, sqlite_url: str, clock: SetClock, side: str) -> Iterator[Runtime]:
    """A city with such envelopes."""
    built = runtime_for(settings_for(tmp_path, sqlite_url), clock)
    yield dataclasses.replace(built, city=dataclasses.replace(built.city, envelope_window=side))
    built.engine.dispose()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A browser of its own, as wide as a sheet."""
    context = browser.new_context(viewport=A4)
    yield context.new_page()
    context.close()


def pages_of(page: Page) -> int:
    """How many sheets the printer takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_a_sheet_of_cards_is_one_page(window: Page, site: str, runtime: Runtime) -> None:
    window.goto(f"{site}/kaartjes/{card(runtime, 'Burgemeester Pieter-Jan Vandenbroucke-Laurentiuslaan')}")
    assert faults(window) == []
    window.emulate_media(media="print")
    assert window.evaluate(CLIPPED) == []
    assert pages_of(window) == 1


@pytest.mark.parametrize("side", ["right", "left"], indirect=True)
def test_letters_in_every_language_fit_their_page_and_window(
    window: Page, site: str, runtime: Runtime, side: str
) -> None:
    people.stef(runtime)
    for language in languages():
        facts = people.an(idempotency_key=language, reader_language=language, asker_name="Noor Peeters")
        about = make.located_request(runtime, dataclasses.replace(facts, email="", **LONG))
        with runtime.unit_of_work(MACHINE) as uow:
            letters.want(uow, about)
    sign_in_at_desk(window, site, make.PASSWORD, make.totp_code(runtime))
    window.goto(f"{site}/balie/brieven")
    assert faults(window) == []
    press(window, "Toon om af te drukken")
    assert faults(window) == []
    window.emulate_media(media="print")
    assert window.evaluate(CLIPPED) == []
    assert pages_of(window) == len(languages())
    left, top, right, bottom = WINDOW[side]
    for place in window.evaluate(PLACES):
        x, y, to_x, to_y = (edge / MM for edge in place)
        assert left <= x, place
        assert top <= y, place
        assert to_x <= right, place
        assert to_y <= bottom, place
