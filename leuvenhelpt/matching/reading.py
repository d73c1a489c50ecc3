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
    """The volunteer of one row, seen from a need."""
    one = columns.taken(np.array([row]))
    word, far, flags = int(one.word[0]), float(_far(one, need)[0]), int(one.flags[0])
    return Volunteer(
        volunteer_id=int(one.volunteer_id[0]),
        kinds=vocabulary.kinds_of(word),
        languages=vocabulary.languages_of(word),
        hours=int(one.hours[0]),
        has_place=not np.isnan(one.x[0]),
        distance_km=None if np.isnan(far) else far,
        reach_km=float(one.reach_km[0]),
        vetting=int(one.vetting[0]),
        is_available=bool(flags & AVAILABLE),
        has_notice=bool(flags & NOTICE),
        asks_left=int(one.asks_left[0]),
        asked_recently=int(one.asked_recently[0]),
        said_yes=int(one.said_yes[0]),
        said_no=int(one.said_no[0]),
        is_newcomer=bool(flags & NEWCOMER),
        area=vocabulary.areas.names[int(one.area[0])],
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
