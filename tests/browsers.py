"""A real Chromium, and fixtures that serve the application for it. Without Chromium the tests say so and skip."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--accept-lang=nl-BE,nl",
]
PATIENCE = 120_000  # milliseconds; Playwright's own 30 seconds pass where every core is taken
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; the fixture `browser` keeps one for all tests of a process."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on PATH")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@contextmanager
def window(browser: Browser, width: int, has_scripts: bool = True) -> Iterator[Page]:
    """A window of its own, this many pixels wide, in which a busy machine is no fault of the page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=has_scripts)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address at which the application is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=[360, 1280])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window, narrow as a phone and wide as a desk; what the security policy refuses is a fault."""
    refusals: list[str] = []
    with window(browser, request.param) as opened:
        opened.on(
            "console", lambda line: refusals.append(line.text) if "Content Security" in line.text else None
        )
        yield opened
    assert refusals == []


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: rules of accessibility, and text wider than the window."""
    if page.evaluate("typeof axe === 'undefined'"):  # once a page: it is half a megabyte
        page.evaluate(Axe().axe_script)
    look = "rules => axe.run(document, rules).then(found => found.violations.map(one => one.id))"
    found: list[str] = page.evaluate(look, RULES)
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return found + ([f"{wider} px too wide"] if wider > 0 else [])


def told_twice(page: Page) -> list[str]:
    """Names that a screen reader says twice on entering: of a group within a group, or a table, of the same name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    found = []
    for node in nodes:
        name, above = _name_of_group(node), by_id.get(node.get("parentId", ""))
        while name and above is not None:
            if _name_of_group(above) == name:
                found.append(name)
            above = by_id.get(above.get("parentId", ""))
    return found


def groups(page: Page) -> list[tuple[str, str]]:
    """Role and name of each named group on the page, as Chromium hands them to a screen reader."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [(node["role"]["value"], name) for node in nodes if (name := _name_of_group(node))]


def _name_of_group(node: dict[str, Any]) -> str:
    """The name of a node that holds others under one name; nothing for other nodes."""
    holds = node.get("role", {}).get("value") in {"group", "radiogroup", "table"} and not node["ignored"]
    return str(node.get("name", {}).get("value", "")) if holds else ""
