"""Columns read back: one volunteer as the rules see them, and for everybody the rules they fail."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import AVAILABLE, GONE, HOUR_BITS, NEWCOMER, NOTICE, Columns, Floats
from leuvenhelpt.matching.questions import place_of
from leuvenhelpt.matching.rules import MUST, Volunteer
from leuvenhelpt.matching.vocabulary import LANGUAGE_BITS, Vocabulary

RULES = tuple(rule.__name__ for rule in MUST)
Truths = npt.NDArray[np.bool_]
CHUNK = 1 << 15


def distances(columns: Columns, need: Need) -> Floats:
    """Kilometres from a need to each volunteer, as `loops` reckons them; NaN where one of both has no place."""
    place = place_of(need)
    if place is None:
        return np.full(len(columns), np.nan, np.float32)
    across, along = columns.facts["x"] - place[0], columns.facts["y"] - place[1]
    return np.asarray(np.sqrt(across * across + along * along))


def volunteers_at(
    columns: Columns, rows: Sequence[int], need: Need, vocabulary: Vocabulary
) -> list[Volunteer]:
    """The volunteers of some rows, as the rules see them from a need."""
    return volunteers(columns.taken(np.array(rows, np.intp)), need, vocabulary)


def volunteers(some: Columns, need: Need, vocabulary: Vocabulary) -> list[Volunteer]:
    """The volunteers of some columns as the rules see them from a need."""
    facts, far = some.facts, distances(some, need)
    known = (
        some.volunteer_id, some.word, facts["times"], np.isnan(facts["x"]), np.isnan(far), far, facts["reach_km"],
        facts["flags"], facts["asks_left"], facts["asked_recently"], facts["said_yes"], facts["said_no"], facts["area"],
    )  # fmt: skip
    return [_volunteer(vocabulary, row) for row in zip(*(fact.tolist() for fact in known), strict=True)]


def _volunteer(vocabulary: Vocabulary, row: tuple[Any, ...]) -> Volunteer:
    number, word, times, is_nowhere, has_no_way, km, reach_km, flags, *counts = row
    asks_left, asked_recently, said_yes, said_no, area = counts
    return Volunteer(
        volunteer_id=number,
        kinds=vocabulary.kinds_of(word),
        languages=vocabulary.languages_of(word),
        hours=times & ALWAYS,
        has_place=not is_nowhere,
        distance_km=None if has_no_way else km,
        reach_km=reach_km,
        vetting=(times >> HOUR_BITS).bit_count(),
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
    facts = columns.facts
    flags, times = facts["flags"], facts["times"]
    fails: dict[str, Any] = {
        "paused": flags & AVAILABLE == 0,
        "notice": flags & NOTICE == 0,
        "kind": ~_has(columns, 0 if kind is None else 1 << (LANGUAGE_BITS + kind)),
        "language": ~_has(columns, speaks) & bool(need.languages),
        "vetting": np.bitwise_count(times >> np.uint32(HOUR_BITS)) < need.vetting,
        "excluded": np.isin(columns.volunteer_id, np.array(sorted(need.excluded), np.uint32)),
        "weekly_limit": facts["asks_left"] == 0,
        "hours": times & np.uint32(need.hours & ALWAYS) == 0,
        "no_place": np.isnan(facts["x"]) & (need.lat is not None),
        "reach": distances(columns, need) > facts["reach_km"],
    }
    return np.array([fails[rule] for rule in RULES])


def _chunks(columns: Columns) -> Iterator[Columns]:
    """Some thousand rows at a time: what is reckoned of them stays in the processor's own memory."""
    for start in range(0, len(columns), CHUNK):
        yield columns.part(start, start + CHUNK)


def first_objections(columns: Columns, need: Need, vocabulary: Vocabulary) -> Counter[str]:
    """By rule: for how many it is the first, in the order of RULES, that forbids."""
    counts = Counter[str]()
    for some in _chunks(columns):
        left = some.facts["flags"] & GONE == 0
        for rule, fails in zip(RULES, _objections(some, need, vocabulary), strict=True):
            counts[rule] += int(np.count_nonzero(left & fails))
            left &= ~fails
    return +counts


def near_misses(columns: Columns, need: Need, vocabulary: Vocabulary, k: int) -> list[tuple[float, int]]:
    """(km, volunteer) of at most `k` whom exactly one rule forbids, nearest first; excluded are no misses."""
    return sorted(miss for some in _chunks(columns) for miss in _missed(some, need, vocabulary, k))[:k]


def _missed(columns: Columns, need: Need, vocabulary: Vocabulary, k: int) -> Iterator[tuple[float, int]]:
    failed = _objections(columns, need, vocabulary)
    is_here = columns.facts["flags"] & GONE == 0
    rows = np.flatnonzero((failed.sum(axis=0) == 1) & is_here & ~failed[RULES.index("excluded")])
    far = np.nan_to_num(distances(columns, need)[rows], nan=np.inf)
    ids = columns.volunteer_id[rows]
    nearest = np.lexsort((ids, far))[:k]
    return zip(far[nearest].tolist(), ids[nearest].tolist(), strict=True)
