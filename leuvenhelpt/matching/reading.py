"""Columns read back: one volunteer as the rules see them, and for everybody the rules they fail."""

from typing import Any

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import AVAILABLE, GONE, NEWCOMER, NOTICE, Columns, Floats
from leuvenhelpt.matching.questions import distances, place_of
from leuvenhelpt.matching.rules import MUST, Volunteer
from leuvenhelpt.matching.vocabulary import LANGUAGE_BITS, Vocabulary

RULES = tuple(rule.__name__ for rule in MUST)
Truths = npt.NDArray[np.bool_]


def _far(columns: Columns, need: Need) -> Floats:
    place = place_of(need)
    if place is None:
        return np.full(len(columns), np.nan, np.float32)
    return distances(columns.x, columns.y, place)


def volunteer_at(columns: Columns, row: int, need: Need, vocabulary: Vocabulary) -> Volunteer:
    """The volunteer of one row, as the rules see them from a need."""
    one = columns.taken(np.array([row]))
    return volunteers(one, None if need.lat is None else _far(one, need), vocabulary)[0]


def volunteers(some: Columns, far: Floats | None, vocabulary: Vocabulary) -> list[Volunteer]:
    """The volunteers of some columns as the rules see them; `far`: km to each, NaN without a place."""
    nowhere = np.isnan(some.x)
    far = np.full(len(some), np.nan) if far is None else far
    facts = (
        some.volunteer_id, some.word, some.hours, nowhere, np.isnan(far), far, some.reach_km, some.vetting,
        some.flags, some.asks_left, some.asked_recently, some.said_yes, some.said_no, some.area,
    )  # fmt: skip
    return [_volunteer(vocabulary, row) for row in zip(*(fact.tolist() for fact in facts), strict=True)]


def _volunteer(vocabulary: Vocabulary, row: tuple[Any, ...]) -> Volunteer:
    number, word, hours, is_nowhere, has_no_way, km, reach_km, vetting, flags, *counts = row
    asks_left, asked_recently, said_yes, said_no, area = counts
    return Volunteer(
        volunteer_id=number,
        kinds=vocabulary.kinds_of(word),
        languages=vocabulary.languages_of(word),
        hours=hours,
        has_place=not is_nowhere,
        distance_km=None if has_no_way else km,
        reach_km=reach_km,
        vetting=vetting,
        is_available=bool(flags & AVAILABLE),
        has_notice=bool(flags & NOTICE),
        asks_left=asks_left,
        asked_recently=asked_recently,
        said_yes=said_yes,
        said_no=said_no,
        is_newcomer=bool(flags & NEWCOMER),
        area=vocabulary.areas.names[area],
    )


def _has(columns: Columns, bits: int) -> Truths:
    return np.asarray(columns.word & np.uint64(bits) != 0)


def _objections(columns: Columns, need: Need, vocabulary: Vocabulary) -> Truths:
    """A row a rule, in the order of RULES; a column a volunteer: True where the rule forbids."""
    kind = vocabulary.kinds.find(need.kind)
    speaks = sum(1 << n for name in need.languages if (n := vocabulary.languages.find(name)) is not None)
    far = _far(columns, need)
    fails: dict[str, Any] = {
        "paused": columns.flags & AVAILABLE == 0,
        "notice": columns.flags & NOTICE == 0,
        "kind": ~_has(columns, 0 if kind is None else 1 << (LANGUAGE_BITS + kind)),
        "language": ~_has(columns, speaks) & bool(need.languages),
        "vetting": columns.vetting < need.vetting,
        "excluded": np.isin(columns.volunteer_id, np.array(sorted(need.excluded), np.uint32)),
        "weekly_limit": columns.asks_left == 0,
        "hours": columns.hours & np.uint32(need.hours) == 0,
        "no_place": np.isnan(columns.x) & (need.lat is not None),
        "reach": far > columns.reach_km,
    }
    return np.array([fails[rule] for rule in RULES])


def first_objections(columns: Columns, need: Need, vocabulary: Vocabulary) -> dict[str, int]:
    """By rule: for how many it is the first, in the order of RULES, that forbids."""
    here = columns.flags & GONE == 0
    failed = _objections(columns, need, vocabulary)[:, here]
    first = np.argmax(failed, axis=0)[failed.any(axis=0)]
    return {RULES[rule]: int(count) for rule, count in enumerate(np.bincount(first)) if count}


def near_misses(columns: Columns, need: Need, vocabulary: Vocabulary, k: int) -> list[tuple[float, int]]:
    """(km, volunteer) of at most `k` whom exactly one rule forbids, nearest first; excluded are no misses."""
    failed = _objections(columns, need, vocabulary)
    once = (failed.sum(axis=0) == 1) & (columns.flags & GONE == 0) & ~failed[RULES.index("excluded")]
    rows = np.flatnonzero(once)
    far, ids = np.nan_to_num(_far(columns, need)[rows], nan=np.inf), columns.volunteer_id[rows]
    nearest = np.lexsort((ids, far))[:k]
    return [(float(far[place]), int(ids[place])) for place in nearest]
