"""Rows by reach and place, so that a question reads only the cells from which somebody may come.

Volunteers of about the same reach stand together, within that by the rows and columns of a square grid. For
each class of reach, the disc of that radius around a need is then one contiguous stretch a grid row.
"""

import numpy as np
import numpy.typing as npt

from leuvenhelpt.matching.columns import Facts, Floats, Rows
from leuvenhelpt.matching.projection import CENTRE_KM, Point

Reals = npt.NDArray[np.float64]

REACHES_KM = np.array([1, 2, 3, 5, 8, 10, 15, 25, 50])
CELLS_KM = np.array([1, 1, 1.5, 2.5, 2.5, 2.5, 5, 5, 10])
MAP_KM = 300.0  # the map ends so far from the centre of the plane, which is true for Belgium only
_SLACK_KM = 0.01  # single precision is a few centimetres off; a cell too many costs nothing
_HALF = np.ceil((REACHES_KM + _SLACK_KM) / CELLS_KM)  # so many rows of cells may lie beside the middle one
_SIDES = np.array([[-1.0], [1.0]])


def _is_on_map(facts: Facts) -> npt.NDArray[np.bool_]:
    east, north = np.abs(facts["x"] - CENTRE_KM[0]), np.abs(facts["y"] - CENTRE_KM[1])
    return np.asarray((east <= MAP_KM) & (north <= MAP_KM) & (facts["reach_km"] <= REACHES_KM[-1]))


def _span(axis: Floats) -> tuple[float, float]:
    return (float(axis.min()), float(axis.max())) if len(axis) else (CENTRE_KM[0], CENTRE_KM[0])


class Grid:
    """Where in rows sorted by `order` each cell begins.

    Around the cells in which people live lie empty ones, so that no disc leaves the table. After all cells
    stand those who are off the map or go further than any class, whom each question reads; and last those
    without a place, whom none does.
    """

    def __init__(self, facts: Facts) -> None:
        on_map = _is_on_map(facts)
        x, y, reach_km = facts["x"][on_map], facts["y"][on_map], facts["reach_km"][on_map]
        (self._west, self._east), (self._south, self._north) = _span(x), _span(y)
        margin = _HALF + 1
        width = np.floor((self._east - self._west) / CELLS_KM) + 1 + 2 * margin
        height = np.floor((self._north - self._south) / CELLS_KM) + 1 + 2 * margin
        end = np.cumsum(height * width)
        origin = end - height * width + margin * width + margin
        reach = np.searchsorted(REACHES_KM, reach_km)
        size, cell = CELLS_KM[reach], np.full(len(facts), end[-1], np.int64)
        cell[np.isnan(facts["x"])] += 1
        row, column = np.floor((y - self._south) / size), np.floor((x - self._west) / size)
        cell[on_map] = origin[reach] + row * width[reach] + column
        self.order: Rows = np.argsort(cell)
        count = np.bincount(cell, minlength=int(end[-1]) + 2)
        self._starts = np.concatenate([[0], np.cumsum(count)]).astype(np.uint32)
        self._lay_bands(np.unique(reach), origin, width)

    def _lay_bands(self, present: Rows, origin: Reals, width: Reals) -> None:
        """For each class that is present the grid rows its disc can touch, seen from the middle one."""
        steps = [np.arange(-_HALF[some], _HALF[some] + 1) for some in present]
        kind = np.repeat(present, [len(some) for some in steps])
        step = np.concatenate([*steps, np.empty(0)])
        self._per_km, self._width = 1 / CELLS_KM[kind], width[kind]
        self._middle, self._begin = step + 0.5, origin[kind] + step * self._width
        self._square = ((REACHES_KM[kind] + _SLACK_KM) * self._per_km) ** 2

    @property
    def nbytes(self) -> int:
        """Bytes the grid takes beside the columns."""
        return self._starts.nbytes

    def slices(self, place: Point) -> tuple[Rows, Rows]:
        """Begins and ends of the stretches of sorted rows that hold everybody who may reach a place."""
        # From the nearest point of the map everybody on it is as near as from the place itself, or nearer.
        x = min(max(float(place[0]), self._west), self._east) - self._west
        y = min(max(float(place[1]), self._south), self._north) - self._south
        across, along = x * self._per_km, y * self._per_km  # in cells of each band
        row = np.floor(along)
        along -= row
        below = np.maximum(np.abs(self._middle - along) - 0.5, 0.0)
        half = np.sqrt(np.maximum(self._square - below * below, 0.0))
        ends = np.floor(across + _SIDES * half)
        ends += self._begin + row * self._width
        cells = ends.astype(np.intp)
        cells[1] += 1
        begin, end = self._starts.take(cells).astype(np.intp)
        anywhere, nowhere = self._starts[-3:-1].tolist()
        if anywhere < nowhere:
            return np.append(begin, anywhere), np.append(end, nowhere)
        return begin, end
