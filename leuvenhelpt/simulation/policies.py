"""Whom to ask, and how many: ours, by the very code of production, and what others do or did."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leuvenhelpt.domain.availability import waking_hours_after
from leuvenhelpt.domain.city import Rhythm
from leuvenhelpt.domain.messages import Candidate, Need
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.waves import SURE_ENOUGH, plan, still_likely
from leuvenhelpt.matching.weights import WEIGHTS, Weights
from leuvenhelpt.simulation.people import HelpRequest

EVERYBODY = 5000
SHORTLIST = 10


@dataclass(frozen=True)
class Situation:
    """A request that still looks for somebody: `need` excludes who was asked.

    `pending`: who has not answered, with the share of the time to answer that is over.
    """

    request: HelpRequest
    need: Need
    pending: Mapping[int, float]
    waves_sent: int
    rhythm: Rhythm
    now: datetime


@dataclass(frozen=True)
class Wave:
    """Ask these now, until `lapses_at`; `is_at_risk`: hand the request to a person."""

    asked: Sequence[Candidate]
    lapses_at: datetime
    look_again_at: datetime | None = None
    is_at_risk: bool = False


Foreseen = Callable[[Candidate], float | None]
"""Only for hindsight: the waking hours until this one's yes, None if there will be none."""
Chooser = Callable[[Pool, Situation, Foreseen], Wave]


@dataclass(frozen=True)
class Policy:
    """`is_spared`: it keeps the weekly limit each volunteer gave; `warns`: it hands over what is at risk."""

    name: str
    choose: Chooser
    is_spared: bool = False
    warns: bool = False
    weights: Weights = WEIGHTS


def _lapse(situation: Situation) -> datetime:
    return waking_hours_after(situation.now, situation.rhythm.ask_hours)


def ours(name: str = "ours", target: float = SURE_ENOUGH, weights: Weights = WEIGHTS) -> Policy:
    """What production does: `Pool.best`, the yes-probability, and `waves.plan`."""

    def choose(pool: Pool, situation: Situation, _foreseen: Foreseen) -> Wave:
        need, request, now = situation.need, situation.request, situation.now
        found = pool.best(need, SHORTLIST, now)
        waiting = zip(
            pool.yes_probabilities(need, situation.pending), situation.pending.values(), strict=True
        )
        decided = plan(
            pool.yes_probabilities(need, [one.volunteer_id for one in found]),
            now=now,
            deadline=request.promised_by if request.promised_by > now else need.wanted_by,
            rhythm=situation.rhythm,
            pending=[still_likely(chance, share) for chance, share in waiting],
            target=target,
        )
        return Wave(found[: decided.ask_now], decided.lapses_at, decided.look_again_at, decided.is_at_risk)

    return Policy(name, choose, is_spared=True, warns=True, weights=weights)


def _in_tens(name: str, order: Callable[[Candidate], float]) -> Policy:
    """Ten at once in some order; when none is pending any more, the next ten."""

    def choose(pool: Pool, situation: Situation, _foreseen: Foreseen) -> Wave:
        if situation.pending:
            return Wave((), _lapse(situation))
        found = sorted(pool.best(situation.need, EVERYBODY, situation.now), key=order)
        return Wave(found[:10], _lapse(situation))

    return Policy(name, choose)


def _nearness(one: Candidate) -> float:
    return one.distance_km or 0.0


def _broadcast(pool: Pool, situation: Situation, _foreseen: Foreseen) -> Wave:
    if situation.waves_sent:
        return Wave((), _lapse(situation))
    found = sorted(pool.best(situation.need, EVERYBODY, situation.now), key=_nearness)
    return Wave(found[:200], situation.need.wanted_by)


def _hindsight(pool: Pool, situation: Situation, foreseen: Foreseen) -> Wave:
    """A bound nobody can reach: it knows who will say yes, and asks only the first of them in fair order."""
    if situation.pending:
        return Wave((), _lapse(situation))
    found = pool.best(situation.need, EVERYBODY, situation.now)
    for one in found:
        hours = foreseen(one)
        if hours is not None and hours <= situation.rhythm.ask_hours:
            return Wave([one], _lapse(situation))
    return Wave((), _lapse(situation))


def policies(seed: int) -> dict[str, Policy]:
    """All policies by name."""
    luck = random.Random(seed)
    made = (
        ours(),
        _in_tens("nearest-10", _nearness),
        Policy("broadcast", _broadcast),
        _in_tens("random-10", lambda _one: luck.random()),
        _in_tens("first-come", lambda one: one.volunteer_id),
        Policy("hindsight", _hindsight, is_spared=True),
    )
    return {policy.name: policy for policy in made}
