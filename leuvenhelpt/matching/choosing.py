"""Whom to ask now, for one request or for many at once: what the pairing worker and the simulator both do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from leuvenhelpt.domain.messages import Candidate, Need
from leuvenhelpt.matching.assignment import NOBODY, assign
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.waves import HELP_ITSELF, WORTH, OpenAsk, Plan, plan
from leuvenhelpt.matching.weights import WEIGHTS, Weights
from leuvenhelpt.matching.wishing import at_the_head, with_wish
from leuvenhelpt.matching.yes import PRIOR, YesModel

SHORTLIST = 10
CONSIDERED = 30
"""Among so many, the best by all that the pool knows, words and the chance of a yes decide."""
CONSIDERED_WITH_A_WISH = 100
"""More, since the pool does not know who grants the wish."""
SERVED = 10.0
"""Points for being helped at all: nobody goes without so that others are helped better."""


@dataclass(frozen=True)
class Search:
    """A request that looks for somebody until `deadline`. `asked_at`: whose answer is awaited, and since when."""

    need: Need
    deadline: datetime
    asked_at: Mapping[int, datetime]


@dataclass(frozen=True)
class Choice:
    """The shortlist, whom to ask first in front, and how many of it to ask now."""

    candidates: Sequence[Candidate]
    plan: Plan


@dataclass(frozen=True)
class Chooser:
    """How to choose: the model of a yes, the knobs, and `read`, which lets words count among candidates.

    `genders`: what volunteers said of themselves, for who wishes a woman or a man to come.
    """

    model: YesModel = PRIOR
    weights: Weights = WEIGHTS
    worth: float = WORTH
    read: Callable[[Need, Sequence[Candidate]], Sequence[Candidate]] = lambda _need, candidates: candidates
    genders: Mapping[int, str] = field(default_factory=dict)

    def choose(self, pool: Pool, search: Search, now: datetime) -> Choice:
        """For one request, as if it were the only one."""
        need = search.need
        best = pool.best_seen(need, CONSIDERED_WITH_A_WISH if need.gender_wish else CONSIDERED, now)
        likely = {seen.volunteer_id: self.model.probability(need, seen) for _, seen in best}
        found = with_wish(need, self.read(need, [one for one, _ in best]), self.genders, self.weights)
        counted = [(self._counting(one, likely[one.volunteer_id]), likely[one.volunteer_id]) for one in found]
        counted = sorted(counted, key=lambda pair: (-pair[0].score, pair[0].volunteer_id))[:SHORTLIST]
        awaited = pool.yes_probabilities(need, search.asked_at, self.model)
        decided = plan(
            [chance for _, chance in counted],
            now=now,
            deadline=search.deadline,
            places=need.places_open,
            waiting=[OpenAsk(*pair) for pair in zip(awaited, search.asked_at.values(), strict=True)],
            worth=self._at_stake(search),
        )
        return _as_wished(Choice([one for one, _ in counted], decided), search.deadline)

    def _counting(self, one: Candidate, chance: float) -> Candidate:
        return replace(one, score=one.score + self.weights.likely * chance)

    def _at_stake(self, search: Search) -> float:
        """In asks: a promise, or, once that is over, whether anybody comes at all."""
        return self.worth * (HELP_ITSELF if search.deadline >= search.need.wanted_by else 1)

    def choose_together(self, pool: Pool, searches: Sequence[Search], now: datetime) -> list[Choice]:
        """For many at once, so that together they are served best and nobody is asked by two at the same time.

        A second ask at the same time comes only to who still allows it, for who would otherwise ask nobody.
        """
        alone = [self.choose(pool, search, now) for search in searches]
        if len(alone) < 2:
            return alone
        left = _asks_left(pool, searches, alone)
        once = _dealt(alone, dict.fromkeys(left, 1), [choice.plan.ask_now for choice in alone])
        left = {number: most - sum(number in got for got in once) for number, most in left.items()}
        still = [min(choice.plan.ask_now, 1) * (not got) for choice, got in zip(alone, once, strict=True)]
        twice = _dealt(alone, left, still)
        return [_put_first(*each) for each in zip(alone, once, twice, strict=True)]


def _as_wished(choice: Choice, deadline: datetime) -> Choice:
    """Where the best grant the wish, they are asked by themselves if the others can still follow at the next look."""
    head = at_the_head(choice.candidates)
    if not head or choice.plan.look_again_at >= deadline:
        return choice
    return replace(choice, plan=replace(choice.plan, ask_now=min(choice.plan.ask_now, head)))


def _asks_left(pool: Pool, searches: Sequence[Search], choices: Sequence[Choice]) -> dict[int, int]:
    """How many asks this week each of the candidates still allows."""
    met = {
        one.volunteer_id: search.need
        for search, choice in zip(searches, choices, strict=True)
        for one in choice.candidates
    }
    return {number: pool.seen(need, number).asks_left for number, need in met.items()}


def _dealt(choices: Sequence[Choice], capacity: Mapping[int, int], wanted: Sequence[int]) -> list[set[int]]:
    """For each choice the volunteers to ask now, as many as `wanted` where there are enough for all."""
    numbers = list(capacity)
    place = {number: column for column, number in enumerate(numbers)}
    rows = [index for index, count in enumerate(wanted) for _ in range(count)]
    candidates = np.full((len(rows), SHORTLIST), NOBODY, np.intp)
    gains = np.zeros((len(rows), SHORTLIST))
    for row, index in enumerate(rows):
        for column, one in enumerate(choices[index].candidates):
            candidates[row, column], gains[row, column] = place[one.volunteer_id], SERVED + one.score
    dealt: list[set[int]] = [set() for _ in choices]
    found = assign(candidates, gains, np.array([capacity[number] for number in numbers], np.intp))
    for index, column in zip(rows, found.volunteer.tolist(), strict=True):
        if column != NOBODY:
            dealt[index].add(numbers[column])
    return dealt


def _put_first(choice: Choice, once: set[int], twice: set[int]) -> Choice:
    """Those who were dealt to a request come first; where nobody was, the best of its list is tried."""
    dealt = once | twice
    line = sorted(choice.candidates, key=lambda one: one.volunteer_id not in dealt)
    size = min(choice.plan.ask_now, max(len(dealt), 1))
    return Choice(line, replace(choice.plan, ask_now=size))
