"""A need as the pool reads it: bits, kilometres and row numbers instead of words."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import MEANS, Columns, Floats, Rows
from leuvenhelpt.matching.projection import to_plane
from leuvenhelpt.matching.vocabulary import Vocabulary
from leuvenhelpt.matching.weights import MINUTES_PER_KM, WAY_MINUTES, Weights

Ids = npt.NDArray[np.uint32]
Point = tuple[np.float32, np.float32]


@dataclass(frozen=True)
class Question:
    """`mask`, `least`: see Vocabulary.question. `place`: None for help from home."""

    mask: np.uint64
    least: np.uint64
    hours: np.uint32
    vetting: np.uint8
    place: Point | None
    area: int
    excluded: Ids
    went_well_with: Ids


def _ids(numbers: Iterable[int]) -> Ids:
    return np.array(sorted(numbers), np.uint32)


def place_of(need: Need) -> Point | None:
    """Where the help is needed, east and north in km on the plane; None for help from home."""
    if need.lat is None or need.lon is None:
        return None
    x, y = to_plane(need.lat, need.lon)
    return np.float32(x), np.float32(y)


def question_of(need: Need, vocabulary: Vocabulary) -> Question | None:
    """What to look for; None if no volunteer of this vocabulary can suit."""
    words = vocabulary.question(need.kind, need.languages)
    if words is None:
        return None
    return Question(
        mask=np.uint64(words[0]),
        least=np.uint64(words[1]),
        hours=np.uint32(need.hours),
        vetting=np.uint8(need.vetting),
        place=place_of(need),
        area=(vocabulary.areas.find(need.area) or 0) if need.area else 0,
        excluded=_ids(need.excluded),
        went_well_with=_ids(need.went_well_with),
    )


def distances(x: Floats, y: Floats, place: Point) -> Floats:
    """Kilometres from a place to each point; NaN where there is none."""
    across, along = x - place[0], y - place[1]
    return np.asarray(np.sqrt(across * across + along * along))


def passing(columns: Columns, question: Question, rows: Rows) -> tuple[Rows, Floats | None]:
    """Of rows whose word suits, those that every hard rule lets through; and how far (None: from home)."""
    free = (columns.hours[rows] & question.hours) != 0
    if question.vetting:
        free &= columns.vetting[rows] >= question.vetting
    rows = rows[free]
    if len(question.excluded):
        rows = rows[~np.isin(columns.volunteer_id[rows], question.excluded)]
    if question.place is None:
        return rows, None
    far = distances(columns.x[rows], columns.y[rows], question.place)
    within = far <= columns.reach_km[rows]
    return rows[within], far[within]


def paces(weights: Weights) -> Floats:
    """By means: the points that each kilometre costs."""
    return np.array([weights.near * MINUTES_PER_KM[means] / WAY_MINUTES for means in MEANS], np.float32)


def points(columns: Columns, question: Question, rows: Rows, far: Floats | None, weights: Weights) -> Floats:
    """The score of each row: float32 throughout and in this order, so that a plain loop finds the same."""
    score = columns.standing[rows]
    if far is not None:
        way = np.float32(weights.near) - far * paces(weights)[columns.means[rows]]
        score = score + np.maximum(way, np.float32(0))
    shared = np.bitwise_count(columns.hours[rows] & question.hours).astype(np.float32)
    score = score + shared * np.float32(weights.hours / max(int(question.hours).bit_count(), 1))
    if question.area:
        score = score + np.float32(weights.same_area) * (columns.area[rows] == question.area)
    if len(question.went_well_with):
        score = score + np.float32(weights.went_well) * np.isin(
            columns.volunteer_id[rows], question.went_well_with
        )
    return np.asarray(score)


def leading(score: Floats, ids: Ids, k: int) -> Rows:
    """The places of the best `k` by score, and among equals by the lower id: exact however many are equal."""
    if k < len(score):
        worst = np.partition(score, len(score) - k)[len(score) - k]
        above, equal = np.flatnonzero(score > worst), np.flatnonzero(score == worst)
        left = k - len(above)
        if left < len(equal):
            equal = equal[np.argpartition(ids[equal], left)[:left]]
        chosen = np.concatenate([above, equal])
    else:
        chosen = np.arange(len(score))
    return chosen[np.lexsort((ids[chosen], -score[chosen]))]
