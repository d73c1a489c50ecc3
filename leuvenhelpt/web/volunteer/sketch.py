"""Roughly where an ask is: a wide circle over the neighbourhood that its words name, drawn from nothing else.

The place of a request is not known here. So two asks in one neighbourhood have the same picture, however often they
are looked at, and it tells nothing that the name does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from math import cos, hypot, radians

from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.values import Outlines, Point
from leuvenhelpt.web.area_map import METRES_A_DEGREE, SIZE, Name, View, apart, outline
from leuvenhelpt.web.tiles import CLOSEST, Tile, Tiles

LEAST_RADIUS_M = 800
PART_RADIUS_M = 1300  # of a part of the city of which only the middle is known
ROOM_M = 1500


@dataclass(frozen=True)
class Sketch:
    """The picture: `borders` are paths, `x`, `y` and `radius` the circle, all in pixels of a square of `size`.

    `tiles` lie over all that but the circle; `attribution` names who made them.
    """

    area: str
    borders: tuple[str, ...]
    names: tuple[Name, ...]
    x: int
    y: int
    radius: int
    tiles: tuple[Tile, ...] = ()
    attribution: str = ""
    size: int = SIZE


def sketch(city: City, outlines: Outlines, area: str, tiles: Tiles | None = None) -> Sketch | None:
    """The circle over a neighbourhood; None if nothing but its name is known.

    In our own picture it lies in the whole city. Where there are tiles to recognise, it is seen from nearer by.
    """
    rings = dict(outlines).get(area, ())
    parts = {part.name: (part.lat, part.lon) for part in city.parts}
    if rings:
        middle, radius_m = _around(rings)
    elif area in parts:
        middle, radius_m = parts[area], float(PART_RADIUS_M)
    else:
        return None
    view = (
        View(middle, 2 * (radius_m + ROOM_M) / SIZE, 0)
        if tiles
        else _view(chain(parts.values(), *(chain(*each) for _, each in outlines)))
    )
    x, y = view.pixel(middle)
    return Sketch(
        area=area,
        borders=tuple(path for _, each in outlines if (path := outline(view, each))),
        names=tuple(_names(view, area, middle, {} if tiles else parts)),
        x=x,
        y=y,
        radius=round(radius_m / view.metres),
        tiles=tiles.under(view, CLOSEST) if tiles else (),
        attribution=tiles.attribution if tiles else "",
    )


def _view(points: Iterable[Point]) -> View:
    """The piece of the earth that holds these points, with room for a circle around each."""
    lats, lons = zip(*points, strict=True)
    middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    wide = (max(lons) - min(lons)) * METRES_A_DEGREE * cos(radians(middle[0]))
    high = (max(lats) - min(lats)) * METRES_A_DEGREE
    return View(middle, (max(wide, high) + 2 * ROOM_M) / SIZE, 0)


def _around(rings: tuple[tuple[Point, ...], ...]) -> tuple[Point, float]:
    """The middle of an area and how many metres it reaches from there, in each direction at least that of a quarter."""
    lats, lons = zip(*chain.from_iterable(rings), strict=True)
    middle = ((min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2)
    # A degree of longitude is shorter than one of latitude: taken as long, the circle only grows wider.
    half = hypot(max(lats) - min(lats), max(lons) - min(lons)) / 2 * METRES_A_DEGREE
    return middle, max(half, LEAST_RADIUS_M)


def _names(view: View, area: str, middle: Point, parts: dict[str, Point]) -> list[Name]:
    """The neighbourhood first, then the parts of the city whose names still fit."""
    others = [Name(name, *view.pixel(at)) for name, at in parts.items() if name != area]
    return apart([Name(area, *view.pixel(middle)), *others])
