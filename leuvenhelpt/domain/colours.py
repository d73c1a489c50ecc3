"""The colours of a city's style: read from its tokens, and measured where words stand on them (WCAG 2.2, 1.4.3)."""

import re
from collections.abc import Mapping

Palette = Mapping[str, str]

TEXT, SIGN = 4.5, 3.0  # the least contrast: of words, and of what is not words (1.4.11)
SURFACES = ("ground", "surface", "sunken")
STATES = ("ok", "warn", "bad")
# What stands on what, as base.css and components.css use it.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("ink", behind, TEXT) for behind in (*SURFACES, "main-soft", "accent-soft")),
    *(("ink", f"{state}-soft", TEXT) for state in STATES),
    *((f"{state}", f"{state}-soft", TEXT) for state in STATES),
    *(("ink-soft", behind, TEXT) for behind in SURFACES),
    *(("main", behind, TEXT) for behind in (*SURFACES, "main-soft", "accent-soft")),
    *(("bad", behind, TEXT) for behind in SURFACES),
    ("on-main", "main", TEXT),
    ("on-door", "door", TEXT),
    ("on-main-soft", "main-deep", TEXT),
    ("on-accent", "accent", TEXT),
    *(("line-strong", behind, SIGN) for behind in SURFACES),
    *(("focus", behind, SIGN) for behind in SURFACES),
)
DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
ROOT = re.compile(r":root\s*\{([^{}]*)\}")
TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+?)\s*(?:;|$)")
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def palettes(css: str) -> tuple[Palette, Palette]:
    """The tokens of a style sheet by name without dashes: by light, and in the dark, later ones over earlier ones.

    A rule that comes later wins, even a light one over a dark one: that is how a browser reads it too.
    """
    bare = re.sub(r"(?s)/\*.*?\*/", "", css)
    nights = [match.span() for match in DARK.finditer(bare)]
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for block in ROOT.finditer(bare):
        found = dict(TOKEN.findall(block[1]))
        dark |= found
        if not any(start <= block.start() < end for start, end in nights):
            light |= found
    return light, dark


def contrast(one: str, other: str) -> float:
    """How far two colours (#rgb or #rrggbb) are apart: from 1, the same, to 21, black on white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def complaints(css: str) -> list[str]:
    """Each pair of tokens that cannot be read well, or not be measured, in a sentence."""
    by_light, in_the_dark = palettes(css)
    return [
        f"{when}: {complaint}"
        for when, palette in (("light", by_light), ("dark", in_the_dark))
        for pair in PAIRS
        if (complaint := _complaint(palette, *pair))
    ]


def _complaint(palette: Palette, front: str, behind: str, least: float) -> str:
    for name in (front, behind):
        if not HEX.fullmatch(palette.get(name, "")):
            return f"--{name} is {palette.get(name, 'missing')}; write it as #rrggbb"
    measured = contrast(palette[front], palette[behind])
    if measured >= least:
        return ""
    return f"--{front} on --{behind} has a contrast of {measured:.2f}, needs {least}"


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
