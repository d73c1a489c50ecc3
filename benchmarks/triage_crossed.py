"""How well triage hears signs in its own texts when it did not learn from them.

    python -m benchmarks.triage_crossed

Five times it learns from four fifths of the texts and hears the rest, in two ways. `family`: a text is left out with
its translations. `situation`: all texts that tell the same are left out, so that it has never heard of it. The
phrases stay, and the calm texts are mostly look-alikes: harder than a day at the desk. A line of JSON for each way.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace

import numpy as np

from benchmarks.triage import is_heard
from leuvenhelpt.domain.signs import READ_FIRST, Sign
from leuvenhelpt.triage import hearing
from leuvenhelpt.triage.hearing import Hearing
from leuvenhelpt.triage.learning import FOLDS, Sentences, folds_of, separated
from leuvenhelpt.triage.lessons import CALM, Lesson

Found = dict[str, list[bool]]


def crossed(texts: Sentences, way: str) -> Found:
    """For each part of the texts, whether each of them was heard right."""
    found: Found = defaultdict(list)
    folds = folds_of([getattr(one, way) for one in texts.lessons])
    for fold in range(FOLDS):
        needs = separated(texts, np.flatnonzero(folds != fold)).table()
        ear = replace(hearing.ready(), needs=needs)
        for number in np.flatnonzero(folds == fold):
            count(found, ear, texts.lessons[int(number)])
    return found


def count(found: Found, ear: hearing.Ear, one: Lesson) -> None:
    """One text more; what was written as a phrase is no text."""
    if one.family.startswith("phrases"):
        return
    signs = ear.signs(one.text)
    if one.label == CALM:
        found["alarm, ordinary" if one.family.startswith("kind") else "alarm, look-alike"].append(bool(signs))
        found[f"alarm {one.language}"].append(bool(signs))
        return
    is_right = is_heard(Sign(one.label), Hearing(signs=signs))
    found["pressing" if one.label in READ_FIRST else "other"].append(is_right)
    found[one.label].append(is_right)
    if one.label in READ_FIRST:
        found[f"pressing {one.language}"].append(is_right)


def main() -> None:
    texts = Sentences.read()
    for way in ("family", "situation"):
        found = crossed(texts, way)
        shares = {name: [round(sum(many) / len(many), 3), len(many)] for name, many in sorted(found.items())}
        print(json.dumps({"left out": way, **shares}), flush=True)


if __name__ == "__main__":
    main()
