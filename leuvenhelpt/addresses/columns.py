"""An address register in columns: streets sorted by town, houses sorted by street; small enough for all Belgium.

The arrays may be memory-mapped: nothing here writes to them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from leuvenhelpt.addresses.house_numbers import HouseNumber, house_number_of

MICRO = 1_000_000
METRES_A_DEGREE = 111_200.0


class Point(NamedTuple):
    """WGS84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Town:
    """A municipality and its streets `first` to `past`; `names` in every language, the first to be shown."""

    code: str
    names: tuple[str, ...]
    first: int
    past: int


@dataclass(frozen=True)
class Part:
    """A part-municipality: the name of a postcode in a town."""

    postcode: str
    name: str
    town: int


class StreetRow(NamedTuple):
    """A street as it comes in. `names`: the first is shown, the others are found too. `houses` may be empty;
    then `middle` and `radius_m` say where the street is."""

    town_code: str
    town_names: tuple[str, ...]
    postcode: str
    part: str
    names: tuple[str, ...]
    houses: Sequence[tuple[str, float, float]] = ()
    middle: Point = Point(0.0, 0.0)
    radius_m: int = 0


@dataclass(frozen=True)
class Columns:
    """All of a register. Coordinates in millionths of a degree; `house_from[s]` to `house_from[s + 1]` are the
    houses of street s, sorted by number, then letter (an index in `letters`)."""

    source: str
    date: str
    is_approximate: bool
    towns: tuple[Town, ...]
    parts: tuple[Part, ...]
    letters: tuple[str, ...]
    street_names: Sequence[tuple[str, ...]]
    street_postcode: NDArray[np.uint16]
    street_lat: NDArray[np.int32]
    street_lon: NDArray[np.int32]
    street_radius_m: NDArray[np.uint16]
    house_from: NDArray[np.uint32]
    house_number: NDArray[np.uint32]
    house_letter: NDArray[np.uint16]
    house_lat: NDArray[np.int32]
    house_lon: NDArray[np.int32]


ARRAYS = (
    ("street_postcode", np.uint16), ("street_lat", np.int32), ("street_lon", np.int32),
    ("street_radius_m", np.uint16), ("house_from", np.uint32), ("house_number", np.uint32),
    ("house_letter", np.uint16), ("house_lat", np.int32), ("house_lon", np.int32),
)  # fmt: skip


def distance_m(one: Point, other: Point) -> float:
    """Metres between two points a few kilometres apart (flat, the cosine of Belgium's middle)."""
    return float(
        np.hypot((one.lat - other.lat) * METRES_A_DEGREE, (one.lon - other.lon) * METRES_A_DEGREE * 0.633)
    )


class Builder:
    """Gathers streets, which must come sorted by town, and hands out columns."""

    def __init__(self, source: str, date: str, *, is_approximate: bool = False) -> None:
        self._about = (source, date, is_approximate)
        self._towns: list[Town] = []
        self._parts: dict[tuple[str, int], str] = {}
        self._names: list[tuple[str, ...]] = []
        self._letters: dict[str, int] = {"": 0}
        self._streets: list[tuple[int, int, int, int]] = []
        self._house_from = [0]
        self._houses: list[NDArray[np.int64]] = []

    def add(self, street: StreetRow) -> None:
        """Takes one street; ValueError if its town was closed before."""
        town = self._town_of(street)
        self._parts.setdefault((street.postcode, town), street.part)
        houses = self._sorted_houses(street)
        middle, radius_m = (street.middle, street.radius_m)
        if len(houses):
            middle, radius_m = _middle_of(houses)
        self._names.append(street.names)
        self._streets.append(
            (int(street.postcode), _micro(middle.lat), _micro(middle.lon), min(radius_m, 65_000))
        )
        self._houses.append(houses)
        self._house_from.append(self._house_from[-1] + len(houses))

    def finish(self) -> Columns:
        """The columns of all that was added."""
        streets = np.array(self._streets, dtype=np.int64).reshape(-1, 4)
        houses = np.concatenate(self._houses) if self._houses else np.zeros((0, 4), dtype=np.int64)
        facts = (*streets.T, np.array(self._house_from), *houses.T)
        arrays = {name: column.astype(kind) for (name, kind), column in zip(ARRAYS, facts, strict=True)}
        source, date, is_approximate = self._about
        parts = tuple(Part(code, name, town) for (code, town), name in self._parts.items())
        letters = tuple(self._letters)
        return Columns(
            source, date, is_approximate, tuple(self._towns), parts, letters, self._names, **arrays
        )

    def _town_of(self, street: StreetRow) -> int:
        here = len(self._names)
        if self._towns and self._towns[-1].code == street.town_code:
            last = self._towns[-1]
            self._towns[-1] = Town(last.code, last.names, last.first, here + 1)
        elif any(town.code == street.town_code for town in self._towns):
            raise ValueError(f"streets are not sorted by town: {street.town_code}")
        else:
            self._towns.append(Town(street.town_code, street.town_names, here, here + 1))
        return len(self._towns) - 1

    def _sorted_houses(self, street: StreetRow) -> NDArray[np.int64]:
        rows = []
        for text, lat, lon in street.houses:
            number = house_number_of(text) or HouseNumber(0, text)
            letter = self._letters.setdefault(number.letter, len(self._letters))
            rows.append((number.number, letter, _micro(lat), _micro(lon)))
        return np.array(sorted(rows), dtype=np.int64).reshape(-1, 4)


def _micro(degrees: float) -> int:
    return round(degrees * MICRO)


def _middle_of(houses: NDArray[np.int64]) -> tuple[Point, int]:
    lats, lons = houses[:, 2] / MICRO, houses[:, 3] / MICRO
    middle = Point(float(np.median(lats)), float(np.median(lons)))
    off = np.hypot((lats - middle.lat) * METRES_A_DEGREE, (lons - middle.lon) * METRES_A_DEGREE * 0.633)
    return middle, max(25, int(np.percentile(off, 95)))


def columns_of(
    streets: Iterable[StreetRow], source: str, date: str, *, is_approximate: bool = False
) -> Columns:
    """Columns of streets in any order, held in memory: for street lists and tests."""
    builder = Builder(source, date, is_approximate=is_approximate)
    for street in sorted(streets, key=lambda row: (row.town_code, row.names[0], row.postcode)):
        builder.add(street)
    return builder.finish()
