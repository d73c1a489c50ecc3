"""Rows by reach and place, so that a question reads only the cells from which somebody may come.

Volunteers of about the same reach stand together, within that by the rows and columns of a square grid. For
each class of reach, the disc of that radius around a need is then one contiguous stretch a grid row.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from leuvenhelpt.matching.columns import Facts, Floats, Rows
from leuvenhelpt.matching.projection import CENTRE_KM

Reals = npt.NDArray[np.float64]
Starts = npt.NDArray[np.uint32]
Bands = npt.NDArray[np.void]
Lookup = tuple[Bands, Starts, Reals]
"""What tells a loop which rows to read for a place: bands, starts (see `Grid`), and the frame's edges in km."""

REACHES_KM = np.array([1, 2, 3, 5, 8, 10, 15, 25, 50])
CELLS_KM = np.array([1, 1, 1.5, 2.5, 2.5, 2.5, 5, 5, 10])
MAP_KM = 300.0  # the map ends so far from the centre of the plane, which is true for Belgium only
_SLACK_KM = 0.01  # single precision is a few centimetres off; a cell too many costs nothing
_HALF = np.ceil((REACHES_KM + _SLACK_KM) / CELLS_KM)  # so many rows of cells may lie beside the middle one

BAND = np.dtype([(name, np.float64) for name in ("per_km", "width", "middle", "begin", "square")])
"""A grid row that the disc of some class of reach can touch, seen from the row of its centre.

Of its class: cells `per_km`, and cells in a row of the table (`width`); of the row: its `middle` and where it
begins in the table if the centre lay in row 0, column 0; and the square of the radius; all in cells.
"""


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


def everybody(count: int) -> Lookup:
    """So many rows in no order, all of which each question reads."""
    return np.empty(0, BAND), np.array([0, count, count], np.uint32), np.zeros(4)


class Grid:
    """Where each cell begins in rows that stand in the order of cells.

    After all cells stand those who are off the map or go further than any class, whom each question reads;
    and last those without a place, whom none does.
    """

    def __init__(self, frame: Frame, starts: Starts) -> None:
        self.frame, self.starts = frame, starts
        if len(starts) != _table(frame).size + 3:
            raise ValueError("not the starts of this frame")
        self.lookup: Lookup = _bands(frame), starts, np.array(frame[:4], np.float64)

    @property
    def nbytes(self) -> int:
        """Bytes the grid takes beside the columns."""
        return self.starts.nbytes


def _bands(frame: Frame) -> Bands:
    origin, width, _ = _table(frame)
    present = np.array(frame.classes, np.intp)
    steps = [np.arange(-_HALF[some], _HALF[some] + 1) for some in present]
    reach_class = np.repeat(present, [len(some) for some in steps])
    step = np.concatenate([*steps, np.empty(0)])
    bands = np.empty(len(step), BAND)
    bands["per_km"], bands["width"] = 1 / CELLS_KM[reach_class], width[reach_class]
    bands["middle"], bands["begin"] = step + 0.5, origin[reach_class] + step * bands["width"]
    bands["square"] = ((REACHES_KM[reach_class] + _SLACK_KM) * bands["per_km"]) ** 2
    return bands
