"""Colours measured: known contrasts, ours by day and by night, and what a city can get wrong."""

from __future__ import annotations

import pytest

from leuvenhelpt.domain.colours import complaints, contrast, palettes
from leuvenhelpt.gateways.look_file import OUR_TOKENS

OURS = OUR_TOKENS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("one", "other", "measured"),
    [
        ("#000", "#ffffff", 21),
        ("#777777", "#fff", 4.48),
        ("#fff", "#777777", 4.48),
        ("#12ab00", "#12AB00", 1),
    ],
)
def test_contrast_is_the_one_of_the_standard(one: str, other: str, measured: float) -> None:
    assert round(contrast(one, other), 2) == measured


def test_our_own_colours_can_be_read() -> None:
    assert complaints(OURS) == []


def test_the_last_rule_wins_as_in_a_browser() -> None:
    css = ":root { --main: #111; } @media (prefers-color-scheme: dark) { :root { --main: #eee; } } "
    assert palettes(css + ".desk { --main: #222 }") == ({"main": "#111"}, {"main": "#eee"})
    assert palettes(css + "/* :root { --main: #333 } */ :root { --main: #444 }") == (
        {"main": "#444"},
        {"main": "#444"},
    )


@pytest.mark.parametrize(
    ("city", "complaint"),
    [
        (":root { --main: #bbbbbb; }", "light: --main on --surface has a contrast of 1.89, needs 4.5"),
        (":root { --ink: #000000; }", "dark: --ink on --ground has a contrast of 1.17, needs 4.5"),
        (":root { --bad: red; }", "light: --bad is red; write it as #rrggbb"),
        (
            ":root { --line-strong: #cccccc; }",
            "light: --line-strong on --surface has a contrast of 1.58, needs 3.0",
        ),
    ],
)
def test_colours_that_cannot_be_read_are_told(city: str, complaint: str) -> None:
    assert complaint in complaints(OURS + city)
