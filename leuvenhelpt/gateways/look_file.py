"""How a city looks: the files of its folder that stand over ours, read once at start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leuvenhelpt.domain.errors import ConfigurationError

OUR_TOKENS = Path(__file__).parents[1] / "web" / "static" / "tokens.css"
TOKENS, LOGO = "tokens.css", "logo.svg"
ICONS = ("icon.svg", "icon-192.png", "icon-512.png")
LARGEST = 64 * 1024  # bytes; more would make every page wait
FETCHES = re.compile(r"@import|url\s*\(", re.IGNORECASE)
OPENING, ATTRIBUTE = re.compile(r"<svg\b[^>]*>"), re.compile(r"""([\w:-]+)\s*=\s*["']([^"']*)["']""")
SIZE = re.compile(r"[-\d.]+")


@dataclass(frozen=True)
class Look:
    """The style of a city. `tokens`: CSS over our own, may be empty; `logo_ratio`: its width by its height.

    `files`: the logo and the icons that the city has, by name; what is missing is ours.
    """

    tokens: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    logo_ratio: float | None = None


def read_look(folder: Path) -> Look:
    """The look in a city's folder; ConfigurationError if a file of it cannot be used, and why."""
    found = {name: _read(path) for name in (TOKENS, LOGO, *ICONS) if (path := folder / name).is_file()}
    tokens = found.pop(TOKENS, b"").decode("utf-8", errors="replace")
    if FETCHES.search(tokens):
        raise ConfigurationError(f"{folder / TOKENS}: holds colours, letters and sizes; it may fetch nothing")
    ratio = _ratio(found[LOGO], folder / LOGO) if LOGO in found else None
    return Look(tokens, found, ratio)


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise ConfigurationError(f"{path}: is larger than {LARGEST // 1024} kB")
    return path.read_bytes()


def _ratio(svg: bytes, path: Path) -> float:
    """Width by height of a drawing, so that a page can keep its place free."""
    tag = OPENING.search(svg.decode("utf-8", errors="replace"))
    named = dict(ATTRIBUTE.findall(tag[0])) if tag else {}
    sizes = SIZE.findall(named.get("viewBox", "")) or [named.get("width", ""), named.get("height", "")]
    try:
        width, height = (float(size.removesuffix("px")) for size in sizes[-2:])
        return width / height
    except (ValueError, ZeroDivisionError) as error:
        raise ConfigurationError(f"{path}: is no SVG with a viewBox or a width and height") from error
