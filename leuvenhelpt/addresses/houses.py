"""Where in a street a house number is: the house itself, between its neighbours, or nowhere near."""

from typing import NamedTuple

import numpy as np

from leuvenhelpt.addresses.answer import Level
from leuvenhelpt.addresses.columns import COSINE, METRES_A_DEGREE, MICRO, Columns, Point, distance_m
from leuvenhelpt.addresses.house_numbers import HouseNumber

HOUSE_ACCURACY_M = 15
_SAME_DOOR_M = 30
_WIDEST_GAP = 20
_ACROSS_M = 100


class Spot(NamedTuple):
    """A position in a street. `is_beyond`: the street has houses, but none near this number."""

    level: Level
    point: Point
    accuracy_m: int
    is_beyond: bool = False


def spot_of(columns: Columns, street: int, number: HouseNumber | None) -> Spot:
    """The best position for a number in a street; without a number, the middle of the street."""
    middle = Point(int(columns.street_lat[street]) / MICRO, int(columns.street_lon[street]) / MICRO)
    whole = Spot(Level.STREET, middle, int(columns.street_radius_m[street]))
    first, past = int(columns.house_from[street]), int(columns.house_from[street + 1])
    if number is None or first == past:
        return whole
    if not number.number:
        return whole._replace(is_beyond=True)
    return (
        _house(columns, first, past, number)
        or _between(columns, first, past, number)
        or whole._replace(is_beyond=True)
    )


def is_beside(columns: Columns, street: int, point: Point) -> bool:
    """Whether a house of the street stands as near to a point as the other side of a road does."""
    houses = slice(int(columns.house_from[street]), int(columns.house_from[street + 1]))
    north = columns.house_lat[houses] / MICRO - point.lat
    east = (columns.house_lon[houses] / MICRO - point.lon) * COSINE
    return bool((np.hypot(north, east) * METRES_A_DEGREE < _ACROSS_M).any())


def _house(columns: Columns, first: int, past: int, number: HouseNumber) -> Spot | None:
    numbers = columns.house_number[first:past]
    low, high = (first + int(at) for at in np.searchsorted(numbers, (number.number, number.number + 1)))
    if low == high:
        return None
    for at in range(low, high):
        if columns.letters[columns.house_letter[at]] == number.letter:
            return Spot(Level.HOUSE, _point(columns, at), HOUSE_ACCURACY_M)
    return Spot(Level.NEAR_HOUSE, _point(columns, low), _SAME_DOOR_M)


def _between(columns: Columns, first: int, past: int, number: HouseNumber) -> Spot | None:
    """Between the nearest numbers on the same side of the street, if they are near enough."""
    numbers = columns.house_number[first:past].astype(np.int64)
    gaps = numbers - number.number
    same_side = gaps % 2 == 0
    below = np.flatnonzero(same_side & (gaps < 0) & (gaps >= -_WIDEST_GAP))
    above = np.flatnonzero(same_side & (gaps > 0) & (gaps <= _WIDEST_GAP))
    if len(below) and len(above):
        return _weighted(columns, first + int(below[-1]), first + int(above[0]), number.number)
    ends = [first + int(at) for at in (*below[-1:], *above[:1]) if abs(int(gaps[at])) <= _WIDEST_GAP // 2]
    if not ends:
        return None
    off = abs(int(columns.house_number[ends[0]]) - number.number)
    return Spot(Level.NEAR_HOUSE, _point(columns, ends[0]), _SAME_DOOR_M + 10 * off)


def _weighted(columns: Columns, low: int, high: int, number: int) -> Spot:
    one, other = _point(columns, low), _point(columns, high)
    lowest, highest = int(columns.house_number[low]), int(columns.house_number[high])
    share = (number - lowest) / (highest - lowest)
    point = Point(one.lat + share * (other.lat - one.lat), one.lon + share * (other.lon - one.lon))
    return Spot(Level.NEAR_HOUSE, point, max(_SAME_DOOR_M, round(distance_m(one, other))))


def _point(columns: Columns, house: int) -> Point:
    return Point(int(columns.house_lat[house]) / MICRO, int(columns.house_lon[house]) / MICRO)
