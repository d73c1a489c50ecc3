"""Columns read back: one volunteer as the rules see them. Knows nothing of the loops that find the best of all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need, Reason, VolunteerOffer
from leuvenhelpt.matching.columns import AVAILABLE, HOUR_BITS, NEWCOMER, NOTICE, Columns, Floats, columns_from
from leuvenhelpt.matching.questions import place_of
from leuvenhelpt.matching.rules import Volunteer, merits, objections
from leuvenhelpt.matching.vocabulary import Vocabulary


def weighed(need: Need, offers: Iterable[VolunteerOffer]) -> Mapping[int, Sequence[Reason]]:
    """All that speaks against asking each of a few volunteers, then all that speaks for it: `Pool.explain` without a
    pool.
    """
    vocabulary = Vocabulary()
    seen = volunteers(columns_from(offers, vocabulary), need, vocabulary)
    return {one.volunteer_id: objections(need, one) + merits(need, one) for one in seen}


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
