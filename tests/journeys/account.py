"""What was seen, pressed and walked: counted, handed from one test process to another, and in a proof written down.

`./test accessible` writes it for the page on which the city says how accessible the site is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from leuvenhelpt.web.proof import FILE
from leuvenhelpt.web.routes import TABLE
from tests.browsers import RULES

IS_PROOF = os.environ.get("ACCESSIBILITY") == "prove"


@dataclass(frozen=True)
class Look:
    """One page seen once. `page`: the name of its route; `way`: by axe, by keys, or made larger in one of the ways."""

    page: str
    language: str
    way: str
    width: int
    faults: Sequence[str]


LOOKS: list[Look] = []
WALKED: dict[str, set[str]] = {}  # the journeys that were gone to their end, by the way they were gone
PRESSED: set[str] = set()  # the names of the forms that journeys sent
NO_PAGES = {  # what answers with something else, or leads on
    "address_suggestions", "alive", "calendar_feed", "card", "demo_html", "look", "manifest", "ready",
    "task_calendar", "worker",
}  # fmt: skip


def handed_over() -> dict[str, Any]:
    """What this process counted, in words that travel between processes."""
    return {"looks": [astuple(look) for look in LOOKS], "walked": WALKED, "pressed": PRESSED}


def take_over(counted: Mapping[str, Any]) -> None:
    """Add what another process counted."""
    LOOKS.extend(Look(*look) for look in counted["looks"])
    PRESSED.update(counted["pressed"])
    for way, journeys in counted["walked"].items():
        WALKED.setdefault(way, set()).update(journeys)


def left_out() -> list[str]:
    """What a proof lacks: pages that nobody looked at, forms that no journey sent, journeys gone in one way alone."""
    pages = (
        {route.endpoint for route in TABLE if route.method == "GET"}
        - NO_PAGES
        - {look.page for look in LOOKS}
    )
    forms = {route.endpoint for route in TABLE if route.method == "POST"} - PRESSED
    half_walked = WALKED.get("keys", set()) ^ WALKED.get("plain", set())
    return sorted(pages | forms | half_walked)


def write_down(
    looks: Sequence[Look], walked: Mapping[str, Collection[str]], on: date, path: Path = FILE
) -> None:
    """Keep what was proven, in the words of web.proof."""
    by_axe = [look for look in looks if look.way == "axe"]
    by_keys = [look for look in looks if look.way == "keys"]
    told = {
        "on": on.isoformat(),
        "pages": len({look.page for look in looks}),
        "looks": len(by_axe),
        "looks_with_keys": len(by_keys),
        "looks_made_larger": len(looks) - len(by_axe) - len(by_keys),
        "journeys_with_keys": len(walked.get("keys", ())),
        "journeys_without_scripts": len(walked.get("plain", ())),
        "languages": sorted({look.language for look in looks}),
        "widths": sorted({look.width for look in looks}),
        "rules": RULES["runOnly"],
        "faults": sum(len(look.faults) for look in looks),
    }
    path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
