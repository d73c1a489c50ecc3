"""From a typed address to a place, through geopy: the city's own register, and nothing leaves the machine."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.geocoders.base import Geocoder as GeopyGeocoder
from geopy.location import Location

from leuvenhelpt.addresses.answer import NOT_FOUND, Answer, Level
from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.errors import TemporaryFailure
from leuvenhelpt.domain.values import Bounds, Located, Outlines, Place, PlaceLevel, Surroundings
from leuvenhelpt.gateways.remote_lookup import RemoteLookup

MOST_STREETS = 60


class Neighbourhoods(Protocol):
    """The neighbourhoods and the outline of a city; gateways.area_file.AreasInUse is one."""

    def at(self, lat: float, lon: float) -> str: ...

    def hold(self, lat: float, lon: float) -> bool: ...

    def outlines(self) -> Outlines: ...


class Geocoder(Protocol):
    """Whatever can find an address."""

    def locate(self, address: str, postcode: str | None = None) -> Located | None:
        """Where an address is; None if it is not in the served area. TemporaryFailure: ask again later."""

    def suggest(self, prefix: str, limit: int = 5) -> tuple[Place, ...]:
        """Addresses of the served area that the beginning of one may become, likeliest first."""

    def is_elsewhere(self, address: str) -> bool:
        """Whether a text names a place outside the served area, and nothing in it."""

    def area_at(self, lat: float, lon: float) -> str | None:
        """The neighbourhood a point (WGS84) lies in, "" if none is known there; None outside the served area."""

    def surroundings(self, bounds: Bounds) -> Surroundings:
        """What there is within bounds of the served area, to be drawn."""

    def outlines(self) -> Outlines:
        """The neighbourhoods by name, with their rings; none if none were imported."""


class Register(Protocol):
    """What is asked of a register; addresses.register.Register is one, and RegisterInUse follows its file."""

    def find(self, text: str) -> Answer: ...

    def suggest(self, prefix: str, limit: int = 5) -> tuple[Answer, ...]: ...

    def is_elsewhere(self, text: str) -> bool: ...

    def surroundings(self, bounds: Bounds, most_streets: int) -> Surroundings: ...


class RegisterGeocoder(GeopyGeocoder):  # type: ignore[misc]  # geopy has no types
    """The register as a geopy geocoder: no network. The answer is in `Location.raw["answer"]`."""

    def __init__(self, register: Register) -> None:
        super().__init__(user_agent="register", timeout=None)
        self.register = register

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """A Location, a list of them (exactly_one=False), or None; `timeout` is geopy's and has no effect."""
        del timeout
        answer = self.register.find(query)
        if answer.level == Level.NONE:
            return None
        if exactly_one:
            return _location(answer)
        return [_location(one) for one in (answer.candidates or (answer,))]


def _location(answer: Answer) -> Location:
    return Location(answer.label, (answer.lat, answer.lon), {"answer": answer})


class CityGeocoder:
    """The geocoder of one city: places outside the served area are refused, each knows its neighbourhood.

    `remote` is asked about what the register does not know, only if the city switched one on.
    """

    def __init__(
        self,
        register: Register,
        city: City,
        areas: Neighbourhoods | None = None,
        remote: RemoteLookup | None = None,
    ) -> None:
        self._register = RegisterGeocoder(register)
        self._city = city
        self._parts = {part.postcode: part.name for part in city.parts}
        self._areas = areas
        self._remote = remote

    def locate(self, address: str, postcode: str | None = None) -> Located | None:
        text = address if not postcode or postcode in address else f"{address}, {postcode}"
        location: Any = self._register.geocode(text)
        answer: Answer = location.raw["answer"] if location else NOT_FOUND
        if self._remote is not None:
            answer = self._remote.improve(text, answer, self._is_served)
        return self._located(answer)

    def suggest(self, prefix: str, limit: int = 5) -> tuple[Place, ...]:
        found = (self._place(answer) for answer in self._register.register.suggest(prefix, limit))
        return tuple(place for place in found if place is not None)

    def is_elsewhere(self, address: str) -> bool:
        register = self._register.register
        if register.is_elsewhere(address):
            return True
        answer = register.find(address)
        return answer.is_accepted and self._place(answer) is None

    def area_at(self, lat: float, lon: float) -> str | None:
        if not self._is_served(lat, lon):
            return None
        return self._areas.at(lat, lon) if self._areas else ""

    def surroundings(self, bounds: Bounds) -> Surroundings:
        found = self._register.register.surroundings(bounds, MOST_STREETS)
        return replace(found, areas=self._areas.outlines()) if self._areas else found

    def outlines(self) -> Outlines:
        return self._areas.outlines() if self._areas else ()

    def _located(self, answer: Answer) -> Located | None:
        place = self._place(answer)
        candidates = tuple(one for answer in answer.candidates if (one := self._place(answer)) is not None)
        if place is None and not candidates:
            return None
        return Located(place, answer.confidence, answer.is_accepted and place is not None, candidates)

    def _is_served(self, lat: float, lon: float) -> bool:
        """Whether a point lies in the bounds of the city, and in its outline if that was imported."""
        return self._city.contains(lat, lon) and (self._areas is None or self._areas.hold(lat, lon))

    def _place(self, answer: Answer) -> Place | None:
        if answer.lat is None or answer.lon is None or answer.accuracy_m is None:
            return None
        area = self.area_at(answer.lat, answer.lon)
        if area is None or answer.postcode not in {*self._parts, ""}:
            return None
        return Place(
            lat=answer.lat,
            lon=answer.lon,
            level=PlaceLevel(answer.level.value),
            accuracy_m=answer.accuracy_m,
            label=answer.label,
            postcode=answer.postcode,
            area=area or self._parts.get(answer.postcode, ""),
        )


class KnownAddresses:
    """The fake: answers what it was told, and fails on demand."""

    def __init__(self, known: Mapping[str, Located] | None = None) -> None:
        self.known = dict(known or {})
        self.failure: TemporaryFailure | None = None
        self.elsewhere: set[str] = set()
        self.served: Bounds = (50.8, 4.6, 51.0, 4.8)
        self.areas: Outlines = ()

    def locate(self, address: str, postcode: str | None = None) -> Located | None:
        if self.failure is not None:
            raise self.failure
        return self.known.get(address) or self.known.get(f"{address}, {postcode}")

    def suggest(self, prefix: str, limit: int = 5) -> tuple[Place, ...]:
        places = (located.place for address, located in self.known.items() if address.startswith(prefix))
        return tuple(place for place in places if place is not None)[:limit]

    def is_elsewhere(self, address: str) -> bool:
        return address in self.elsewhere

    def area_at(self, lat: float, lon: float) -> str | None:
        south, west, north, east = self.served
        return "" if south <= lat <= north and west <= lon <= east else None

    def surroundings(self, bounds: Bounds) -> Surroundings:
        del bounds
        return Surroundings()

    def outlines(self) -> Outlines:
        return self.areas
