"""What a new register changes: streets and houses that came, went or moved."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leuvenhelpt.addresses.columns import COSINE, METRES_A_DEGREE, MICRO, Columns

MOVED_M = 30.0
_StreetKey = tuple[str, str, str]


@dataclass(frozen=True)
class Changes:
    """Counts, and the first names of streets that came and went."""

    streets_added: int = 0
    streets_removed: int = 0
    houses_added: int = 0
    houses_removed: int = 0
    houses_moved: int = 0
    new_streets: tuple[str, ...] = ()
    gone_streets: tuple[str, ...] = ()


def changes_between(old: Columns | None, new: Columns, *, names: int = 20) -> Changes:
    """What differs; everything is new if there was no register before. `names`: how many streets to name."""
    before = {} if old is None else _streets_of(old)
    after = _streets_of(new)
    came = [key for key in after if key not in before]
    went = [key for key in before if key not in after]
    counts = np.zeros(3, dtype=np.int64)
    for key, street in after.items():
        if old is not None and key in before:
            counts += _compared(old, before[key], new, street)
    added = sum(_count(new, after[key]) for key in came)
    removed = sum(_count(old, before[key]) for key in went) if old is not None else 0
    return Changes(
        streets_added=len(came),
        streets_removed=len(went),
        houses_added=int(counts[0]) + added,
        houses_removed=int(counts[1]) + removed,
        houses_moved=int(counts[2]),
        new_streets=tuple(_shown(key) for key in sorted(came)[:names]) if before else (),
        gone_streets=tuple(_shown(key) for key in sorted(went)[:names]),
    )


def _streets_of(columns: Columns) -> dict[_StreetKey, int]:
    return {
        (town.code, columns.street_names[street][0], str(int(columns.street_postcode[street]))): street
        for town in columns.towns
        for street in range(town.first, town.past)
    }


def _shown(key: _StreetKey) -> str:
    return f"{key[1]} ({key[2]})"


def _count(columns: Columns, street: int) -> int:
    return int(columns.house_from[street + 1]) - int(columns.house_from[street])


def _compared(old: Columns, before: int, new: Columns, after: int) -> NDArray[np.int64]:
    """Houses added, removed and moved in one street."""
    was, now = _houses(old, before), _houses(new, after)
    both = was.keys() & now.keys()
    moved = sum(_distance_m(was[door], now[door]) > MOVED_M for door in both)
    return np.array([len(now) - len(both), len(was) - len(both), moved])


def _houses(columns: Columns, street: int) -> dict[tuple[int, str], tuple[int, int]]:
    at = slice(int(columns.house_from[street]), int(columns.house_from[street + 1]))
    doors = zip(columns.house_number[at].tolist(), columns.house_letter[at].tolist(), strict=True)
    points = zip(columns.house_lat[at].tolist(), columns.house_lon[at].tolist(), strict=True)
    return {(n, columns.letters[letter]): point for (n, letter), point in zip(doors, points, strict=True)}


def _distance_m(one: tuple[int, int], other: tuple[int, int]) -> float:
    north, east = (one[0] - other[0]) / MICRO, (one[1] - other[1]) / MICRO * COSINE
    return float(np.hypot(north, east)) * METRES_A_DEGREE
