"""Geocoders elsewhere, only when a city switches them on: one host, no redirects, a short answer, or try later."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.geocoders.base import Geocoder as GeopyGeocoder
from geopy.location import Location

from leuvenhelpt.domain.errors import ConfigurationError

TIMEOUT_S = 3.0
LARGEST_ANSWER = 1_000_000
MOST_RESULTS = 5
FLEMISH_SERVICE = "https://geo.api.vlaanderen.be/geolocation/v4/Location"
_LANGUAGE = "nl"

Bounds = tuple[float, float, float, float]  # south, west, north, east


@dataclass(frozen=True)
class RemoteAddress:
    """One result: what it says it is, and where (WGS84). A house has a number."""

    street: str
    house_number: str
    postcode: str
    municipality: str
    lat: float
    lon: float


class RemoteGeocoder(Protocol):
    """A geocoder elsewhere. `host` is told in the record of what was sent where."""

    host: str

    def ask(self, street: str, postcode: str, town: str) -> tuple[RemoteAddress, ...]:
        """At most five results, best first. Raises geopy's errors when it does not answer."""


class OneHostAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """How geopy speaks HTTP here: no proxies of the environment, no redirects, at most a megabyte."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._opener = urllib.request.OpenerDirector()  # knows no redirects: they could lead to another host
        for handler in (
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(context=ssl_context),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
        ):
            self._opener.add_handler(handler)

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        try:
            return json.loads(self.get_text(url, timeout=timeout, headers=headers))
        except ValueError as error:
            raise GeocoderParseError("the answer is not JSON") from error

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310  # the scheme is checked before
        try:
            with self._opener.open(request, timeout=timeout) as answer:
                body: bytes = answer.read(LARGEST_ANSWER + 1)
        except urllib.error.HTTPError as error:
            error.close()
            told = AdapterHTTPError(
                str(error), status_code=error.code, headers=dict(error.headers), text=None
            )
            raise told from error
        except TimeoutError as error:
            raise GeocoderTimedOut("no answer in time") from error
        except (OSError, HTTPException) as error:
            raise GeocoderUnavailable(type(error).__name__) from error
        if len(body) > LARGEST_ANSWER:
            raise GeocoderParseError("the answer is too long")
        return body.decode("utf-8", errors="replace")


class FlemishGeolocation(GeopyGeocoder):  # type: ignore[misc]  # geopy has no types
    """The geolocation service of Digitaal Vlaanderen: addresses in Flanders and Brussels, no key."""

    def __init__(self, address: str = FLEMISH_SERVICE, *, timeout: float = TIMEOUT_S) -> None:
        parts = urlsplit(address)
        super().__init__(
            scheme=parts.scheme, timeout=timeout, user_agent="leuvenhelpt", adapter_factory=OneHostAdapter
        )
        self.address = address

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Location(s) with the service's own words in `raw`, or None."""
        url = f"{self.address}?{urlencode({'q': query, 'c': 1 if exactly_one else MOST_RESULTS})}"
        found: list[Location] = self._call_geocoder(url, self._parsed, timeout=timeout)
        return (found[0] if exactly_one else found) if found else None

    def _parsed(self, document: Any) -> list[Location]:
        rows = document.get("LocationResult") if isinstance(document, Mapping) else None
        if not isinstance(rows, list):
            raise GeocoderParseError("no LocationResult")
        return [location for row in rows if (location := _flemish_location(row)) is not None]


def _flemish_location(row: Mapping[str, Any]) -> Location | None:
    point = row.get("Location") or {}
    lat, lon = point.get("Lat_WGS84"), point.get("Lon_WGS84")
    if lat is None or lon is None:
        return None
    return Location(str(row.get("FormattedAddress") or ""), (float(lat), float(lon)), dict(row))


class FlemishService:
    """The Flemish service as a remote geocoder."""

    def __init__(self, address: str = "") -> None:
        self._geocoder = FlemishGeolocation(address or FLEMISH_SERVICE)
        self.host = urlsplit(self._geocoder.address).hostname or ""

    def ask(self, street: str, postcode: str, town: str) -> tuple[RemoteAddress, ...]:
        found = self._geocoder.geocode(_question(street, postcode, town), exactly_one=False)
        keys = ("Thoroughfarename", "Housenumber", "Zipcode", "Municipality")
        return _addresses(found, lambda raw: [raw.get(key) for key in keys])


class NominatimService:
    """A Nominatim at an address that the city sets, asked within the bounds of the city only."""

    def __init__(self, address: str, bounds: Bounds) -> None:
        self.host, self._geocoder = _at(Nominatim, address)
        self._box = [bounds[:2], bounds[2:]]

    def ask(self, street: str, postcode: str, town: str) -> tuple[RemoteAddress, ...]:
        found = self._geocoder.geocode(
            _question(street, postcode, town),
            exactly_one=False,
            limit=MOST_RESULTS,
            addressdetails=True,
            language=_LANGUAGE,
            viewbox=self._box,
            bounded=True,
        )
        return _addresses(found, _nominatim_words)


class PhotonService:
    """A Photon at an address that the city sets, asked within the bounds of the city only."""

    def __init__(self, address: str, bounds: Bounds) -> None:
        self.host, self._geocoder = _at(Photon, address)
        self._box = [bounds[:2], bounds[2:]]

    def ask(self, street: str, postcode: str, town: str) -> tuple[RemoteAddress, ...]:
        query = _question(street, postcode, town)
        found = self._geocoder.geocode(query, exactly_one=False, limit=MOST_RESULTS, bbox=self._box)
        return _addresses(found, _photon_words)


def _at(kind: Any, address: str) -> tuple[str, Any]:
    """The host of an address, and one of geopy's geocoders that asks there."""
    parts = urlsplit(address)
    geocoder = kind(
        scheme=parts.scheme,
        domain=parts.netloc + parts.path,
        timeout=TIMEOUT_S,
        user_agent="leuvenhelpt",
        adapter_factory=OneHostAdapter,
    )
    return parts.hostname or "", geocoder


def _question(street: str, postcode: str, town: str) -> str:
    return f"{street}, {postcode} {town}".strip()


def _nominatim_words(raw: Mapping[str, Any]) -> Sequence[Any]:
    told = raw.get("address") or {}
    town = next((told[key] for key in ("city", "town", "village", "municipality") if told.get(key)), "")
    return told.get("road"), told.get("house_number"), told.get("postcode"), town


def _photon_words(raw: Mapping[str, Any]) -> Sequence[Any]:
    told = raw.get("properties") or {}
    street = told.get("street") or (told.get("name") if told.get("osm_key") == "highway" else "")
    return street, told.get("housenumber"), told.get("postcode"), told.get("city")


def _addresses(found: Any, words: Callable[[Mapping[str, Any]], Sequence[Any]]) -> tuple[RemoteAddress, ...]:
    locations: Sequence[Location] = found or ()
    addresses = []
    for one in list(locations)[:MOST_RESULTS]:
        street, number, postcode, town = (str(word or "") for word in words(one.raw))
        addresses.append(RemoteAddress(street, number, postcode, town, one.latitude, one.longitude))
    return tuple(addresses)


def remote_geocoder(facts: Mapping[str, Any], bounds: Bounds) -> RemoteGeocoder | None:
    """The geocoder a city has switched on: `service` (flemish, nominatim, photon) and `address`; None if none is.

    ConfigurationError: an unknown service, or no http(s) address where one is needed.
    """
    service, address = str(facts.get("service", "")), str(facts.get("address", ""))
    if not service:
        return None
    if service not in ("flemish", "nominatim", "photon"):
        raise ConfigurationError(f"remote geocoder: {service!r} is not flemish, nominatim or photon")
    if (address or service != "flemish") and urlsplit(address).scheme not in ("http", "https"):
        raise ConfigurationError(f"remote geocoder: {service} needs the address of its server, with https://")
    if service == "flemish":
        return FlemishService(address)
    return NominatimService(address, bounds) if service == "nominatim" else PhotonService(address, bounds)
