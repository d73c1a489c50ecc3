"""Rows by reach and place, so that a question reads only the cells from which somebody may come.

Volunteers of about the same reach stand together, within that by the rows and columns of a square grid. For
each class of reach, the disc of that radius around a need is then one contiguous stretch a grid row.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leuvenhelpt.matching.columns import Facts, Floats, Rows
from leuvenhelpt.matching.projection import CENTRE_KM, Point

Reals = npt.NDArray[np.float64]
Starts = npt.NDArray[np.uint32]

REACHES_KM = np.array([1, 2, 3, 5, 8, 10, 15, 25, 50])
CELLS_KM = np.array([1, 1, 1.5, 2.5, 2.5, 2.5, 5, 5, 10])
MAP_KM = 300.0  # the map ends so far from the centre of the plane, which is true for Belgium only
_SLACK_KM = 0.01  # single precision is a few centimetres off; a cell too many costs nothing
_HALF = np.ceil((REACHES_KM + _SLACK_KM) / CELLS_KM)  # so many rows of cells may lie beside the middle one
_SIDES = np.array([[-1.0], [1.0]])


def _is_on_map(facts: Facts) -> npt.NDArray[np.bool_]:
    east, north = np.abs(facts["x"] - CENTRE_KM[0]), np.abs(facts["y"] - CENTRE_KM[1])
    return np.asarray((east <= MAP_KM) & (north <= MAP_KM) & (facts["reach_km"] <= REACHES_KM[-1]))


class Frame(NamedTuple):
    """The least box on the plane, in km, around all who are on the map; and the classes of reach they have."""

    west: float
    south: float
    east: float
    north: float
    classes: tuple[int, ...]


def _frame(x: Floats, y: Floats, reach_class: Rows) -> Frame:
    if not len(x):
        return Frame(*CENTRE_KM, *CENTRE_KM, ())
    classes = tuple(np.unique(reach_class).tolist())
    return Frame(float(x.min()), float(y.min()), float(x.max()), float(y.max()), classes)


class _Table(NamedTuple):
    """By class of reach: the number of its cell in the south-west corner of the frame, and how many make a row."""

    origin: Reals
    width: Reals
    size: int


def _table(frame: Frame) -> _Table:
    """Around the cells in which people live lie empty ones, so that no disc leaves the table."""
    margin = _HALF + 1
    width = np.floor((frame.east - frame.west) / CELLS_KM) + 1 + 2 * margin
    height = np.floor((frame.north - frame.south) / CELLS_KM) + 1 + 2 * margin
    end = np.cumsum(height * width)
    return _Table(end - height * width + margin * width + margin, width, int(end[-1]))


def order_by_cell(facts: Facts) -> tuple[Rows, "Grid"]:
    """The order in which volunteers are to stand, and the grid over them once they do."""
    on_map = _is_on_map(facts)
    x, y = facts["x"][on_map], facts["y"][on_map]
    reach = np.searchsorted(REACHES_KM, facts["reach_km"][on_map])
    frame = _frame(x, y, reach)
    origin, width, size = _table(frame)
    row, column = np.floor((y - frame.south) / CELLS_KM[reach]), np.floor((x - frame.west) / CELLS_KM[reach])
    cell = np.full(len(facts), size, np.int64)
    cell[np.isnan(facts["x"])] += 1
    cell[on_map] = origin[reach] + row * width[reach] + column
    count = np.bincount(cell, minlength=size + 2)
    return np.argsort(cell), Grid(frame, np.concatenate([[0], np.cumsum(count)]).astype(np.uint32))


class Grid:
    """Where each cell begins in rows that stand in the order of cells.

    After all cells stand those who are off the map or go further than any class, whom each question reads;
    and last those without a place, whom none does.
    """

    def __init__(self, frame: Frame, starts: Starts) -> None:
        self.frame, self.starts = frame, starts
        origin, width, size = _table(frame)
        if len(starts) != size + 3:
            raise ValueError("not the starts of this frame")
        present = np.array(frame.classes, np.intp)
        steps = [np.arange(-_HALF[some], _HALF[some] + 1) for some in present]
        reach_class = np.repeat(present, [len(some) for some in steps])
        step = np.concatenate([*steps, np.empty(0)])
        # A band is a grid row that the disc of some class can touch, seen from the row of its centre.
        self._per_km, self._width = 1 / CELLS_KM[reach_class], width[reach_class]
        self._middle, self._begin = step + 0.5, origin[reach_class] + step * self._width
        self._square = ((REACHES_KM[reach_class] + _SLACK_KM) * self._per_km) ** 2

    @property
    def nbytes(self) -> int:
        """Bytes the grid takes beside the columns."""
        return self.starts.nbytes

    def slices(self, place: Point) -> tuple[Rows, Rows]:
        """Begins and ends of the stretches of sorted rows that hold everybody who may reach a place."""
        # From the nearest point of the map everybody on it is as near as from the place itself, or nearer.
        west, south, east, north, _ = self.frame
        x = min(max(float(place[0]), west), east) - west
        y = min(max(float(place[1]), south), north) - south
        across, along = x * self._per_km, y * self._per_km  # in cells of each band
        row = np.floor(along)
        along -= row
        below = np.maximum(np.abs(self._middle - along) - 0.5, 0.0)
        half = np.sqrt(np.maximum(self._square - below * below, 0.0))
        ends = np.floor(across + _SIDES * half)
        ends += self._begin + row * self._width
        cells = ends.astype(np.intp)
        cells[1] += 1
        begin, end = self.starts.take(cells).astype(np.intp)
        anywhere, nowhere = self.starts[-3:-1].tolist()
        if anywhere < nowhere:
            return np.append(begin, anywhere), np.append(end, nowhere)
        return begin, end
