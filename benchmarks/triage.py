"""How well triage hears texts that it never saw: kinds of help, signs of need, languages; and how fast.

    python -m benchmarks.triage

The texts in benchmarks/triage_texts are held out: not learned from, not tuned on (docs/triage.md says more). Those in
`blind` and `blind_later` were written by people who saw neither code nor texts. Lines of JSON, then for each set a
line a language; exit code 1 below a threshold, which the first are held to.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path
from time import process_time
from typing import Any

from leuvenhelpt.domain.signs import READ_FIRST, Sign
from leuvenhelpt.triage import hearing
from leuvenhelpt.triage.hearing import Hearing, hear

HELD_OUT = Path(__file__).parent / "triage_texts"
KINDS = frozenset(
    {"groceries", "pharmacy", "dog", "phone_call", "odd_job"}
    | {"transport", "meal", "company", "computer", "homework"}
)
LEAST = {"recall_at_3": 0.95, "surely_right": 0.95, "language": 0.95, "pressing": 0.85, "other_signs": 0.8}
MOST = {"false_alarms": 0.05}
SLOWEST_MS = 100.0  # for 2000 letters, of processor time
SLOWEST_START_MS = 150.0  # of processor time: each web process does it
PARTS = {  # share: the whole it is a part of
    "at_1": "kinds",
    "recall_at_3": "kinds",
    "surely_right": "sure",
    "language": "kinds",
    "pressing": "all pressing",
    "other_signs": "all other_signs",
    "false_alarms": "calm",
}


def counted(texts: dict[str, Any], language: str) -> Counter[str]:
    """How often each thing was tried, and how often it was right."""
    found = Counter[str]()
    for kind, many in texts["kinds"].items():
        for text in many:
            found += of_kind(hear(text, KINDS), kind, language)
    for text in texts["calm"]["texts"]:
        found += Counter(calm=1, false_alarms=bool(hear(text, KINDS).signs))
    for name, many in texts["signs"].items():
        group = "pressing" if Sign(name) in READ_FIRST else "other_signs"
        for text in many:
            found += Counter({f"all {group}": 1, group: is_heard(Sign(name), hear(text, KINDS))})
    return found


def of_kind(heard: Hearing, kind: str, language: str) -> Counter[str]:
    """One text that asks for a kind of help, and has no sign in it."""
    suggested = [one.kind for one in heard.suggestions]
    is_sure = bool(suggested) and heard.suggestions[0].is_sure
    return Counter(
        kinds=1,
        at_1=suggested[:1] == [kind],
        recall_at_3=kind in suggested,
        sure=is_sure,
        surely_right=is_sure and suggested[0] == kind,
        language=heard.language == language,
        calm=1,
        false_alarms=bool(heard.signs),
    )


def is_heard(sign: Sign, heard: Hearing) -> bool:
    """Whether a sign was heard, or the more pressing one that covers it."""
    return sign in heard.signs or any(hearing.COVERED.get(one) is sign for one in heard.signs)


def shares(found: Counter[str]) -> dict[str, float]:
    """From counts to shares."""
    return {name: round(found[name] / found[whole], 3) for name, whole in PARTS.items() if found[whole]}


def milliseconds(text: str) -> list[float]:
    """Median and slowest of twenty hearings, in processor time."""
    took = []
    for _ in range(20):
        start = process_time()
        hear(text, KINDS)
        took.append(1000 * (process_time() - start))
    return [round(sorted(took)[10], 1), round(max(took), 1)]


def counts(folder: Path) -> dict[str, Counter[str]]:
    """What was counted in the texts of a folder, by language."""
    paths = sorted(folder.glob("*.toml"))
    return {path.stem: counted(tomllib.loads(path.read_text("utf-8")), path.stem) for path in paths}


def told(name: str, folder: Path) -> dict[str, float]:
    """Print what was found in the texts of a folder, and by language; the shares of all."""
    by_language = counts(folder)
    every = sum(by_language.values(), Counter[str]())
    print(json.dumps({"texts": name, **shares(every), "counts": dict(sorted(every.items()))}))
    for language, found in by_language.items():
        print(language, "  ".join(f"{part} {share:.2f}" for part, share in shares(found).items()))
    return shares(every)


def main() -> int:
    start = process_time()
    hearing.ready()
    to_start = round(1000 * (process_time() - start), 1)
    print(json.dumps({"ms_to_start": to_start}))
    short = "Mijn hond moet drie keer per dag buiten en mijn been zit in het gips."
    speed = {"short_ms": milliseconds(short), "2000_letters_ms": milliseconds((short + " ") * 28)}
    print(json.dumps(speed))
    is_good = speed["2000_letters_ms"][0] <= SLOWEST_MS and to_start <= SLOWEST_START_MS
    result = told("held out", HELD_OUT)
    for name in ("blind", "blind_later"):
        told(name, HELD_OUT / name)
    is_good &= all(result[part] >= least for part, least in LEAST.items())
    return 0 if is_good and all(result[part] <= most for part, most in MOST.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
