"""What the last proof of accessibility found: written by `./test accessible`, told on the page about it."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("accessibility.json")


@dataclass(frozen=True)
class Proof:
    """So many kinds of pages, looked at so many times in these languages and widths (CSS pixels), had so many faults.

    `looks`: by axe; `looks_with_keys`: from end to end with Tab; `looks_made_larger`: with text at 200 %, wider spacing
    or 400 % zoom. Journeys are gone from their beginning to their end, each in one way alone.
    """

    on: date
    pages: int
    looks: int
    looks_with_keys: int
    looks_made_larger: int
    journeys_with_keys: int
    journeys_without_scripts: int
    languages: tuple[str, ...]
    widths: tuple[int, ...]
    faults: int


@cache
def last_proof(path: Path = FILE) -> Proof | None:
    """The last one; None if nothing was proven yet."""
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return Proof(
        on=date.fromisoformat(told["on"]),
        pages=told["pages"],
        looks=told["looks"],
        looks_with_keys=told["looks_with_keys"],
        looks_made_larger=told["looks_made_larger"],
        journeys_with_keys=told["journeys_with_keys"],
        journeys_without_scripts=told["journeys_without_scripts"],
        languages=tuple(told["languages"]),
        widths=tuple(told["widths"]),
        faults=told["faults"],
    )
