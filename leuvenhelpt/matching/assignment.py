"""Many requests at once: who helps whom so that together they are served best, within everybody's limits.

An auction (Bertsekas 1988, in Jacobi form): unserved requests bid for the volunteer that suits them best,
prices rise, and who is outbid looks further. The prices bound the optimum, so each result certifies itself.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.intp]
Gains = npt.NDArray[np.float64]

NOBODY = -1
STEP = 0.01


@dataclass(frozen=True)
class Assignment:
    """`volunteer`: by request the column of `candidates` it got, as volunteer number, or NOBODY.

    `gain`: what all got together; `bound`: no assignment can reach more; `rounds`: of bidding.
    """

    volunteer: Whole
    gain: float
    bound: float
    rounds: int

    @property
    def gap(self) -> float:
        """How far from the best it may be at most, as a share of it."""
        return (self.bound - self.gain) / self.bound if self.bound > 0 else 0.0


class _Market:
    """Slots of volunteers with their prices and owners; a volunteer costs what their cheapest slot costs."""

    def __init__(self, requests: int, capacity: Whole) -> None:
        width = max(int(capacity.max(initial=1)), 1)
        self._prices = np.where(np.arange(width) < capacity[:, None], 0.0, np.inf)
        self._owners = np.full((len(capacity), width), NOBODY, np.intp)
        self.capacity = capacity
        self.price = self._prices.min(axis=1)
        self.volunteer = np.full(requests, NOBODY, np.intp)

    def sell(self, volunteers: Whole, bidders: Whole, bids: Gains) -> Whole:
        """Each volunteer's cheapest slot goes to the highest bid; returns who has no slot now."""
        rising = np.argsort(bids, kind="stable")
        highest = np.full(len(self.price), NOBODY, np.intp)
        highest[volunteers[rising]] = rising  # of equal places the last, so the highest, stays
        sold = highest[highest != NOBODY]
        at, winners = volunteers[sold], bidders[sold]
        slot = np.argmin(self._prices[at], axis=1)
        evicted = self._owners[at, slot]
        evicted = evicted[evicted != NOBODY]
        self._owners[at, slot], self._prices[at, slot] = winners, bids[sold]
        self.price[at] = self._prices[at].min(axis=1)
        self.volunteer[evicted] = NOBODY
        self.volunteer[winners] = at
        lost = np.ones(len(bidders), bool)
        lost[sold] = False
        return np.concatenate([bidders[lost], evicted])

    def bound(self, candidates: Whole, gains: Gains) -> float:
        """No assignment gains more: what each would keep at these prices, and all the prices."""
        price = np.append(self.price, np.inf)  # of nobody, and of who has no room, nothing can be kept
        kept = (gains - price[candidates]).max(axis=1, initial=0.0)
        has_room = self.capacity > 0
        return float(kept.sum() + (self.price[has_room] * self.capacity[has_room]).sum())


def assign(candidates: Whole, gains: Gains, capacity: Whole, step: float = STEP) -> Assignment:
    """Assign requests to volunteers for the greatest gain together.

    `candidates`: (requests, k) volunteer numbers, NOBODY where the list is shorter; `gains`: the same shape,
    what each is worth (not above 0: rather nobody); `capacity`: by volunteer how many they may get. `step`:
    the least by which a bid rises; the gain misses the best by at most so much a request, if all capacities
    are one. With larger ones look at `gap`, which holds for any.
    """
    market = _Market(len(candidates), capacity)
    gains = np.where((candidates == NOBODY) | (gains <= 0), -np.inf, gains)
    closed = np.append(market.price, np.inf)
    rounds, waiting = 0, np.arange(len(candidates))
    while len(waiting) and candidates.shape[1]:
        closed[:-1] = market.price
        values = gains[waiting] - closed[candidates[waiting]]
        place = np.argmax(values, axis=1)
        rows = np.arange(len(waiting))
        best = values[rows, place]
        values[rows, place] = -np.inf
        second = np.maximum(values.max(axis=1), 0.0)
        bidding = best > 0  # prices never fall, so who gives up now would give up later too
        volunteers = candidates[waiting, place][bidding]
        bids = market.price[volunteers] + (best - second)[bidding] + step
        waiting = market.sell(volunteers, waiting[bidding], bids)
        rounds += 1
    served = np.flatnonzero(market.volunteer != NOBODY)
    mine = candidates[served] == market.volunteer[served, None]
    gain = float(np.where(mine, gains[served], 0.0).max(axis=1, initial=0.0).sum())
    return Assignment(market.volunteer, gain, max(market.bound(candidates, gains), gain), rounds)
