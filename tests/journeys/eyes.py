"""Looking at pages as axe does, in several languages and widths, and keeping count of what was looked at.

In every run the pages are seen in Dutch, and in Arabic, which runs the other way. `./test accessible` sees them in all
languages and writes down what it found, for the page on which the city says how accessible the site is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page

from leuvenhelpt.rendering.language import COMPLETE, languages, translations
from leuvenhelpt.web.proof import FILE
from leuvenhelpt.web.routes import TABLE
from tests.browsers import RULES, faults
from tests.journeys.towns import press

WIDTHS = (320, 1280)
IS_PROOF = os.environ.get("ACCESSIBILITY") == "prove"
EVERYBODY = languages() if IS_PROOF else ("nl", "ar")
DESK = COMPLETE if IS_PROOF else ("nl",)


@dataclass(frozen=True)
class Look:
    """One page seen once. `page`: the name of its route; `faults`: what axe said, or that it was too wide."""

    page: str
    language: str
    width: int
    faults: Sequence[str]


LOOKS: list[Look] = []
NO_PAGES = {  # what answers with something else, or leads on
    "address_suggestions", "alive", "calendar_feed", "card", "demo_html", "look", "manifest", "ready",
    "task_calendar", "worker",
}  # fmt: skip


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
        """What is wrong with the page as it stands, in every width."""
        assert self.page.locator("html").get_attribute("lang") == self.language
        found = []
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            seen = faults(self.page)
            LOOKS.append(Look(self.route(), self.language, width, seen))
            found += [f"{self.page.url} in {self.language} at {width}: {fault}" for fault in seen]
        return found

    def look_at(self, *paths: str) -> list[str]:
        """What is wrong with these pages."""
        found = []
        for path in paths:
            self.go(path)
            found += self.look()
        return found

    def route(self) -> str:
        """The name of the route that the window shows; an answer to a form counts as the page of the form."""
        path = self.page.url.removeprefix(self.site).split("?")[0].split("#")[0]
        urls = self.app.url_map.bind("localhost")
        method = "GET" if urls.test(path, "GET") else "POST"
        return urls.match(path, method)[0] if urls.test(path, method) else "nowhere"


def unseen() -> set[str]:
    """The pages that nobody looked at."""
    routes = {route.endpoint for route in TABLE if route.method == "GET"}
    return routes - NO_PAGES - {look.page for look in LOOKS}


def write_down(looks: Sequence[Look], on: date, path: Path = FILE) -> None:
    """Keep what was proven, in the words of web.proof."""
    told = {
        "on": on.isoformat(),
        "pages": len({look.page for look in looks}),
        "looks": len(looks),
        "languages": sorted({look.language for look in looks}),
        "widths": sorted({look.width for look in looks}),
        "rules": RULES["runOnly"],
        "faults": sum(len(look.faults) for look in looks),
    }
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
