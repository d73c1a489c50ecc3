"""What lies in a piece of a town, for drawing a map of it without tiles."""

import numpy as np
from numpy.typing import NDArray

from leuvenhelpt.addresses.columns import MICRO, Columns
from leuvenhelpt.domain.values import Bounds, Point


def doors_in(columns: Columns, town: int, bounds: Bounds) -> tuple[Point, ...]:
    """The houses of a town within bounds; the middles of its streets where no house is known."""
    first, past = columns.towns[town].first, columns.towns[town].past
    houses = slice(int(columns.house_from[first]), int(columns.house_from[past]))
    lats, lons = columns.house_lat[houses], columns.house_lon[houses]
    if not len(lats):
        lats, lons = columns.street_lat[first:past], columns.street_lon[first:past]
    inside = _inside(lats, lons, bounds)
    return tuple(zip((lats[inside] / MICRO).tolist(), (lons[inside] / MICRO).tolist(), strict=True))


def streets_in(columns: Columns, town: int, bounds: Bounds, most: int) -> tuple[tuple[str, Point], ...]:
    """At most so many streets of a town with their middle within bounds, the longest first."""
    first, past = columns.towns[town].first, columns.towns[town].past
    inside = _inside(columns.street_lat[first:past], columns.street_lon[first:past], bounds)
    streets = first + np.flatnonzero(inside)
    longest = streets[np.argsort(columns.street_radius_m[streets])[::-1]][:most]
    return tuple((columns.street_names[street][0], _middle(columns, street)) for street in longest.tolist())


def _inside(lats: NDArray[np.int32], lons: NDArray[np.int32], bounds: Bounds) -> NDArray[np.bool_]:
    south, west, north, east = (edge * MICRO for edge in bounds)
    inside: NDArray[np.bool_] = (lats >= south) & (lats <= north) & (lons >= west) & (lons <= east)
    return inside


def _middle(columns: Columns, street: int) -> Point:
    return float(columns.street_lat[street] / MICRO), float(columns.street_lon[street] / MICRO)
