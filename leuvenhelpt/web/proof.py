"""What the last proof of accessibility found: written by `./test accessible`, told on the page about it."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("accessibility.json")


@dataclass(frozen=True)
class Proof:
    """So many pages, looked at so many times by axe, in these languages and widths (CSS pixels), had so many faults."""

    on: date
    pages: int
    looks: int
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
        languages=tuple(told["languages"]),
        widths=tuple(told["widths"]),
        faults=told["faults"],
    )
