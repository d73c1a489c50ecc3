"""Which rules forbid to ask each of all volunteers: a loop compiled by Numba, under the terms of `loops`."""

from __future__ import annotations

import numpy as np
from numba import njit

from leuvenhelpt.matching.loops import Numbers, People, Row, Rows, compiled


@njit()
def _failed(demand: Row, word: int, fact: Row) -> tuple[bool, ...]:
    """Whether each rule forbids, in the order of `rules.MUST`; and whether the volunteer is gone."""
    flags, times, has_place = fact.flags, fact.times, not np.isnan(fact.x)
    across, along = fact.x - demand.x, fact.y - demand.y
    is_too_far = np.sqrt(across * across + along * along) > fact.reach_km
    return (
        flags & demand.available == 0,
        flags & demand.notice == 0,
        word & demand.kind == 0,
        demand.asks_language and word & demand.languages == 0,
        times & demand.level != demand.level,
        False,
        fact.asks_left == 0,
        times & demand.hours == 0,
        demand.asks_place and not has_place,
        demand.asks_place and is_too_far,
        flags & demand.gone != 0,
    )


@compiled
def forbid(demands: Rows, people: People, found: Numbers) -> None:
    """Fill `found`: for each volunteer a bit for each rule that forbids, as `_failed` counts them.

    `demands`: one row of `reading.DEMAND`. The rule about those whom a need excludes by number is left to the caller.
    """
    word, _, facts = people
    for row in range(len(word)):
        failed = _failed(demands[0], word[row], facts[row])
        bits = 0
        for place in range(len(failed)):
            bits |= int(failed[place]) << place
        found[row] = bits
