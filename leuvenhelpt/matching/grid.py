"""Rows by reach and place, so that a question reads only the cells from which somebody may come.

Volunteers of about the same reach stand together, within that by the rows and columns of a square grid. For
each class of reach, the disc of that radius around a need is then one contiguous slice a grid row.
"""

import numpy as np
import numpy.typing as npt

from leuvenhelpt.matching.columns import FURTHEST_KM, Columns, Rows
from leuvenhelpt.matching.questions import Point

Whole = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

REACHES_KM = np.array([1, 2, 3, 5, 8, 10, 15, 25, 50, FURTHEST_KM])
CELLS_KM = np.array([1, 1, 1.5, 2.5, 2.5, 2.5, 5, 5, 10, 100])
NOWHERE = len(REACHES_KM)
_SLACK_KM = 0.01  # single precision is a few centimetres off; a cell too many costs nothing
_WIDE = 1 << 20  # more cells than there are in a row on earth
_SIDES = np.array([[-1.0], [1.0]])


def _keys(reach_class: Whole, row: Reals, column: Reals) -> Reals:
    """One number a cell, whole though a float: below 2^53 floats are exact, and a question needs no casts."""
    return np.asarray((reach_class * _WIDE + row) * _WIDE + column)


def _row_keys(columns: Columns) -> Reals:
    reach = np.searchsorted(REACHES_KM, columns.reach_km)
    reach_class = np.where(np.isnan(columns.x), NOWHERE, reach)
    cell = np.append(CELLS_KM, 1.0)[reach_class]
    row, column = (np.floor(np.nan_to_num(axis) / cell) for axis in (columns.y, columns.x))
    return _keys(reach_class, row, column)


def _bands() -> tuple[Whole, Whole]:
    """The class, once for each grid row its disc can touch; and how far that is from the middle row."""
    half = np.ceil((REACHES_KM + _SLACK_KM) / CELLS_KM).astype(np.int64)
    steps = [np.arange(-some, some + 1) for some in half]
    return np.repeat(np.arange(NOWHERE), 2 * half + 1), np.concatenate(steps)


class Grid:
    """Where in rows sorted by `order` each cell begins."""

    def __init__(self, columns: Columns) -> None:
        keys = _row_keys(columns)
        self.order: Rows = np.argsort(keys, kind="stable")
        self._cells, starts = np.unique(keys[self.order], return_index=True)
        self._starts = np.append(starts, len(keys))
        reach_class, step = _bands()
        present = np.isin(reach_class, np.searchsorted(REACHES_KM, np.unique(columns.reach_km)))
        self._class, self._step = reach_class[present], step[present].astype(np.float64)
        self._cell, self._reach = CELLS_KM[self._class], REACHES_KM[self._class] + _SLACK_KM

    def slices(self, place: Point) -> tuple[Rows, Rows]:
        """Begins and ends of the stretches of sorted rows that hold everybody who may reach a place."""
        x, y = float(place[0]), float(place[1])
        row = np.floor(y / self._cell) + self._step
        below = np.maximum(np.abs(y - (row + 0.5) * self._cell) - self._cell / 2, 0.0)
        half = np.sqrt(np.maximum(self._reach * self._reach - below * below, 0.0))
        ends = np.floor((x + _SIDES * half) / self._cell)
        ends[1] += 1
        begin, end = self._starts[np.searchsorted(self._cells, _keys(self._class, row, ends))]
        filled = (begin < end) & (below <= self._reach)
        return begin[filled], end[filled]
