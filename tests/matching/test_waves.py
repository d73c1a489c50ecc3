"""How many to ask now: few while there is time, more when it runs out, nobody for nothing."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from leuvenhelpt.domain.availability import is_quiet
from leuvenhelpt.matching.waves import (
    AT_ONCE,
    OpenAsk,
    Plan,
    answered_within,
    cheapest_course,
    plan,
    still_likely,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LIKELY = [0.35] * 10


def planned(chances: list[float], hours: float, *open_asks: tuple[float, float], places: int = 1) -> Plan:
    """What is planned `hours` before the deadline; an open ask is its chance and how many hours ago."""
    waiting = [OpenAsk(chance, NOW - timedelta(hours=since)) for chance, since in open_asks]
    return plan(chances, now=NOW, deadline=NOW + timedelta(hours=hours), waiting=waiting, places=places)


@pytest.mark.parametrize(
    ("chances", "hours", "size"),
    [
        (LIKELY, 11, 1),
        (LIKELY, 4, 2),
        (LIKELY, 2, 3),
        ([0.9] * 10, 4, 1),
        ([0.35], 4, 1),
        ([], 4, 0),
    ],
)
def test_few_while_there_is_time_and_more_when_it_runs_out(
    chances: list[float], hours: float, size: int
) -> None:
    assert planned(chances, hours).ask_now == size


def test_the_course_costs_no_more_than_any_other() -> None:
    """Held to all courses of three steps there are."""
    chances, silent, worth = [0.5, 0.4, 0.3, 0.3, 0.2], [(0.4, 0.5)], 9.0
    found = cheapest_course(chances, silent, 1.5, worth)
    every = [asks for asks in product(range(AT_ONCE + 1), repeat=3) if sum(asks) <= len(chances)]
    best = min(cost_of(asks, chances, silent, 1.5, worth) for asks in every)
    assert cost_of(tuple(found.asks), chances, silent, 1.5, worth) <= best * 1.02


def cost_of(
    asks: tuple[int, ...], chances: list[float], silent: list[tuple[float, float]], hours: float, worth: float
) -> float:
    """Asks to expect and the promise at stake, reckoned the long way round."""
    asked_at = [step * hours / len(asks) for step, count in enumerate(asks) for _ in range(count)]

    def nobody_by(moment: float) -> float:
        nobody = 1.0
        for chance, since in silent:
            soon = answered_within(since + moment) - answered_within(since)
            nobody *= 1 - still_likely(chance, since) * soon / (1 - answered_within(since))
        for chance, begin in zip(chances, asked_at, strict=False):
            nobody *= 1 - chance * answered_within(moment - begin)
        return nobody

    return sum(nobody_by(moment) for moment in asked_at) + worth * nobody_by(hours)


def test_open_asks_count_and_count_less_the_longer_they_are_silent() -> None:
    assert planned(LIKELY, 2).ask_now > planned(LIKELY, 2, (0.9, 0.1)).ask_now == 0
    sizes = [planned(LIKELY, 4, (0.35, since), (0.35, since)).ask_now for since in (0, 2, 20)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_nobody_is_asked_for_a_promise_no_answer_can_keep_but_one_for_the_help() -> None:
    assert planned(LIKELY, 0).ask_now == 1
    assert planned(LIKELY, -5).ask_now == 1
    assert planned(LIKELY, -5, (0.35, 1)).ask_now == 0


def test_each_place_gets_an_ask() -> None:
    assert planned([0.9] * 10, 11, places=3).ask_now == 3
    assert planned([0.9] * 10, 11, (0.9, 0.1), places=3).ask_now == 2
    assert planned([0.9] * 10, 11, places=3).chance < planned([0.9] * 10, 11).chance


def test_at_night_the_ask_waits_for_the_morning() -> None:
    evening = datetime(2026, 10, 24, 20, 30, tzinfo=UTC)  # 22:30 in Brussels; that night the clocks change
    decided = plan(LIKELY, now=evening, deadline=evening + timedelta(days=1))
    assert decided.ask_at == datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert not is_quiet(decided.ask_at)
    assert decided.look_again_at > decided.ask_at


def test_a_promise_that_will_hardly_hold_is_told() -> None:
    assert planned(LIKELY, 10).is_at_risk is False
    assert planned([0.35], 10).is_at_risk is True
    assert planned([], 10).is_at_risk is True
    assert planned(LIKELY, -1).is_at_risk is True


def test_silence_tells() -> None:
    assert still_likely(0.5, 0.0) == 0.5
    silent = [still_likely(0.5, hours) for hours in (0.5, 1, 2, 4, 8)]
    assert silent == sorted(silent, reverse=True)
    assert silent[-1] < 0.15


def test_we_look_again_soon_when_time_is_short_and_less_often_when_it_is_not() -> None:
    assert planned(LIKELY, 3).look_again_at == NOW + timedelta(hours=0.5)
    assert planned(LIKELY, 10.5).look_again_at == NOW + timedelta(hours=1.75)
