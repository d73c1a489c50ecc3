"""Rows that are searched together: the settled many, and the recent few."""

from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from leuvenhelpt.matching.columns import GONE, Columns, Rows, joined
from leuvenhelpt.matching.grid import Grid, order_by_cell
from leuvenhelpt.matching.questions import Question

SCAN_BELOW = 40_000
Places = npt.NDArray[np.uint32]


class Settled:
    """Volunteers in the order of the grid; they change in place or go. `by_id`: their rows by ascending id."""

    def __init__(self, columns: Columns, grid: Grid, by_id: Places) -> None:
        self.columns, self.grid, self.by_id = columns, grid, by_id

    @classmethod
    def of(cls, columns: Columns) -> "Settled":
        """These volunteers, brought in order."""
        order, grid = order_by_cell(columns.facts)
        columns = columns.taken(order)
        return cls(columns, grid, np.argsort(columns.volunteer_id).astype(np.uint32))

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

    def suited(self, question: Question) -> Rows:
        """The rows whose word suits the question, of those near enough to be worth a look."""
        word = self.columns.word
        if question.place is None or len(word) < SCAN_BELOW:
            return np.flatnonzero(word & question.mask >= question.least)
        begins, ends = self.grid.slices(question.place)
        stretches = zip(begins.tolist(), ends.tolist(), strict=True)
        words = np.concatenate([word[begin:end] for begin, end in stretches])
        words &= question.mask
        places = np.flatnonzero(words >= question.least)
        upto = np.cumsum(ends - begins)
        hits = np.searchsorted(places, upto)
        hits[1:] -= hits[:-1].copy()
        places += np.repeat(ends - upto, hits)
        return places


class Recent:
    """Volunteers who came or moved since; few enough to look through one after another."""

    def __init__(self, nobody: Columns) -> None:
        self._all = nobody
        self._size = 0
        self._rows: dict[int, int] = {}
        self.columns = nobody

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

    def suited(self, question: Question) -> Rows:
        """The rows whose word suits the question."""
        return np.flatnonzero(self.columns.word & question.mask >= question.least)
