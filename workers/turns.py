"""Whom the clock alone will change, and when."""

import heapq
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
Moments = NDArray[np.int64]
Ids = NDArray[np.uint32]


def _microseconds(moment: datetime) -> int:
    return (moment - _ZERO) // timedelta(microseconds=1)


class Turns:
    """Moments at which volunteers turn: many that were sorted at once, and those that came since."""

    def __init__(self, moments: Moments, ids: Ids) -> None:
        self._moments, self._ids, self._passed = moments, ids, 0
        self._later: list[tuple[int, int]] = []

    @classmethod
    def none(cls) -> "Turns":
        """Nobody yet."""
        return cls(np.empty(0, np.int64), np.empty(0, np.uint32))

    def note(self, moment: datetime, volunteer_id: int) -> None:
        """This volunteer will turn then."""
        heapq.heappush(self._later, (_microseconds(moment), volunteer_id))

    def over(self, now: datetime) -> set[int]:
        """Who turned by now; each moment is told once."""
        until, start = _microseconds(now), self._passed
        self._passed = int(np.searchsorted(self._moments, until, side="right"))
        turned = set(self._ids[start : self._passed].tolist())
        while self._later and self._later[0][0] <= until:
            turned.add(heapq.heappop(self._later)[1])
        return turned

    def sorted(self) -> tuple[Moments, Ids]:
        """All that is still to come, the first first."""
        later = np.array(self._later, np.int64).reshape(-1, 2)
        moments = np.concatenate([self._moments[self._passed :], later[:, 0]])
        ids = np.concatenate([self._ids[self._passed :], later[:, 1].astype(np.uint32)])
        order = np.argsort(moments)
        return moments[order], ids[order]
