"""The loops over everybody, compiled by Numba: whose word suits, who is free and near enough, and the best of them.

What a compiled function calls stands in its own file, and all else it is told by its arguments: Numba keeps what it
compiled until that file changes, and looks at no other. Points are single precision, added in one order, so that a
plain loop finds the same. Numba takes a second and 100 MiB to load: whoever asks no question must not import this.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit
from numba.core.dispatcher import Dispatcher

from leuvenhelpt.matching.grid import Lookup

Function = TypeVar("Function", bound=Callable[..., Any])
Numbers = npt.NDArray[np.uint32]
Points = npt.NDArray[np.float32]
Rows = npt.NDArray[np.void]
Row = Any
"""One row of an array of QUESTION, WISHES, FACTS, BAND or FOUND."""
People = tuple[npt.NDArray[np.uint64], Numbers, Rows]
"""Word, id and facts of all volunteers: see `columns.Columns`."""
Asked = tuple[Row, Row, Numbers, Numbers]
"""A question, the wishes that count, whom the question excludes, and with whom it went well."""
Work = tuple[Numbers, Points, Rows]
"""Rows looked at together; the km to each, then its points; and the best so far, a heap with the worst in front."""

AT_ONCE = 4096
"""So many rows go through all steps together: what is known of them stays in the processor's own memory."""


def compiled(function: Function) -> Dispatcher[Function]:
    """Compiled at the first call, some seconds, and kept: beside this file, else in the user's own cache.

    NUMBA_CACHE_DIR names another folder. Where none can be written, every process compiles anew.
    """
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)


@njit()
def _is_among(number: int, numbers: Numbers) -> bool:
    is_found = False
    for one in numbers:
        is_found |= one == number
    return is_found


@njit()
def _bits_in(number: int) -> int:
    """How many bits of 32 are set: in pairs, then in fours, then in bytes."""
    number -= number >> 1 & 0x55555555
    number = (number & 0x33333333) + (number >> 2 & 0x33333333)
    return (number + (number >> 4) & 0x0F0F0F0F) * 0x01010101 >> 24 & 0xFF


@njit()
def stretch_of(band: Row, x: float, y: float, starts: Numbers) -> tuple[int, int]:
    """The rows of a band from which somebody may come to a place, km from the corner of the map; see `grid.BAND`."""
    along, across = y * band.per_km, x * band.per_km
    row = np.floor(along)
    below = max(abs(band.middle - (along - row)) - 0.5, 0.0)
    half = np.sqrt(max(band.square - below * below, 0.0))
    first = band.begin + row * band.width
    begin, end = int(first + np.floor(across - half)), int(first + np.floor(across + half))
    return int(starts[begin]), int(starts[end + 1])


# Each step keeps, in front of the rows of `work`, those of the first `count` who pass it. It writes each row and
# counts it or not: without branches the processor need not guess, and fetches the facts of many at the same time.


@njit()
def _whose_word_suits(
    word: npt.NDArray[np.uint64], begin: int, end: int, question: Row, rows: Numbers
) -> int:
    mask, least, left = question.mask, question.least, 0
    stretch = word[begin:end]
    for place in range(len(stretch)):
        rows[left] = begin + place
        left += stretch[place] & mask >= least
    return left


@njit()
def _who_are_free(facts: Rows, question: Row, work: Work, count: int) -> int:
    times, least, left = question.times, question.least_times, 0
    rows, _, _ = work
    for place in range(count):
        row = rows[place]
        rows[left] = row
        left += facts[row].times & times >= least
    return left


@njit()
def _who_are_near(facts: Rows, question: Row, work: Work, count: int) -> int:
    x, y, left = question.x, question.y, 0
    rows, far, _ = work
    for place in range(count):
        row = rows[place]
        fact = facts[row]
        across, along = fact.x - x, fact.y - y
        km = np.sqrt(across * across + along * along)
        rows[left], far[left] = row, km
        left += km <= fact.reach_km
    return left


@njit()
def _reckon(facts: Rows, question: Row, wishes: Row, work: Work, count: int) -> None:
    hours, an_hour, area, from_home = question.hours, question.an_hour, question.area, question.is_from_home
    same_area = wishes.same_area if area else np.float32(0)
    rows, points, _ = work
    for place in range(count):
        fact = facts[rows[place]]
        score = fact.standing
        if not from_home:
            score += max(wishes.near - points[place] * wishes.paces[fact.means], np.float32(0))
        score += np.float32(_bits_in(fact.times & hours)) * an_hour
        points[place] = score + same_area * np.float32(fact.area == area)


@njit()
def _greet(volunteer_id: Numbers, asked: Asked, work: Work, count: int) -> None:
    """Points for those with whom it went well."""
    _, wishes, _, known = asked
    rows, points, _ = work
    if len(known):
        for place in range(count):
            points[place] += wishes.went_well * np.float32(_is_among(volunteer_id[rows[place]], known))


@njit()
def _comes_before(score: float, volunteer: int, other: Row) -> bool:
    is_before: bool = score > other.score or (score == other.score and volunteer < other.volunteer)
    return is_before


@njit()
def _put(top: Rows, at: int, score: float, volunteer: int, row: int) -> None:
    one: Row = top[at]
    one.score, one.volunteer, one.row = score, volunteer, row


@njit()
def _sink(top: Rows, size: int, score: float, volunteer: int, row: int) -> None:
    """Put somebody in the place of the worst of the first `size`, and let the worst of them come in front."""
    at, child = 0, 1
    while child < size:
        one: Row = top[child]
        if child + 1 < size and _comes_before(one.score, one.volunteer, top[child + 1]):
            child += 1
        if not _comes_before(score, volunteer, top[child]):
            break
        top[at] = top[child]
        at, child = child, 2 * child + 1
    _put(top, at, score, volunteer, row)


@njit()
def _keep_best(volunteer_id: Numbers, excluded: Numbers, work: Work, count: int) -> None:
    rows, points, top = work
    worst: Row = top[0]
    for place in range(count):
        score = points[place]
        if score >= worst.score:
            volunteer = volunteer_id[rows[place]]
            if _comes_before(score, volunteer, worst) and not _is_among(volunteer, excluded):
                _sink(top, len(top), score, volunteer, rows[place])


@njit()
def _sort(top: Rows) -> None:
    """Best first: again and again the worst of those left goes behind them."""
    for last in range(len(top) - 1, 0, -1):
        one: Row = top[last]
        score, volunteer, row = one.score, one.volunteer, one.row
        top[last] = top[0]
        _sink(top, last, score, volunteer, row)


@njit()
def _sift(people: People, asked: Asked, work: Work, count: int) -> None:
    """Take the first `count` of `work`, whose word suits, through the other steps."""
    _, volunteer_id, facts = people
    question, wishes, excluded, _ = asked
    count = _who_are_free(facts, question, work, count)
    if not question.is_from_home:
        count = _who_are_near(facts, question, work, count)
    _reckon(facts, question, wishes, work, count)
    _greet(volunteer_id, asked, work, count)
    _keep_best(volunteer_id, excluded, work, count)


@njit()
def _read(people: People, stretch: tuple[int, int], asked: Asked, work: Work, count: int) -> int:
    """Look through a stretch of rows; `count`, and what is returned: how many of `work` wait for the other steps."""
    begin, end = stretch
    while begin < end:
        upto = min(end, begin + AT_ONCE - count)
        count += _whose_word_suits(people[0], begin, upto, asked[0], work[0][count:])
        begin = upto
        if 2 * count > AT_ONCE:
            _sift(people, asked, work, count)
            count = 0
    return count


@njit()
def _search(people: People, lookup: Lookup, asked: Asked, work: Work) -> None:
    bands, starts, box = lookup
    question, count = asked[0], 0
    if question.is_from_home:
        count = _read(people, (0, len(people[0])), asked, work, count)
    else:
        # From the nearest point of the map everybody on it is as near as from the place itself, or nearer.
        x = min(max(float(question.x), box[0]), box[2]) - box[0]
        y = min(max(float(question.y), box[1]), box[3]) - box[1]
        for band in bands:
            count = _read(people, stretch_of(band, x, y, starts), asked, work, count)
        count = _read(people, (int(starts[-3]), int(starts[-2])), asked, work, count)
    _sift(people, asked, work, count)


@compiled
def best_of_each(asked: tuple[Rows, Numbers, Rows], people: People, lookup: Lookup, found: Rows) -> None:
    """For each question, into a row of `found`, those to ask first, best first; among equals the lower id.

    Where fewer suit than fit there, the score of the others is minus infinity. `asked`: see `questions.Questions`,
    and one row of wishes.
    """
    questions, named, wishes = asked
    rows, points = np.empty(AT_ONCE, np.uint32), np.empty(AT_ONCE, np.float32)
    for number in range(len(questions)):
        question, top = questions[number], found[number]
        for place in range(len(top)):
            _put(top, place, -np.inf, 0, 0)
        excluded = named[question.named_from : question.excluded_to]
        known = named[question.excluded_to : question.known_to]
        _search(people, lookup, (question, wishes[0], excluded, known), (rows, points, top))
        _sort(top)
