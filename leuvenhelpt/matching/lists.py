"""The best of many needs at once: those near each other that ask the same kind of help look through one crowd."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from leuvenhelpt.matching.columns import Columns, Floats, Rows
from leuvenhelpt.matching.questions import Ids, Question, Truths, Wishes, an_hour, apart, reckoned
from leuvenhelpt.matching.vocabulary import ASKABLE, LANGUAGE_BITS
from leuvenhelpt.matching.weights import Weights

Ranked = list[tuple[int, float]]
TILE_KM = 10.0
PAIRS = 1 << 16
"""So many of a need and a volunteer at a time: what is reckoned of them stays in the processor's own memory."""
_BESIDE_KM = np.float32(TILE_KM * 0.5**0.5 + 0.05)
"""From the centre of a tile to its corner, and more than single precision can be off."""


class _Asked(NamedTuple):
    """`tile`: a square of the plane, or none for help from home; `kind`: its bit of a word, and ASKABLE."""

    tile: tuple[int, ...]
    kind: int
    number: int
    question: Question


def lists(columns: Columns, questions: Sequence[Question | None], k: int, weights: Weights) -> list[Ranked]:
    """For each question volunteer and score of the best `k` (at least 1): exactly what each finds alone."""
    answers: list[Ranked] = [[] for _ in questions]
    for crowd, asked in _crowds(columns, questions):
        step = max(PAIRS // len(crowd), 1)
        for start in range(0, len(asked), step):
            some = asked[start : start + step]
            found = _best(crowd, [one.question for one in some], k, weights)
            for one, best in zip(some, found, strict=True):
                answers[one.number] = best
    return answers


def _crowds(columns: Columns, questions: Sequence[Question | None]) -> Iterator[tuple[Columns, list[_Asked]]]:
    """All who offer a kind of help and could come to some place in a tile, and the questions for them."""
    askable = columns.taken(np.flatnonzero(columns.word >= np.uint64(ASKABLE)))
    x, y, reach_km = (np.ascontiguousarray(askable.facts[name]) for name in ("x", "y", "reach_km"))
    asked = sorted(_asked(number, one) for number, one in enumerate(questions) if one is not None)
    for tile, here in groupby(asked, attrgetter("tile")):
        near = askable
        if tile:
            east, north = ((np.float32(number) + np.float32(0.5)) * np.float32(TILE_KM) for number in tile)
            near = askable.taken(np.flatnonzero(apart(x, y, (east, north)) <= reach_km + _BESIDE_KM))
        for bit, same in groupby(here, attrgetter("kind")):
            kind = np.uint64(bit)
            crowd = near.taken(np.flatnonzero(near.word & kind == kind))
            if len(crowd):
                yield crowd, list(same)


def _asked(number: int, question: Question) -> _Asked:
    kind, place = int(question.mask) >> LANGUAGE_BITS << LANGUAGE_BITS, question.place
    tile = () if place is None else tuple(int(along // TILE_KM) for along in place)
    return _Asked(tile, kind, number, question)


def _best(crowd: Columns, questions: Sequence[Question], k: int, weights: Weights) -> list[Ranked]:
    passes, far = _passing(crowd, questions)
    pairs = np.flatnonzero(passes)
    asker, row = np.divmod(pairs, len(crowd))
    wishes = Wishes(
        np.array([one.hours for one in questions]).take(asker),
        np.array([an_hour(one.hours, weights) for one in questions]).take(asker),
        np.array([one.area for one in questions]).take(asker),
        _named(crowd, [one.went_well_with for one in questions]).take(pairs),
    )
    score = reckoned(crowd.facts.take(row), None if far is None else far.take(pairs), wishes, weights)
    good = np.flatnonzero(score >= _least_listed(score, asker, len(questions), k).take(asker))
    asker, score, ids = asker.take(good), score.take(good), crowd.volunteer_id.take(row.take(good))
    order = np.lexsort((ids, -score, asker))
    ranked = list(zip(ids.take(order).tolist(), score.take(order).tolist(), strict=True))
    ends = np.searchsorted(asker, np.arange(len(questions) + 1)).tolist()
    return [ranked[start : min(start + k, end)] for start, end in pairwise(ends)]


def _passing(crowd: Columns, questions: Sequence[Question]) -> tuple[Truths, Floats | None]:
    """Whom every hard rule lets through, a row a question; and how far they are (None: from home)."""
    mask, least, wanted, least_times = (
        np.array([getattr(one, name) for one in questions])[:, None]
        for name in ("mask", "least", "times", "least_times")
    )
    times, x, y, reach_km = (
        np.ascontiguousarray(crowd.facts[name]) for name in ("times", "x", "y", "reach_km")
    )
    passes = crowd.word & mask >= least
    passes &= times & wanted >= least_times
    passes &= ~_named(crowd, [one.excluded for one in questions])
    places = [one.place for one in questions if one.place is not None]
    if not places:
        return passes, None
    east, north = np.array(places, np.float32).T[:, :, None]
    far = apart(x, y, (east, north))
    passes &= far <= reach_km
    return passes, far


def _named(crowd: Columns, named: Sequence[Ids]) -> Truths:
    """Whom each question names, a row a question."""
    found = np.zeros((len(named), len(crowd)), np.bool_)
    for row, ids in zip(found, named, strict=True):
        if len(ids):
            row[:] = np.isin(crowd.volunteer_id, ids)
    return found


def _least_listed(score: Floats, asker: Rows, questions: int, k: int) -> Floats:
    """For each question the score of its `k`th best; minus infinity if none has more than `k` to rank.

    `asker`: the question of each score, ascending.
    """
    count = np.bincount(asker, minlength=questions)
    width = int(count.max())
    if width <= k:
        return np.full(questions, -np.inf, np.float32)
    place = np.arange(len(asker)) - np.repeat(np.cumsum(count) - count, count)
    table = np.full((questions, width), -np.inf, np.float32)
    table[asker, place] = score
    return np.asarray(np.partition(table, width - k, axis=1)[:, width - k])
