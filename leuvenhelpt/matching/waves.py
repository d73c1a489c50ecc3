"""How many to ask now: the cheapest course until the promised moment, of which only the first step is taken.

Each look plans anew from what is known by then (a rolling horizon): who is silent and how long, who said no, how
much time is left. Asking sooner saves time, asking later saves asks, since somebody may have said yes by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import ceil, erf, log, prod, sqrt

from leuvenhelpt.domain.availability import next_waking, waking_hours_after, waking_hours_between
from leuvenhelpt.domain.city import AT_RISK_BELOW

WORTH = 9.0
"""A promise kept is worth so many asks: nobody more is asked to make a yes less than a ninth likelier."""
HELP_ITSELF = 4.0
"""Where not a promise but the help itself ends with the deadline, so many times as much."""
AT_ONCE = 4
STEPS = 6
SHORTEST_STEP_HOURS = 0.5
HORIZON_HOURS = 26.0

HALF_ANSWERED_HOURS = 1.5
SPREAD = 1.0
NOES_SAID = 0.5
"""Half of those who answer have done so by HALF_ANSWERED_HOURS, log-normal with this spread; of those who will not
help so many say so. Guesses: the outcome hardly depends on them (docs/asking.md)."""


@dataclass(frozen=True)
class OpenAsk:
    """Somebody who has not answered yet: the chance of a yes as it was when they were asked, and when that was."""

    chance: float
    asked_at: datetime


@dataclass(frozen=True)
class Plan:
    """Ask the first `ask_now` of the candidates at `ask_at`, and plan anew at `look_again_at` or at the first answer.

    `chance`: that every place is taken before the deadline, waves still to come included.
    """

    ask_now: int
    ask_at: datetime
    look_again_at: datetime
    chance: float

    @property
    def is_at_risk(self) -> bool:
        """Whether a coordinator should know beforehand: a yes in time is less likely than not."""
        return self.chance < AT_RISK_BELOW


@dataclass(frozen=True)
class Course:
    """So many asks at each step of `step_hours`; `chance`: of a yes by the end of it."""

    asks: Sequence[int]
    step_hours: float
    chance: float


def answered_within(hours: float) -> float:
    """The share of the answers that come within so many waking hours."""
    return 0.5 * (1 + erf(log(hours / HALF_ANSWERED_HOURS) / SPREAD / sqrt(2))) if hours > 0 else 0.0


def still_likely(chance: float, hours: float) -> float:
    """The chance that somebody silent for so long would say yes in the end: silence tells."""
    answered = answered_within(hours)
    not_yet, silent_noes = chance * (1 - answered), (1 - chance) * (1 - NOES_SAID * answered)
    return not_yet / (not_yet + silent_noes)


class _Future:
    """What asking so many at each step would cost, in asks."""

    def __init__(
        self, chances: Sequence[float], silent: Sequence[tuple[float, float]], hours: float, worth: float
    ) -> None:
        """`silent`: chance when asked, and hours since, of each open ask."""
        self.step_hours = max(SHORTEST_STEP_HOURS, hours / STEPS)
        self.steps = max(1, ceil(hours / self.step_hours - 1e-9))
        moments = [*(step * self.step_hours for step in range(self.steps)), hours]
        self._nobody = [_nobody_of(silent, moment) for moment in moments]
        self._answered = [[answered_within(later - asked) for later in moments] for asked in moments[:-1]]
        self._chances, self._worth = chances, worth

    def cost(self, asks: Sequence[int]) -> tuple[float, float]:
        """(asks to expect and, in asks, the promise at stake; the chance that nobody says yes)."""
        nobody, line = list(self._nobody), iter(self._chances)
        for step, answered in enumerate(self._answered):
            for chance in islice(line, asks[step]):
                for later in range(step + 1, self.steps + 1):
                    nobody[later] *= 1 - chance * answered[later]
        expected = sum(count * nobody[step] for step, count in enumerate(asks))
        return expected + self._worth * nobody[-1], nobody[-1]


def _nobody_of(silent: Sequence[tuple[float, float]], hours: float) -> float:
    """That none of those who are silent now says yes within so many hours."""
    nobody = 1.0
    for chance, since in silent:
        left = 1 - answered_within(since)
        soon = (answered_within(since + hours) - answered_within(since)) / left if left > 0 else 0.0
        nobody *= 1 - still_likely(chance, since) * soon
    return nobody


def cheapest_course(
    chances: Sequence[float],
    silent: Sequence[tuple[float, float]],
    hours: float,
    worth: float = WORTH,
) -> Course:
    """The course that costs least until the deadline in `hours`, found by adding the ask that helps most.

    `chances`: of a yes, by candidate, best first. `silent`: see OpenAsk, with the hours since.
    """
    future = _Future(chances, silent, hours, worth)
    asks = [0] * future.steps
    cost, nobody = future.cost(asks)
    while sum(asks) < len(chances):
        tried = [(*future.cost(more), more) for more in _one_more(asks)]
        best = min(tried, default=(cost, nobody, asks))
        if best[0] >= cost:
            break
        cost, nobody, asks = best
    return Course(asks, future.step_hours, 1 - nobody)


def _one_more(asks: Sequence[int]) -> list[list[int]]:
    """With one ask more at one of the steps."""
    return [
        [count + (step == chosen) for step, count in enumerate(asks)]
        for chosen in range(len(asks))
        if asks[chosen] < AT_ONCE
    ]


def plan(
    chances: Sequence[float],
    *,
    now: datetime,
    deadline: datetime,
    places: int = 1,
    waiting: Sequence[OpenAsk] = (),
    worth: float = WORTH,
) -> Plan:
    """What to do for a request now, with candidates of these chances of a yes, best first.

    Nobody is asked in the quiet hours: `ask_at` is then the morning. Each of several places is looked after by
    itself, with its share of the candidates; none of them stays without an ask while there is somebody to ask.
    """
    ask_at = next_waking(now)
    hours = min(waking_hours_between(ask_at, deadline), HORIZON_HOURS)
    silent = [(one.chance, waking_hours_between(one.asked_at, ask_at)) for one in waiting]
    courses = [
        cheapest_course(chances[place::places], silent[place::places], hours, worth)
        for place in range(places)
    ]
    idle = max(places - len(waiting), 0)
    size = min(max(sum(course.asks[0] for course in courses), idle), len(chances))
    look_again_at = waking_hours_after(ask_at, courses[0].step_hours)
    return Plan(size, ask_at, look_again_at, prod(course.chance for course in courses))
