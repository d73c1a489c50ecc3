"""Pieces of a map from a server that the city chose, laid under our own picture; without such a server there are none.

Whoever looks asks them of that server, which so learns an address on the internet and which squares were shown. The
squares stay coarse: never smaller than CLOSEST says, and chosen from what the picture shows, not from anybody's home.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, log2, radians
from urllib.parse import urlsplit

import mercantile

from config import Settings
from leuvenhelpt.web.area_map import View

METRES_A_PIXEL = 156_543  # of a tile at zoom 0, on the equator
CLOSEST = 13  # zoom of the smallest squares that a volunteer is shown: 3 km wide in Belgium
CLOSEST_AT_DESK = 15  # 800 m


@dataclass(frozen=True)
class Tile:
    """One piece: where it comes from, and its place in the picture."""

    address: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Tiles:
    """A server of tiles: its address with {z}, {x} and {y}, and whom it wants named."""

    address: str
    attribution: str

    @property
    def host(self) -> str:
        """Who sees that somebody looked."""
        return urlsplit(self.address).netloc

    @property
    def origin(self) -> str:
        """All that pages may fetch pictures from besides ourselves."""
        return f"https://{self.host}"

    def under(self, view: View, closest: int) -> tuple[Tile, ...]:
        """The tiles that a picture needs, about a pixel for a pixel, at no zoom beyond `closest`.

        Ours is a flat piece of the earth and theirs is Mercator's: over one city they differ by less than a pixel.
        """
        metres = METRES_A_PIXEL * cos(radians(view.middle[0]))
        zoom = min(closest, max(0, ceil(log2(metres / view.metres))))
        south, west, north, east = view.bounds
        return tuple(self._placed(view, each) for each in mercantile.tiles(west, south, east, north, zoom))

    def _placed(self, view: View, tile: mercantile.Tile) -> Tile:
        west, south, east, north = mercantile.bounds(tile)
        (left, top), (right, bottom) = view.pixel((north, west)), view.pixel((south, east))
        address = self.address.format(z=tile.z, x=tile.x, y=tile.y)
        return Tile(address, left, top, right - left, bottom - top)


def tiles_of(settings: Settings) -> Tiles | None:
    """The tiles that the city chose."""
    return Tiles(settings.tiles, settings.tiles_attribution) if settings.tiles else None
