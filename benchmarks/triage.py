"""How well triage hears texts that it never saw: kinds of help, signs of need, languages; and how fast.

    python -m benchmarks.triage

The texts in benchmarks/triage_texts were written before those in leuvenhelpt/triage/texts and the word lists, and are
not used for tuning. One line of JSON, then a table; exit code 1 below a threshold.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

from leuvenhelpt.domain.signs import TO_RING, Sign
from leuvenhelpt.triage import hearing
from leuvenhelpt.triage.hearing import hear

HELD_OUT = Path(__file__).parent / "triage_texts"
KINDS = (
    "groceries",
    "pharmacy",
    "dog",
    "phone_call",
    "odd_job",
    "transport",
    "meal",
    "company",
    "computer",
    "homework",
)
LEAST = {"first": 0.75, "recall_at_3": 0.9, "language": 0.98, "to_ring": 0.95, "for_a_service": 0.9}
MOST = {"false_alarms": 0.03, "milliseconds_2000_letters": 50.0}


def texts(language: str) -> dict[str, Any]:
    """What was held out in one language."""
    return tomllib.loads((HELD_OUT / f"{language}.toml").read_text(encoding="utf-8"))


def counted(language: str) -> Counter[str]:
    """How often each thing was tried and how often it was right."""
    held_out, found = texts(language), Counter[str]()
    for kind, many in held_out["kinds"].items():
        for text in many:
            heard = hear(text, KINDS)
            suggested = [one.kind for one in heard.suggestions]
            found += Counter(kind=1, first=suggested[:1] == [kind], recall_at_3=kind in suggested)
            found += Counter(text=1, language=heard.language == language)
            found += Counter(calm=1, false_alarms=bool(heard.signs))
            found += Counter(sure=sure(text), surely_right=sure(text) and suggested[0] == kind)
    for text in held_out["calm"]["texts"]:
        found += Counter(calm=1, false_alarms=bool(hear(text, KINDS).signs))
    for name, many in held_out["signs"].items():
        group = "to_ring" if Sign(name) in TO_RING else "for_a_service"
        for text in many:
            heard_signs = hear(text, KINDS).signs
            found += Counter({f"of {group}": 1, group: is_heard(Sign(name), heard_signs)})
    return found


def sure(text: str) -> bool:
    """Whether the first suggestion would stand chosen already."""
    suggestions = hear(text, KINDS).suggestions
    return bool(suggestions) and suggestions[0].is_sure


def is_heard(sign: Sign, heard: tuple[Sign, ...]) -> bool:
    """Whether a sign was heard, or the more pressing one that covers it."""
    return sign in heard or any(hearing.COVERED.get(one) is sign for one in heard)


def shares(found: Counter[str]) -> dict[str, float]:
    """From counts to shares."""
    parts = {
        "first": "kind",
        "recall_at_3": "kind",
        "surely_right": "sure",
        "language": "text",
        "to_ring": "of to_ring",
        "for_a_service": "of for_a_service",
        "false_alarms": "calm",
    }
    return {name: round(found[name] / found[whole], 3) for name, whole in parts.items() if found[whole]}


def milliseconds() -> float:
    """The slowest of ten hearings of the longest text that the form takes."""
    text = (" ".join(text for many in texts("nl")["kinds"].values() for text in many) * 2)[:2000]
    took = []
    for _ in range(10):
        start = perf_counter()
        hear(text, KINDS)
        took.append(1000 * (perf_counter() - start))
    return round(max(took), 1)


def main() -> int:
    start = perf_counter()
    hearing.ready()
    ready = round(perf_counter() - start, 2)
    by_language = {path.stem: counted(path.stem) for path in sorted(HELD_OUT.glob("*.toml"))}
    every = sum(by_language.values(), Counter[str]())
    result = shares(every) | {"milliseconds_2000_letters": milliseconds(), "seconds_to_start": ready}
    print(
        json.dumps(
            result | {"texts": every["kind"], "signs": every["of to_ring"] + every["of for_a_service"]}
        )
    )
    for language, found in by_language.items():
        print(language, "  ".join(f"{name} {share:.2f}" for name, share in shares(found).items()))
    is_good = all(result[name] >= least for name, least in LEAST.items())
    return 0 if is_good and all(result[name] <= most for name, most in MOST.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
