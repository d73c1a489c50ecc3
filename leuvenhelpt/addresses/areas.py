"""Neighbourhoods and outlines: which polygon a point lies in. Any GeoJSON with polygons in degrees will do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leuvenhelpt.domain.errors import PermanentFailure
from leuvenhelpt.domain.values import Point

_NAMES = ("display_name", "name", "NAME", "naam", "NAAM", "wijknaam", "tx_sector_descr_nl", "title")


class NotAreas(PermanentFailure):
    """The file holds no polygons in degrees, or not those that are asked for."""


@dataclass(frozen=True)
class Area:
    """One polygon; an outline needs no `name`. `rings`: arrays of (lon, lat), holes included.

    `box`: west, south, east, north.
    """

    name: str
    rings: tuple[NDArray[np.float64], ...]
    box: tuple[float, float, float, float]

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a point lies inside: it crosses the rings an odd number of times."""
        west, south, east, north = self.box
        if not (south <= lat <= north and west <= lon <= east):
            return False
        return sum(_crossings(ring, lat, lon) for ring in self.rings) % 2 == 1


class Areas:
    """Polygons side by side: all neighbourhoods of a city, or the pieces of its outline."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = tuple(areas)
        self.names = tuple(area.name for area in areas)

    def at(self, lat: float, lon: float) -> str:
        """The name of the neighbourhood a point (WGS84) lies in; "" if in none."""
        return next((area.name for area in self._areas if area.contains(lat, lon)), "")

    def hold(self, lat: float, lon: float) -> bool:
        """Whether a point (WGS84) lies in any of them."""
        return any(area.contains(lat, lon) for area in self._areas)

    def outlines(self) -> tuple[tuple[str, tuple[tuple[Point, ...], ...]], ...]:
        """Names with their rings of latitude and longitude."""
        return tuple(
            (area.name, tuple(tuple((lat, lon) for lon, lat in ring.tolist()) for ring in area.rings))
            for area in self._areas
        )


def areas_from(document: Any, *, name_property: str = "") -> Areas:
    """Neighbourhoods from a parsed GeoJSON FeatureCollection; NotAreas if it is none.

    `name_property`: the property with the name, else the first usual one.
    """
    areas = _polygons(document, name_property)
    for index, area in enumerate(areas, 1):
        if not area.name:
            raise NotAreas(f"feature {index} has no name; name the property that holds it")
    return Areas(areas)


def outline_from(document: Any, *, only: str = "", name_property: str = "") -> Areas:
    """An outline from a parsed GeoJSON FeatureCollection: all its polygons together, or those named `only`."""
    areas = _polygons(document, name_property)
    wanted = [area for area in areas if not only or area.name.casefold() == only.casefold()]
    if not wanted:
        raise NotAreas(f"there is no polygon named {only}")
    return Areas(wanted)


def _polygons(document: Any, name_property: str) -> list[Area]:
    features = document.get("features") if isinstance(document, Mapping) else None
    if not isinstance(features, list) or not features:
        raise NotAreas("this is no GeoJSON FeatureCollection with features")
    return [_area(feature, index, name_property) for index, feature in enumerate(features, 1)]


def _area(feature: Any, index: int, name_property: str) -> Area:
    try:
        properties, geometry = feature["properties"] or {}, feature["geometry"]
        keys = (name_property,) if name_property else _NAMES
        name = next((str(properties[key]).strip() for key in keys if properties.get(key)), "")
        polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[
            geometry["type"]
        ]
        rings = tuple(
            np.array([point[:2] for point in ring], dtype=np.float64) for part in polygons for ring in part
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAreas(f"feature {index} is no polygon: {error!r}") from error
    return Area(name, rings, _box(rings, index))


def _box(rings: Sequence[NDArray[np.float64]], index: int) -> tuple[float, float, float, float]:
    points = np.concatenate(rings) if rings else np.zeros((0, 2))
    if (
        len(points) < 3
        or points.shape[1] != 2
        or not np.isfinite(points).all()
        or (np.abs(points) > 180).any()
    ):
        raise NotAreas(f"feature {index} is not in degrees (longitude, latitude)")
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _crossings(ring: NDArray[np.float64], lat: float, lon: float) -> int:
    """How often a ray from the point to the east crosses the ring."""
    x, y = ring[:, 0], ring[:, 1]
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    straddles = (y > lat) != (next_y > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x + (lat - y) / (next_y - y) * (next_x - x)
    return int(np.count_nonzero(straddles & (at > lon)))
