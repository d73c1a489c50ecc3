"""Small facts that have no identity of their own."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias


class Gender(StrEnum):
    """What somebody says of themselves, or of who should rather come (never OTHER); "" is nothing said."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class PlaceLevel(StrEnum):
    """How precisely a place is known."""

    HOUSE = "house"
    NEAR_HOUSE = "near_house"
    STREET = "street"
    POSTCODE = "postcode"
    BY_HAND = "by_hand"


def is_approximate_level(level: str | None) -> bool:
    """Whether a place of this level is less than a house that is known; no place yet is not approximate."""
    return level not in {None, PlaceLevel.HOUSE}


@dataclass(frozen=True)
class Place:
    """A point on the map. `lat`, `lon` in WGS84 degrees; `accuracy_m`: it lies within so many metres.

    `label` is the address as the register writes it, `area` the neighbourhood or part-municipality.
    """

    lat: float
    lon: float
    level: PlaceLevel
    accuracy_m: int
    label: str
    postcode: str
    area: str

    @property
    def line(self) -> str:
        """Street and number, without the part of the city."""
        return self.label.partition(",")[0]


@dataclass(frozen=True)
class Located:
    """What a geocoder answers. `place` is taken without asking anybody only if `is_accepted`.

    `confidence` from 0 to 1: of answers at 0.9, about nine in ten are right. `candidates`: at most five.
    """

    place: Place | None
    confidence: float
    is_accepted: bool
    candidates: tuple[Place, ...] = ()

    def choosing(self, label: str) -> "Located":
        """The same, its candidate of that label accepted because somebody was asked and chose it; else as it is."""
        chosen = next((place for place in self.candidates if place.label == label), None)
        return Located(chosen, 1.0, True) if chosen and not self.is_accepted else self


Bounds: TypeAlias = tuple[float, float, float, float]  # south, west, north, east in degrees
Point: TypeAlias = tuple[float, float]  # latitude, longitude in degrees

Outlines: TypeAlias = tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]  # names of areas with their rings


@dataclass(frozen=True)
class Surroundings:
    """What there is to draw of a piece of the city. `doors`: houses, or the middles of streets where no house is
    known. `streets`: names with their middles, the longest first. `areas`: names with their rings.
    `is_approximate`: doors and streets stand only about where they are."""

    doors: tuple[Point, ...] = ()
    streets: tuple[tuple[str, Point], ...] = ()
    areas: Outlines = ()
    is_approximate: bool = False


class Band(StrEnum):
    """How far a volunteer may be told it is, before accepting: never more precise than this."""

    REMOTE = "remote"
    UNDER_1_KM = "under_1_km"
    FROM_1_TO_2_KM = "from_1_to_2_km"
    FROM_2_TO_5_KM = "from_2_to_5_km"
    OVER_5_KM = "over_5_km"


_BANDS = ((1.0, Band.UNDER_1_KM), (2.0, Band.FROM_1_TO_2_KM), (5.0, Band.FROM_2_TO_5_KM))


def band_of(distance_km: float | None) -> Band:
    """The band a distance in kilometres falls in; no distance means help from home."""
    if distance_km is None:
        return Band.REMOTE
    return next((band for limit, band in _BANDS if distance_km < limit), Band.OVER_5_KM)


class ActorKind(StrEnum):
    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    MACHINE = "machine"


@dataclass(frozen=True)
class Actor:
    """Who does something: kind, and the id of the account or volunteer (None: whoever holds the link)."""

    kind: ActorKind
    id: int | None = None


MACHINE = Actor(ActorKind.MACHINE)


def spoken_reference(reference: str) -> str:
    """A reference in pairs of digits, as one says it on the phone: "482713" -> "48 27 13"."""
    return " ".join(a + b for a, b in list(pairwise(reference))[::2])
