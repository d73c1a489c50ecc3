"""Rows that are searched together: the settled many, and the recent few."""

from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from leuvenhelpt.matching.columns import GONE, Columns, joined
from leuvenhelpt.matching.grid import Grid, Lookup, everybody, order_by_cell
from leuvenhelpt.matching.questions import Questions, wishes_of
from leuvenhelpt.matching.weights import Weights

Numbers = npt.NDArray[np.uint32]


FOUND = np.dtype([("score", np.float32), ("volunteer", np.uint32), ("row", np.uint32)])
"""Somebody whom a question found, and where; with a score of minus infinity: nobody."""


def best_of_each(
    columns: Columns, lookup: Lookup, questions: Questions, k: int, weights: Weights
) -> npt.NDArray[np.void]:
    """A row of FOUND a question: the `k` (at least 1) to ask first, best first; among equals the lower id.

    Exactly those whom every rule lets through; where there are fewer, or here are fewer, nobody at the end.
    """
    from leuvenhelpt.matching import loops  # noqa: PLC0415 - Numba would cost who asks nothing a second and 100 MiB

    found = np.empty((len(questions.rows), max(min(k, len(columns)), 1)), FOUND)
    people = columns.word, columns.volunteer_id, columns.facts
    loops.best_of_each((*questions, wishes_of(weights)), people, lookup, found)
    return found


class Settled:
    """Volunteers in the order of the grid; they change in place or go. `by_id`: their rows by ascending id."""

    def __init__(self, columns: Columns, grid: Grid, by_id: Numbers) -> None:
        self.columns, self.grid, self.by_id = columns.aligned(), grid, by_id

    @classmethod
    def of(cls, columns: Columns) -> "Settled":
        """These volunteers, brought in order."""
        order, grid = order_by_cell(columns.facts)
        columns = columns.taken(order)
        return cls(columns, grid, np.argsort(columns.volunteer_id).astype(np.uint32))

    @property
    def lookup(self) -> Lookup:
        """Where a question finds whom it may need."""
        return self.grid.lookup

    @property
    def nbytes(self) -> int:
        """Bytes that these volunteers take, with all that finds them."""
        return self.columns.nbytes + self.by_id.nbytes + self.grid.nbytes

    def row_of(self, volunteer_id: int) -> int | None:
        """The row of a volunteer who is here."""
        ids = self.columns.volunteer_id
        # NumPy's own search would first copy `by_id` into a wider type, a million numbers for twenty steps.
        place = bisect_left(self.by_id, volunteer_id, key=ids.__getitem__)
        row = int(self.by_id[place]) if place < len(ids) else -1
        is_here = row >= 0 and ids[row] == volunteer_id and not self.columns.facts["flags"][row] & GONE
        return row if is_here else None

    def keeps_place(self, row: int, one: Columns) -> bool:
        """Whether a changed volunteer still belongs where this row stands."""
        before, after = self.columns.facts[row], one.facts[0]
        where = [(before[name], after[name]) for name in ("x", "y", "reach_km")]
        return all(old == new or (np.isnan(old) and np.isnan(new)) for old, new in where)

    def remove(self, row: int) -> None:
        """Take a volunteer out; the row stays, and no question finds it."""
        self.columns.word[row] = 0
        self.columns.facts["flags"][row] |= GONE


class Recent:
    """Volunteers who came or moved since; few enough to look through one after another."""

    def __init__(self, nobody: Columns) -> None:
        self._all = nobody
        self._size = 0
        self._rows: dict[int, int] = {}
        self.columns = nobody

    @property
    def lookup(self) -> Lookup:
        """Each question reads all of them."""
        return everybody(self._size)

    def row_of(self, volunteer_id: int) -> int | None:
        """The row of a volunteer who is here."""
        return self._rows.get(volunteer_id)

    def add(self, one: Columns) -> None:
        """Append the one row of `one`; room doubles when it is full."""
        if self._size == len(self._all):
            room = one.taken(np.zeros(max(self._size, 16), np.intp))
            self._all = joined(self._all, room)
        self._all.put(self._size, one)
        self._rows[int(one.volunteer_id[0])] = self._size
        self._size += 1
        self.columns = self._all.part(0, self._size)

    def remove(self, row: int) -> None:
        """Take a volunteer out; the row stays until the next merge, and no question finds it."""
        del self._rows[int(self.columns.volunteer_id[row])]
        self.columns.word[row] = 0
        self.columns.facts["flags"][row] |= GONE
