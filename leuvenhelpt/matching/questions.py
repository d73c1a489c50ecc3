"""Needs as the pool reads them: bits, kilometres and numbers instead of words."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import HOUR_BITS, LEVELS, MEANS
from leuvenhelpt.matching.projection import Point, point_on_plane
from leuvenhelpt.matching.vocabulary import NOBODY, Vocabulary
from leuvenhelpt.matching.weights import MINUTES_PER_KM, WAY_MINUTES, Weights

QUESTION = np.dtype([
    ("mask", np.uint64), ("least", np.uint64), ("times", np.uint32), ("least_times", np.uint32),
    ("hours", np.uint32), ("an_hour", np.float32), ("x", np.float32), ("y", np.float32),
    ("named_from", np.uint32), ("excluded_to", np.uint32), ("known_to", np.uint32),
    ("area", np.uint16), ("is_from_home", np.bool_),
], align=True)  # fmt: skip
"""`mask`, `least`: see Vocabulary.question; `times`, `least_times`: the same for hours and vetting.

`an_hour`: points for each of the `hours` that suits both. `x`, `y`: km. `area`: 0 is none. The last three numbers say
where in `Questions.named` those stand who must not be asked, and behind them those with whom it went well.
"""
WISHES = np.dtype([
    ("near", np.float32), ("same_area", np.float32), ("went_well", np.float32), ("paces", np.float32, len(MEANS)),
], align=True)  # fmt: skip
"""What each wish counts; `paces`: by means, the points that each kilometre costs."""


class Questions(NamedTuple):
    """`rows`: one QUESTION each; `named`: ids of volunteers."""

    rows: npt.NDArray[np.void]
    named: npt.NDArray[np.uint32]


@cache
def wishes_of(weights: Weights) -> npt.NDArray[np.void]:
    """One row of WISHES."""
    paces = [weights.near * MINUTES_PER_KM[means] / WAY_MINUTES for means in MEANS]
    return np.array([(weights.near, weights.same_area, weights.went_well, paces)], WISHES)


def place_of(need: Need) -> Point | None:
    """Where the help is needed, east and north in km on the plane; None for help from home."""
    if need.lat is None or need.lon is None:
        return None
    return point_on_plane(need.lat, need.lon)


def questions_of(needs: Iterable[Need], vocabulary: Vocabulary, weights: Weights) -> Questions:
    """What to look for, a question a need; where no volunteer of this vocabulary can suit, it finds nobody."""
    rows: list[tuple[Any, ...]] = []
    named: list[int] = []
    for need in needs:
        begin, end = len(named), len(named) + len(need.excluded)
        named += [*need.excluded, *need.went_well_with]
        rows.append(_question(need, vocabulary, weights, (begin, end, len(named))))
    return Questions(np.array(rows, QUESTION), np.array(named, np.uint32))


def _question(
    need: Need, vocabulary: Vocabulary, weights: Weights, named: tuple[int, int, int]
) -> tuple[Any, ...]:
    hours, place = need.hours & ALWAYS, place_of(need)
    level = 1 << HOUR_BITS + need.vetting - 1 if 0 < need.vetting <= LEVELS else 0
    words = vocabulary.question(need.kind, need.languages) if need.vetting <= LEVELS else NOBODY
    an_hour = weights.hours / max(hours.bit_count(), 1)
    area = vocabulary.areas.find(need.area) or 0
    return *words, hours | level, level + 1, hours, an_hour, *(place or (0, 0)), *named, area, place is None
