"""A map without tiles: what the register and the city know, drawn as one picture that one can point at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import cos, radians
from urllib.parse import quote

from flask import render_template

from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.values import Bounds, Point, Surroundings

SIZE = 280  # pixels, as wide as a card on the narrowest phone leaves room for
METRES_A_DEGREE = 111_320
METRES_A_PIXEL = (0.0, 8.0, 2.5)  # by closeness; 0 shows all of the city
CLOSEST = len(METRES_A_PIXEL) - 1
LETTER, LINE = 6, 12  # pixels a letter takes, and a line of names
STREETS_FROM = 1  # how close streets have their names


@dataclass(frozen=True)
class View:
    """What the picture shows: its middle, and how many metres a pixel is."""

    middle: Point
    metres: float
    closeness: int

    @property
    def bounds(self) -> Bounds:
        """South, west, north, east of the picture."""
        north, west = self.point(0, 0)
        south, east = self.point(SIZE, SIZE)
        return south, west, north, east

    def point(self, x: float, y: float) -> Point:
        """The point under a pixel, from the upper left corner."""
        lat, lon = self.middle
        up, right = (SIZE / 2 - y) * self.metres, (x - SIZE / 2) * self.metres
        return lat + up / METRES_A_DEGREE, lon + right / (METRES_A_DEGREE * self._shrink)

    def pixel(self, point: Point) -> tuple[int, int]:
        """Where a point is in the picture, or beside it."""
        right = (point[1] - self.middle[1]) * METRES_A_DEGREE * self._shrink / self.metres
        down = (self.middle[0] - point[0]) * METRES_A_DEGREE / self.metres
        return round(SIZE / 2 + right), round(SIZE / 2 + down)

    @property
    def _shrink(self) -> float:
        return cos(radians(self.middle[0]))


def view_of(city: City, middle: Point | None = None, closeness: int = 0) -> View:
    """All of the city, or a piece of it around a point."""
    south, west, north, east = city.bounds
    if middle is not None and closeness:
        return View(middle, METRES_A_PIXEL[min(closeness, CLOSEST)], min(closeness, CLOSEST))
    centre = ((south + north) / 2, (west + east) / 2)
    width = (east - west) * METRES_A_DEGREE * cos(radians(centre[0]))
    return View(centre, max((north - south) * METRES_A_DEGREE, width) / SIZE, 0)


@dataclass(frozen=True)
class Name:
    """Words in the picture, at a pixel."""

    words: str
    x: int
    y: int


def picture(city: City, view: View, found: Surroundings, mark: Point | None) -> str:
    """The picture as an address of its own (data:), so that no place stands in anybody's log."""
    parts = [Name(part.name, *view.pixel((part.lat, part.lon))) for part in city.parts]
    streets = [Name(words, *view.pixel(at)) for words, at in found.streets]
    drawn = render_template(
        "staff/map.svg",
        size=SIZE,
        closeness=view.closeness,
        areas=[path for _, rings in found.areas if (path := outline(view, rings))],
        doors=strokes(view.pixel(door) for door in found.doors),
        names=apart([*parts, *(streets if view.closeness >= STREETS_FROM else [])]),
        mark=view.pixel(mark) if mark else None,
    )
    return "data:image/svg+xml," + quote(drawn, safe="=:/'(),;")


def outline(view: View, rings: Iterable[Sequence[Point]]) -> str:
    """The rings of an area as a path; points of one pixel are one."""
    around = [[pixel for pixel, _ in groupby(view.pixel(point) for point in ring)] for ring in rings]
    seen = [ring for ring in around if len(ring) > 2 and _is_seen(ring)]
    return "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in seen)


def _is_seen(pixels: Sequence[tuple[int, int]]) -> bool:
    """Whether some of a shape may lie in the picture."""
    return all(min(one) < SIZE and max(one) >= 0 for one in zip(*pixels, strict=True))


def strokes(pixels: Iterable[tuple[int, int]]) -> str:
    """Pixels as the strokes of a path, those beside one another in one."""
    rows = sorted({(y, x) for x, y in pixels if 0 <= x < SIZE and 0 <= y < SIZE})
    runs = groupby(enumerate(rows), key=lambda one: (one[1][0], one[1][1] - one[0]))
    starts = [[pixel for _, pixel in run] for _, run in runs]
    return "".join(f"M{run[0][1]} {run[0][0]}h{len(run)}" for run in starts)


def apart(names: Iterable[Name]) -> list[Name]:
    """The names that can be read, the first of two that would overlap."""
    kept: list[Name] = []
    for name in names:
        if _fits(name) and not any(_overlaps(name, other) for other in kept):
            kept.append(name)
    return kept


def _fits(name: Name) -> bool:
    half = len(name.words) * LETTER / 2
    return half < name.x < SIZE - half and LINE < name.y < SIZE - LINE


def _overlaps(one: Name, other: Name) -> bool:
    width = (len(one.words) + len(other.words)) * LETTER / 2
    return abs(one.x - other.x) < width and abs(one.y - other.y) < LINE
