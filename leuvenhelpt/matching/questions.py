"""A need as the pool reads it: bits, kilometres and row numbers instead of words."""

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import HOUR_BITS, LEVELS, MEANS, Columns, Facts, Floats, Rows
from leuvenhelpt.matching.projection import Point, point_on_plane
from leuvenhelpt.matching.vocabulary import Vocabulary
from leuvenhelpt.matching.weights import MINUTES_PER_KM, WAY_MINUTES, Weights

Ids = npt.NDArray[np.uint32]
Truths = npt.NDArray[np.bool_]
_NOBODY: Ids = np.empty(0, np.uint32)


class Question(NamedTuple):
    """`mask`, `least`: see Vocabulary.question; `times`, `least_times`: the same for hours and vetting.

    `place`: None for help from home.
    """

    mask: np.uint64
    least: np.uint64
    times: np.uint32
    least_times: np.uint32
    hours: np.uint32
    place: Point | None
    area: int
    excluded: Ids
    went_well_with: Ids


class Fit(NamedTuple):
    """Those whom every hard rule lets through: their rows, their facts, and how far (None: from home)."""

    rows: Rows
    facts: Facts
    far: Floats | None


class Wishes(NamedTuple):
    """What gives points beyond the way: of one need, or for each volunteer of the need it is about.

    `an_hour`: points for each of the `hours` that suits both; `area`: 0 or None is none; `known`: with whom it
    went well.
    """

    hours: Any
    an_hour: Any
    area: Any
    known: Truths | None


def _ids(numbers: Collection[int]) -> Ids:
    return np.array(sorted(numbers), np.uint32) if numbers else _NOBODY


def place_of(need: Need) -> Point | None:
    """Where the help is needed, east and north in km on the plane; None for help from home."""
    if need.lat is None or need.lon is None:
        return None
    return point_on_plane(need.lat, need.lon)


def question_of(need: Need, vocabulary: Vocabulary) -> Question | None:
    """What to look for; None if no volunteer of this vocabulary can suit."""
    words = vocabulary.question(need.kind, need.languages)
    if words is None or need.vetting > LEVELS:
        return None
    hours = need.hours & ALWAYS
    level = 1 << (HOUR_BITS + need.vetting - 1) if need.vetting > 0 else 0
    return Question(
        mask=np.uint64(words[0]),
        least=np.uint64(words[1]),
        times=np.uint32(hours | level),
        least_times=np.uint32(level + 1),
        hours=np.uint32(hours),
        place=place_of(need),
        area=(vocabulary.areas.find(need.area) or 0) if need.area else 0,
        excluded=_ids(need.excluded),
        went_well_with=_ids(need.went_well_with),
    )


def apart(x: Floats, y: Floats, place: tuple[Any, Any]) -> Floats:
    """Kilometres from a place, or from each of many under each other, to each of these; NaN stays NaN."""
    across, along = x - place[0], y - place[1]
    across *= across
    along *= along
    across += along
    return np.asarray(np.sqrt(across, out=across))


def distances(facts: Facts, place: Point) -> Floats:
    """Kilometres from a place to each volunteer; NaN where there is none."""
    return apart(facts["x"], facts["y"], place)


def passing(columns: Columns, question: Question, rows: Rows) -> Fit:
    """Of rows whose word suits, those that every hard rule lets through."""
    facts, far = columns.facts.take(rows), None
    times = facts["times"]
    passes = times & question.times >= question.least_times
    if len(question.excluded):
        passes &= ~np.isin(columns.volunteer_id.take(rows), question.excluded)
    if question.place is not None:
        far = distances(facts, question.place)
        passes &= far <= facts["reach_km"]
    those = np.flatnonzero(passes)
    return Fit(rows.take(those), facts.take(those), None if far is None else far.take(those))


@cache
def paces(weights: Weights) -> Floats:
    """By means: the points that each kilometre costs."""
    return np.array([weights.near * MINUTES_PER_KM[means] / WAY_MINUTES for means in MEANS], np.float32)


def an_hour(hours: np.uint32, weights: Weights) -> np.float32:
    """The points of each hour that a volunteer shares with these hours of a need."""
    return np.float32(weights.hours / max(int(hours).bit_count(), 1))


def points(columns: Columns, question: Question, fit: Fit, weights: Weights) -> Floats:
    """The score of each of those who fit."""
    hours, friends = question.hours, question.went_well_with
    known = np.isin(columns.volunteer_id.take(fit.rows), friends) if len(friends) else None
    wishes = Wishes(hours, an_hour(hours, weights), question.area or None, known)
    return reckoned(fit.facts, fit.far, wishes, weights)


def reckoned(facts: Facts, far: Floats | None, wishes: Wishes, weights: Weights) -> Floats:
    """The score of each: float32 throughout and in this order, so that a plain loop finds the same."""
    score = facts["standing"].copy()
    if far is not None:
        way = np.float32(weights.near) - far * paces(weights).take(facts["means"])
        score += np.maximum(way, np.float32(0), out=way)
    score += np.bitwise_count(facts["times"] & wishes.hours).astype(np.float32) * wishes.an_hour
    if wishes.area is not None:
        score += np.float32(weights.same_area) * ((facts["area"] == wishes.area) & (wishes.area > 0))
    if wishes.known is not None:
        score += np.float32(weights.went_well) * wishes.known
    return np.asarray(score)


def leading(score: Floats, rows: Rows, ids: Ids, k: int) -> Rows:
    """The places of the best `k` by score, and among equals by the lower id: exact however many are equal.

    `score`, `rows`: of those who may be asked; `ids`: of all rows.
    """
    if k >= len(score):
        return np.lexsort((ids.take(rows), -score))
    last = len(score) - k
    worst = np.partition(score, last)[last]
    chosen = np.flatnonzero(score >= worst)
    if len(chosen) > 2 * k:  # many are equal: no need to sort them all
        equal = score.take(chosen) == worst
        above, equal = chosen[~equal], chosen[equal]
        left = k - len(above)
        lowest = np.argpartition(ids.take(rows.take(equal)), left - 1)[:left]
        chosen = np.concatenate([above, equal.take(lowest)])
    order = np.lexsort((ids.take(rows.take(chosen)), -score.take(chosen)))
    return chosen.take(order[:k])
