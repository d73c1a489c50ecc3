"""Columns read back: for everybody the rules they fail."""

from collections import Counter

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import AVAILABLE, GONE, HOUR_BITS, NOTICE, Columns
from leuvenhelpt.matching.questions import place_of
from leuvenhelpt.matching.rules import MUST
from leuvenhelpt.matching.sight import distances
from leuvenhelpt.matching.vocabulary import LANGUAGE_BITS, Vocabulary

RULES = tuple(rule.__name__ for rule in MUST)
EXCLUDED = 1 << RULES.index("excluded")
IS_GONE = 1 << len(RULES)
DEMAND = np.dtype([
    ("available", np.uint8), ("notice", np.uint8), ("gone", np.uint8), ("kind", np.uint64),
    ("languages", np.uint64), ("level", np.uint64), ("hours", np.uint32), ("x", np.float32), ("y", np.float32),
    ("asks_language", np.bool_), ("asks_place", np.bool_),
], align=True)  # fmt: skip
"""What a need asks of the flags, the word and the times of a volunteer, and where."""


def _demand(need: Need, vocabulary: Vocabulary) -> npt.NDArray[np.void]:
    kind = vocabulary.kinds.find(need.kind)
    speaks = [n for name in need.languages if (n := vocabulary.languages.find(name)) is not None]
    place = place_of(need)
    demand = (
        AVAILABLE, NOTICE, GONE, 0 if kind is None else 1 << LANGUAGE_BITS + kind,
        sum(1 << number for number in speaks), 1 << HOUR_BITS + need.vetting - 1 if need.vetting > 0 else 0,
        need.hours & ALWAYS, *(place or (0, 0)), bool(need.languages), place is not None,
    )  # fmt: skip
    return np.array([demand], DEMAND)


def _barriers(columns: Columns, need: Need, vocabulary: Vocabulary) -> npt.NDArray[np.uint32]:
    """For each volunteer a bit for each rule that forbids, in the order of RULES; one more for who is gone."""
    from leuvenhelpt.matching import barriers  # noqa: PLC0415 - see blocks.best_of_each

    found = np.empty(len(columns), np.uint32)
    people = columns.word, columns.volunteer_id, columns.facts
    barriers.forbid(_demand(need, vocabulary), people, found)
    if need.excluded:
        found[np.isin(columns.volunteer_id, list(need.excluded))] |= EXCLUDED
    return found


def first_objections(columns: Columns, need: Need, vocabulary: Vocabulary) -> Counter[str]:
    """By rule: for how many it is the first, in the order of RULES, that forbids."""
    counts = Counter(dict.fromkeys(RULES, 0))
    together = np.bincount(_barriers(columns, need, vocabulary), minlength=IS_GONE)[:IS_GONE].tolist()
    for bits, count in enumerate(together[1:], 1):
        if count:
            counts[RULES[(bits & -bits).bit_length() - 1]] += count
    return +counts


def near_misses(columns: Columns, need: Need, vocabulary: Vocabulary, k: int) -> list[tuple[float, int]]:
    """(km, volunteer) of at most `k` whom exactly one rule forbids, nearest first; excluded are no misses."""
    found = _barriers(columns, need, vocabulary)
    rows = np.flatnonzero((np.bitwise_count(found) == 1) & (found != EXCLUDED) & (found != IS_GONE))
    some = columns.taken(rows)
    far = np.nan_to_num(distances(some, need), nan=np.inf)
    nearest = np.lexsort((some.volunteer_id, far))[:k]
    return list(zip(far[nearest].tolist(), some.volunteer_id[nearest].tolist(), strict=True))
