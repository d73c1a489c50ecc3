"""How many to ask now, and when an ask lapses: until somebody probably says yes in time, and not more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leuvenhelpt.domain.availability import next_waking, waking_hours_after
from leuvenhelpt.domain.city import Rhythm

AT_ONCE = 4
SURE_ENOUGH = 0.8
MANY_ROUNDS = 4


@dataclass(frozen=True)
class Plan:
    """Ask the first `ask_now` of the candidates at `ask_at`; what is unanswered at `lapses_at` lapses.

    `chance`: that somebody says yes before the deadline, waves still to come included. `is_at_risk`: that is
    less likely than not, so a coordinator should know beforehand.
    """

    ask_now: int
    ask_at: datetime
    lapses_at: datetime
    chance: float
    is_at_risk: bool


def chance_of_yes(yes_probabilities: Sequence[float]) -> float:
    """That at least one of them says yes, each for themselves."""
    nobody = 1.0
    for probability in yes_probabilities:
        nobody *= 1 - probability
    return 1 - nobody


def wave_size(
    yes_probabilities: Sequence[float],
    hours_left: float,
    *,
    ask_hours: float = 3.0,
    places: int = 1,
    pending: Sequence[float] = (),
    target: float = SURE_ENOUGH,
    at_once: int = AT_ONCE,
) -> int:
    """How many of these, best first, to ask now: until one of them says yes with the chance `target`.

    `hours_left`: waking hours before the deadline; if they hold several waves of `ask_hours`, each needs only
    its share of the certainty. `pending`: the yes-probabilities of asks still open, which count. There are at
    least as many asks open as `places` to fill, and at most `at_once` a place.
    """
    rounds = min(max(1, int(hours_left / ask_hours)), MANY_ROUNDS)
    enough = (1 - target) ** (1 / rounds)
    nobody, size = 1 - chance_of_yes(pending), 0
    for probability in yes_probabilities[: max(0, at_once * places - len(pending))]:
        if nobody <= enough and size + len(pending) >= places:
            break
        nobody *= 1 - probability
        size += 1
    return size


def waves_before(deadline: datetime, start: datetime, ask_hours: float) -> int:
    """How many waves, one after the other, end before the deadline; counted up to MANY_ROUNDS."""
    waves, end = 0, waking_hours_after(start, ask_hours)
    while end <= deadline and waves < MANY_ROUNDS:
        waves, end = waves + 1, waking_hours_after(end, ask_hours)
    return waves


def plan(
    yes_probabilities: Sequence[float],
    *,
    now: datetime,
    deadline: datetime,
    rhythm: Rhythm,
    places: int = 1,
    pending: Sequence[float] = (),
) -> Plan:
    """What to do for a request now, with candidates of these yes-probabilities, best first.

    Nobody is asked in the quiet hours: `ask_at` is then the morning. An answer is awaited `rhythm.ask_hours`
    waking hours, but not past the deadline.
    """
    ask_at = next_waking(now)
    lapses_at = waking_hours_after(ask_at, rhythm.ask_hours)
    waves = waves_before(deadline, ask_at, rhythm.ask_hours)
    size = wave_size(
        yes_probabilities,
        waves * rhythm.ask_hours,
        ask_hours=rhythm.ask_hours,
        places=places,
        pending=pending,
    )
    by_then = max(size, AT_ONCE * max(waves, 1))
    chance = chance_of_yes([*pending, *yes_probabilities[:by_then]]) if deadline > ask_at else 0.0
    if ask_at < deadline < lapses_at:
        lapses_at = deadline
    return Plan(size, ask_at, lapses_at, chance, is_at_risk=chance < 0.5)
