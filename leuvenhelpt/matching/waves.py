"""How many to ask now, and when an ask lapses: until somebody probably says yes in time, and not more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leuvenhelpt.domain.availability import next_waking, waking_hours_after
from leuvenhelpt.domain.city import Rhythm

AT_ONCE = 4
SURE_ENOUGH = 0.8
MANY_ROUNDS = 4
LOOKS_AN_ASK = 3
"""How often we look, while an ask is open, whether to ask somebody more."""
HALF_ANSWERED = 0.4
"""By this share of the time an ask is open, half of those who answer at all have done so."""


@dataclass(frozen=True)
class Plan:
    """Ask the first `ask_now` of the candidates at `ask_at`; what is unanswered at `lapses_at` lapses.

    `look_again_at`: plan anew then if nobody said yes; sooner if somebody says no. `chance`: that somebody
    says yes before the deadline, waves still to come included. `is_at_risk`: that is less likely than not, so
    that a coordinator should know beforehand.
    """

    ask_now: int
    ask_at: datetime
    look_again_at: datetime
    lapses_at: datetime
    chance: float
    is_at_risk: bool


def chance_of_yes(yes_probabilities: Sequence[float]) -> float:
    """That at least one of them says yes, each for themselves."""
    nobody = 1.0
    for probability in yes_probabilities:
        nobody *= 1 - probability
    return 1 - nobody


def still_likely(probability: float, open_share: float) -> float:
    """The chance of a yes from somebody silent for this share of the time their ask is open.

    Silence tells: answers come soon or not at all, half of them by HALF_ANSWERED of the time.
    """
    answered: float = 1 - 0.5 ** (min(max(open_share, 0.0), 1.0) / HALF_ANSWERED)
    return probability * (1 - answered) / (1 - probability * answered)


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

    `hours_left`: waking hours before the deadline. We look again a few times while an ask is open; of as many
    looks as leave time to answer, each needs only its share of the certainty. `pending`: the chances of asks
    still open, which count. There are at least as many asks open as `places`, and at most `at_once` a place.
    """
    pause = ask_hours / LOOKS_AN_ASK
    rounds = min(max(1, 1 + int((hours_left - ask_hours * HALF_ANSWERED) / pause)), MANY_ROUNDS)
    enough = (1 - target) ** (1 / rounds)
    nobody, size = 1 - chance_of_yes(pending), 0
    for probability in yes_probabilities[: max(0, at_once * places - len(pending))]:
        if nobody <= enough and size + len(pending) >= places:
            break
        nobody *= 1 - probability
        size += 1
    return size


def waking_hours_before(deadline: datetime, start: datetime, most: float) -> float:
    """The waking hours from `start` to `deadline`, in quarters of an hour, counted up to `most`."""
    quarters, end = 0, waking_hours_after(start, 0.25)
    while end <= deadline and quarters < 4 * most:
        quarters, end = quarters + 1, waking_hours_after(end, 0.25)
    return quarters / 4


def plan(
    yes_probabilities: Sequence[float],
    *,
    now: datetime,
    deadline: datetime,
    rhythm: Rhythm,
    places: int = 1,
    pending: Sequence[float] = (),
    target: float = SURE_ENOUGH,
) -> Plan:
    """What to do for a request now, with candidates of these yes-probabilities, best first.

    Nobody is asked in the quiet hours: `ask_at` is then the morning. An answer is awaited `rhythm.ask_hours`
    waking hours, but not past the deadline.
    """
    ask_hours, ask_at = rhythm.ask_hours, next_waking(now)
    lapses_at = waking_hours_after(ask_at, ask_hours)
    if ask_at < deadline < lapses_at:
        lapses_at = deadline
    hours_left = waking_hours_before(deadline, ask_at, most=2 * ask_hours)
    size = wave_size(
        yes_probabilities, hours_left, ask_hours=ask_hours, places=places, pending=pending, target=target
    )
    look_again_at = min(lapses_at, waking_hours_after(ask_at, ask_hours / LOOKS_AN_ASK))
    chance = chance_of_yes([*pending, *yes_probabilities[: max(size, AT_ONCE)]]) if hours_left > 0 else 0.0
    return Plan(size, ask_at, look_again_at, lapses_at, chance, is_at_risk=chance < 0.5)
