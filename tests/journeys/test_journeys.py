"""Every journey with the keyboard alone, without scripts, and over the wire in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, Page

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.language import COMPLETE, languages
from tests.apps import app, client_of
from tests.browsers import site, window
from tests.journeys import colleagues, residents, volunteers
from tests.journeys.account import IS_PROOF, PRESSED, WALKED
from tests.journeys.towns import runtime
from tests.journeys.ways import Keys, Plain, Way, Wire

__all__ = ["app", "runtime", "site"]

Story = Callable[[Way, Runtime], None]

OF_EVERYBODY: tuple[Story, ...] = (
    residents.asks_with_slips_and_says_how_it_went,
    residents.is_told_whom_to_ring,
    residents.asks_for_somebody_else,
    residents.comes_back_to_what_was_begun,
    residents.changes_language_halfway,
    residents.hears_nothing,
    residents.changes_and_withdraws,
    residents.reports_a_concern,
    volunteers.offers_help,
    volunteers.helps,
    volunteers.declines,
    volunteers.cannot_come_after_all,
    volunteers.asks_to_be_left_alone,
    volunteers.stays_and_stops_by_mail,
    volunteers.looks_after_the_own_page,
    volunteers.pauses_and_stops,
)
AT_THE_DESK: tuple[Story, ...] = (
    colleagues.asks_neighbours_by_hand,
    colleagues.leaves_the_asking_to_the_system,
    colleagues.puts_addresses_on_the_map,
    colleagues.takes_a_call,
    colleagues.prints_and_posts_letters,
    colleagues.rings_with_news,
    colleagues.decides,
    colleagues.makes_cards,
    colleagues.asks_what_if,
    colleagues.looks_after_a_volunteer,
    colleagues.settles_a_concern,
)


def named(story: Story) -> str:
    return story.__name__


everybody = pytest.mark.parametrize("story", OF_EVERYBODY, ids=named)
SOME: tuple[Story, ...] = (
    residents.asks_with_slips_and_says_how_it_went,
    colleagues.asks_neighbours_by_hand,
)
in_a_browser = pytest.mark.parametrize("story", OF_EVERYBODY + AT_THE_DESK if IS_PROOF else SOME, ids=named)
desk = pytest.mark.parametrize("story", AT_THE_DESK, ids=named)


@pytest.fixture(autouse=True)
def pressed(app: Flask) -> None:
    """Remember which forms are sent."""

    @app.after_request
    def remember(response: Response) -> Response:
        if request.method == "POST" and request.endpoint:
            PRESSED.add(request.endpoint)
        return response


@pytest.mark.parametrize("language", languages())
@everybody
def test_everybody_in_every_language(story: Story, language: str, app: Flask, runtime: Runtime) -> None:
    story(Wire(client_of(app), language), runtime)


@pytest.mark.parametrize("language", COMPLETE)
@desk
def test_desk_in_its_languages(story: Story, language: str, app: Flask, runtime: Runtime) -> None:
    story(Wire(client_of(app), language), runtime)


@pytest.fixture
def keys(browser: Browser) -> Iterator[Page]:
    """A window that is only used with the keyboard."""
    with window(browser, 1280) as opened:
        yield opened


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A window in which no script runs, narrow as a phone."""
    with window(browser, 360, has_scripts=False) as opened:
        yield opened


def test_the_first_tab_leads_past_what_stands_on_every_page(keys: Page, site: str) -> None:
    keys.goto(site)
    keys.keyboard.press("Tab")
    assert keys.locator(":focus").inner_text() == "Naar de inhoud"
    keys.keyboard.press("Enter")
    assert keys.evaluate("document.activeElement.id") == "content"


@in_a_browser
def test_with_the_keyboard_alone(story: Story, keys: Page, site: str, runtime: Runtime) -> None:
    story(Keys(keys, site, "nl"), runtime)
    WALKED.setdefault("keys", set()).add(named(story))


@in_a_browser
def test_without_scripts(story: Story, plain: Page, site: str, runtime: Runtime) -> None:
    story(Plain(plain, site, "nl"), runtime)
    WALKED.setdefault("plain", set()).add(named(story))
