"""Whom to ask, and how many: ours, by the very code of production, and what others do or did."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leuvenhelpt.domain.availability import waking_hours_after
from leuvenhelpt.domain.messages import Candidate, Need
from leuvenhelpt.domain.rhythm import deadline, looks_again_at
from leuvenhelpt.matching.choosing import Choice, Chooser, Search
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.waves import WORTH
from leuvenhelpt.matching.weights import WEIGHTS, Weights
from leuvenhelpt.matching.yes import YesModel

EVERYBODY = 5000


@dataclass(frozen=True)
class Situation:
    """A request that still looks for somebody: `need` excludes who was asked.

    `promised_by`: as it stands now. `pending`: who has not answered, and when they were asked. `lapses_at`: until
    when who is asked now may answer. `model`: what was learned by then.
    """

    need: Need
    promised_by: datetime
    pending: Mapping[int, datetime]
    waves_sent: int
    lapses_at: datetime
    now: datetime
    model: YesModel


@dataclass(frozen=True)
class Wave:
    """Ask these now, until `lapses_at`; `is_at_risk`: hand the request to a person.

    `look_again_at` None: not before an answer or a renewed promise.
    """

    asked: Sequence[Candidate]
    lapses_at: datetime
    look_again_at: datetime | None = None
    is_at_risk: bool = False


Foreseen = Callable[[Candidate], float | None]
"""Only for hindsight: the waking hours until this one's yes, None if there will be none."""
One = Callable[[Pool, Situation, Foreseen], Wave]
Together = Callable[[Pool, Sequence[Situation]], list[Wave]]


@dataclass(frozen=True)
class Policy:
    """What to do for a request (`choose`), or for all that wait at one moment (`choose_together`).

    `is_spared`: it keeps the weekly limit each volunteer gave; `warns`: it hands over what is at risk, and renews
    the promise, as production does.
    """

    name: str
    choose: One | None = None
    choose_together: Together | None = None
    is_spared: bool = False
    warns: bool = False
    weights: Weights = WEIGHTS


def ours(name: str = "ours", worth: float = WORTH, weights: Weights = WEIGHTS) -> Policy:
    """What production does, by the code of production: `matching.choosing`."""

    def choose_together(pool: Pool, situations: Sequence[Situation]) -> list[Wave]:
        now = situations[0].now
        chooser = Chooser(situations[0].model, weights, worth)
        choices = chooser.choose_together(pool, [_search(one) for one in situations], now)
        return [_wave(*each) for each in zip(situations, choices, strict=True)]

    return Policy(name, choose_together=choose_together, is_spared=True, warns=True, weights=weights)


def _search(situation: Situation) -> Search:
    binding = deadline(situation.promised_by, situation.need.wanted_by, situation.now)
    return Search(situation.need, binding, situation.pending)


def _wave(situation: Situation, choice: Choice) -> Wave:
    """As services.pairing goes on: a person has it where nobody may still answer, or a choice is unlikely to do."""
    decided = choice.plan
    asked = choice.candidates[: decided.ask_now]
    again = decided.look_again_at if asked or situation.pending else looks_again_at(situation.now)
    is_told = bool(choice.candidates) or not situation.pending
    return Wave(asked, situation.lapses_at, again, is_at_risk=decided.is_at_risk and is_told)


def _nobody(situation: Situation) -> Wave:
    """Nobody for now; where nobody may still answer, others may suit later."""
    again = None if situation.pending else looks_again_at(situation.now)
    return Wave((), situation.lapses_at, again)


def _in_tens(name: str, order: Callable[[Candidate], float]) -> Policy:
    """Ten at once in some order; when none is pending any more, the next ten."""

    def choose(pool: Pool, situation: Situation, _foreseen: Foreseen) -> Wave:
        if situation.pending:
            return _nobody(situation)
        found = sorted(pool.best(situation.need, EVERYBODY, situation.now), key=order)
        return Wave(found[:10], situation.lapses_at) if found else _nobody(situation)

    return Policy(name, choose)


def _nearness(one: Candidate) -> float:
    return one.distance_km or 0.0


def _broadcast(pool: Pool, situation: Situation, _foreseen: Foreseen) -> Wave:
    if situation.waves_sent:
        return _nobody(situation)
    found = sorted(pool.best(situation.need, EVERYBODY, situation.now), key=_nearness)
    return Wave(found[:200], situation.need.wanted_by) if found else _nobody(situation)


def _hindsight(pool: Pool, situation: Situation, foreseen: Foreseen) -> Wave:
    """A bound nobody can reach: it knows who will say yes, and asks only the first of them in fair order."""
    if situation.pending:
        return _nobody(situation)
    found = pool.best(situation.need, EVERYBODY, situation.now)
    for one in found:
        hours = foreseen(one)
        if hours is not None and waking_hours_after(situation.now, hours) <= situation.lapses_at:
            return Wave([one], situation.lapses_at)
    return _nobody(situation)


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
