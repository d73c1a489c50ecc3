"""The looks themselves: each finds the fault that it is there for, and nothing on a page without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from leuvenhelpt.web.proof import Proof, last_proof
from tests.journeys import account
from tests.journeys.account import Look, write_down
from tests.journeys.keys import faults_by_key
from tests.journeys.large import larger
from tests.journeys.tongues import faults_in_language

LOW = "width: 130px; height: 48px; font: 16px/1 sans-serif;"
MARK = ":focus-visible { outline: 3px solid black }"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def show(window: Page, body: str, style: str = "", lang: str = "nl") -> None:
    window.set_content(f'<html lang="{lang}"><style>{style}</style><body>{body}</body></html>')


@pytest.mark.parametrize(
    ("body", "style", "fault"),
    [
        ("<a href='#'>een</a><button>twee</button>", MARK, ""),
        ("<a href='#'>een</a>", ":focus-visible { outline: none }", "no mark on A"),
        ("<a href='#'>een</a>", ":focus-visible { outline: 3px solid #ccc }", "no mark on A"),
        (
            "<a href='#'>een</a>",
            f"{MARK} body::after {{ content: ''; position: fixed; inset: 0 }}",
            "focus out",
        ),
        ("<a href='#'>een</a><a href='#' tabindex='1'>twee</a>", MARK, "never reached"),
        ("<div style='height: 0; overflow: hidden'><a href='#'>een</a></div>", MARK, "focus out of sight"),
    ],
)
def test_focus_that_is_not_seen(window: Page, body: str, style: str, fault: str) -> None:
    show(window, body, style)
    assert [found[: len(fault)] for found in faults_by_key(window)][:1] == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("body", "style", "ways"),
    [
        ("<p>Een zin die past.</p>", "", set()),
        ("<p>Een zin van drie regels in een smal vak</p>", f"p {{ {LOW} overflow: hidden }}", {"spaced"}),
        ("<p>Woorden</p>", "p { width: 80px; white-space: nowrap }", {"text doubled"}),
        ("<p>een</p><p>twee</p>", "p + p { position: absolute; top: 0 } body, p { margin: 0 }", None),
        ("<p>Een lange regel die niet breekt</p>", "p { white-space: nowrap; font-size: 40px }", None),
    ],
)
def test_what_does_not_fit(window: Page, body: str, style: str, ways: set[str] | None) -> None:
    show(window, body, style)
    found = {way for way, _, faults in larger(window) if faults}
    assert found == ways if ways is not None else found >= {"spaced", "400 %"}


@pytest.mark.parametrize(
    ("body", "lang", "is_right"),
    [
        ("Het is een vraag van uw buur", "nl", True),
        ("Het is een vraag van uw buur", "fr", False),
        ("<span lang='nl'>Het is een vraag van uw buur</span>", "fr", True),
        ("<span lang=''>Het is een vraag van uw buur</span>", "fr", True),
        ("Français", "nl", False),
        ("العربية", "nl", False),
        ("Українська", "ar", False),
    ],
)
def test_words_in_another_language(window: Page, body: str, lang: str, is_right: bool) -> None:
    show(window, body, lang=lang)
    assert (faults_in_language(window) == []) == is_right


def test_what_is_written_down_is_what_is_told(tmp_path: Path) -> None:
    looks = [
        Look("home", "nl", "axe", 320, []),
        Look("home", "ar", "axe", 1280, ["region"]),
        Look("ask", "nl", "keys", 320, []),
        Look("ask", "nl", "spaced", 320, []),
    ]
    kept, day = tmp_path / "proof.json", date(2026, 11, 22)
    write_down(looks, {"keys": {"helps", "declines"}, "plain": {"helps"}}, day, kept)
    assert last_proof(kept) == Proof(
        on=day,
        pages=2,
        looks=2,
        looks_with_keys=1,
        looks_made_larger=1,
        journeys_with_keys=2,
        journeys_without_scripts=1,
        languages=("ar", "nl"),
        widths=(320, 1280),
        faults=1,
    )


def test_what_other_processes_counted_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    home, ask = Look("home", "nl", "axe", 320, ["region"]), Look("ask", "ar", "keys", 320, [])
    monkeypatch.setattr(account, "LOOKS", [home])
    monkeypatch.setattr(account, "PRESSED", {"ask_step"})
    monkeypatch.setattr(account, "WALKED", {"keys": {"helps"}})
    walked = {"keys": {"declines"}, "plain": {"helps"}}
    account.take_over({"looks": [astuple(ask)], "walked": walked, "pressed": {"offer_sent"}})
    assert account.handed_over() == {
        "looks": [astuple(home), astuple(ask)],
        "walked": {"keys": {"helps", "declines"}, "plain": {"helps"}},
        "pressed": {"ask_step", "offer_sent"},
    }
    left_out = set(account.left_out())
    assert left_out >= {"status", "stopped", "declines"}  # a page, a form, a way
    assert not left_out & {"home", "offer_sent", "helps"}
