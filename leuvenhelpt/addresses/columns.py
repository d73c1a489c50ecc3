"""An address register in columns: streets sorted by town, houses by street; small enough for all Belgium.

The arrays may be memory-mapped: nothing here writes to them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from leuvenhelpt.addresses.house_numbers import HouseNumber, house_number_of

MICRO = 1_000_000
METRES_A_DEGREE = 111_200.0
COSINE = 0.633  # of the latitude in the middle of Belgium

Houses: TypeAlias = NDArray[np.int64]


class Point(NamedTuple):
    """WGS84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True)
class About:
    """Where a register comes from: its source, the day it was made (ISO, "" if unknown) and the rows it was
    read from. `municipalities`, `postcodes`: only these were wanted (empty: all). `is_approximate`: a street
    list, not an official register."""

    source: str
    date: str = ""
    rows: int = 0
    is_approximate: bool = False
    municipalities: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()


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
    """All of a register. Coordinates in millionths of a degree; houses `house_from[s]` to `house_from[s + 1]`
    are those of street s, sorted by number, then letter (an index in `letters`)."""

    about: About
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


class HouseKeeper(Protocol):
    """Where a builder leaves the houses: in memory, or in files when there are millions."""

    def keep(self, houses: Houses) -> None:
        """Takes the houses of the next street: rows of number, letter, lat, lon."""

    def columns(self) -> Sequence[NDArray[Any]]:
        """Number, letter, lat and lon of all houses kept."""


class KeptInMemory:
    """Houses in memory: for street lists, tests and single towns."""

    def __init__(self) -> None:
        self._kept: list[Houses] = [np.zeros((0, 4), dtype=np.int64)]

    def keep(self, houses: Houses) -> None:
        self._kept.append(houses)

    def columns(self) -> Sequence[NDArray[Any]]:
        return list(np.concatenate(self._kept).T)


class Builder:
    """Gathers streets, which must come sorted by town, and hands out columns."""

    def __init__(self, about: About, keeper: HouseKeeper | None = None) -> None:
        self._about = about
        self._keeper = keeper or KeptInMemory()
        self._towns: list[Town] = []
        self._parts: dict[tuple[str, int], str] = {}
        self._names: list[tuple[str, ...]] = []
        self._letters: dict[str, int] = {"": 0}
        self._streets: list[tuple[int, int, int, int]] = []
        self._house_from = [0]

    def add(self, street: StreetRow) -> None:
        """Takes one street; ValueError if its town was closed before."""
        town = self._town_of(street)
        self._parts.setdefault((street.postcode, town), street.part)
        houses = self._sorted_houses(street)
        middle, radius_m = middle_of(houses) if len(houses) else (street.middle, street.radius_m)
        self._names.append(street.names)
        self._streets.append(
            (int(street.postcode), _micro(middle.lat), _micro(middle.lon), min(radius_m, 65_000))
        )
        self._keeper.keep(houses)
        self._house_from.append(self._house_from[-1] + len(houses))

    def finish(self) -> Columns:
        """The columns of all that was added."""
        streets = np.array(self._streets, dtype=np.int64).reshape(-1, 4)
        facts = (*streets.T, np.array(self._house_from), *self._keeper.columns())
        arrays = {
            name: column.astype(kind, copy=False) for (name, kind), column in zip(ARRAYS, facts, strict=True)
        }
        parts = tuple(Part(code, name, town) for (code, town), name in self._parts.items())
        return Columns(self._about, tuple(self._towns), parts, tuple(self._letters), self._names, **arrays)

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

    def _sorted_houses(self, street: StreetRow) -> Houses:
        rows = []
        for text, lat, lon in street.houses:
            number = house_number_of(text) or HouseNumber(0, text)
            letter = self._letters.setdefault(number.letter, len(self._letters))
            rows.append((number.number, letter, _micro(lat), _micro(lon)))
        return np.array(sorted(rows), dtype=np.int64).reshape(-1, 4)


def _micro(degrees: float) -> int:
    return round(degrees * MICRO)


def middle_of(houses: Houses) -> tuple[Point, int]:
    """The median point of some houses, and within how many metres of it 95 % of them lie."""
    lats, lons = houses[:, 2] / MICRO, houses[:, 3] / MICRO
    middle = Point(float(np.median(lats)), float(np.median(lons)))
    off = np.hypot((lats - middle.lat) * METRES_A_DEGREE, (lons - middle.lon) * METRES_A_DEGREE * COSINE)
    return middle, max(25, int(np.percentile(off, 95)))


def columns_of(streets: Iterable[StreetRow], about: About) -> Columns:
    """Columns of streets in any order, held in memory: for street lists and tests."""
    builder = Builder(about)
    for street in sorted(streets, key=lambda row: (row.town_code, row.names[0], row.postcode)):
        builder.add(street)
    return builder.finish()
