"""Looking at pages as axe does and as people do who make them larger or only have keys.

In every run the pages are seen in Dutch, wide, and in Arabic, which runs the other way, narrow. `./test accessible`
sees them in all languages and widths, and goes through each with Tab in these two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Flask
from playwright.sync_api import Page

from leuvenhelpt.rendering.language import COMPLETE, languages, translations
from tests.browsers import faults
from tests.journeys.account import IS_PROOF, LOOKS, Look
from tests.journeys.keys import faults_by_key
from tests.journeys.large import larger
from tests.journeys.tongues import faults_in_language
from tests.journeys.towns import press

EVERYBODY = languages() if IS_PROOF else ("nl", "ar")
DESK = COMPLETE if IS_PROOF else ("nl",)
WITH_KEYS = ("nl", "ar") if IS_PROOF else ()
NARROW, WIDE = 320, 1280


class Eyes:
    """A window on the site in one language."""

    def __init__(self, page: Page, site: str, app: Flask, language: str) -> None:
        self.page, self.site, self.app, self.language = page, site, app, language
        page.context.add_cookies([{"name": "language", "value": language, "url": site}])

    def say(self, words: str) -> str:
        """Words of the interface in this language."""
        return translations(self.language).gettext(words)

    def press(self, words: str) -> None:
        """Press the first button that says this in Dutch."""
        press(self.page, self.say(words))

    def pick(self, value: str) -> None:
        """Choose the card that sends this."""
        self.page.locator(".pick", has=self.page.locator(f"input[value={value}]")).click()

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(path if path.startswith("http") else self.site + path)

    def look(self) -> list[str]:
        """What is wrong with the page as it stands, in every width and every way to look."""
        assert self.page.locator("html").get_attribute("lang") == self.language
        looks = [
            Look(self.route(), self.language, way, width, seen) for way, width, seen in self.ways_to_look()
        ]
        LOOKS.extend(looks)
        return [
            f"{self.page.url} in {look.language}, {look.way} at {look.width}: {fault}"
            for look in looks
            for fault in look.faults
        ]

    def ways_to_look(self) -> Iterator[tuple[str, int, list[str]]]:
        """How, how wide the window is, and what is wrong."""
        for width in self.widths():
            self.page.set_viewport_size({"width": width, "height": 800})
            yield "axe", width, faults(self.page) + faults_in_language(self.page)
            if self.language in WITH_KEYS and width == WIDE:
                yield "keys", width, faults_by_key(self.page)
        yield from larger(self.page)
        if self.language in WITH_KEYS:
            yield "keys", NARROW, faults_by_key(self.page)  # in the window that 400 % zoom leaves

    def widths(self) -> Sequence[int]:
        """Both in a proof; else wide in Dutch, and narrow in what runs the other way."""
        if IS_PROOF:
            return NARROW, WIDE
        return (WIDE,) if self.language == "nl" else (NARROW,)

    def look_at(self, *paths: str) -> list[str]:
        """What is wrong with these pages."""
        found = []
        for path in paths:
            self.go(path)
            found += self.look()
        return found

    def open_languages(self) -> list[str]:
        """What is wrong while the menu of languages lies over the page."""
        menu = self.page.locator(".lang")
        menu.locator("summary").click()
        inside = (
            "it => it.getBoundingClientRect().left >= 0 && it.getBoundingClientRect().right <= innerWidth"
        )
        is_inside = menu.locator("ul").evaluate(inside)
        return faults(self.page) + ([] if is_inside else ["the menu is not all in the window"])

    def route(self) -> str:
        """The name of the route that the window shows; an answer to a form counts as the page of the form."""
        path = self.page.url.removeprefix(self.site).split("?")[0].split("#")[0]
        urls = self.app.url_map.bind("localhost")
        method = "GET" if urls.test(path, "GET") else "POST"
        return urls.match(path, method)[0] if urls.test(path, method) else "nowhere"
