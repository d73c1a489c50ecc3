from datetime import UTC, datetime, timedelta

import pytest

from leuvenhelpt.domain.availability import is_quiet
from leuvenhelpt.domain.city import Rhythm
from leuvenhelpt.matching.waves import chance_of_yes, plan, still_likely, waking_hours_before, wave_size

RHYTHM = Rhythm(ask_hours=3, promise_hours=4)
LIKELY = [0.35] * 10


@pytest.mark.parametrize(
    ("probabilities", "hours_left", "size"),
    [
        (LIKELY, 1, 4),
        (LIKELY, 2.2, 2),
        (LIKELY, 24, 1),
        ([0.9] * 10, 1, 1),
        ([0.6] * 10, 1, 2),
        ([0.02] * 10, 1, 4),
        ([0.35], 3, 1),
        ([], 3, 0),
    ],
)
def test_as_many_as_make_a_yes_probable_and_no_more(
    probabilities: list[float], hours_left: float, size: int
) -> None:
    assert wave_size(probabilities, hours_left) == size


def test_open_asks_count() -> None:
    assert wave_size(LIKELY, 1, pending=[0.9]) == 0
    assert wave_size(LIKELY, 1, pending=[0.35, 0.35]) == 2
    assert wave_size(LIKELY, 3, pending=[0.05] * 4) == 0


def test_each_place_gets_an_ask() -> None:
    assert wave_size([0.9] * 10, 3, places=3) == 3
    assert wave_size([0.9] * 10, 3, places=3, pending=[0.9]) == 2


def test_the_chance_is_that_of_independent_answers() -> None:
    assert chance_of_yes([0.5, 0.5]) == 0.75
    assert chance_of_yes([]) == 0.0


def test_at_night_the_ask_waits_for_the_morning() -> None:
    evening = datetime(2026, 10, 24, 20, 30, tzinfo=UTC)  # 22:30 in Brussels; that night the clocks change
    decided = plan(LIKELY, now=evening, deadline=evening + timedelta(days=1), rhythm=RHYTHM)
    assert decided.ask_at == datetime(2026, 10, 25, 7, tzinfo=UTC)
    assert decided.lapses_at == datetime(2026, 10, 25, 10, tzinfo=UTC)
    assert not is_quiet(decided.ask_at)


def test_an_ask_does_not_outlive_the_deadline() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    decided = plan(LIKELY, now=now, deadline=now + timedelta(hours=1), rhythm=RHYTHM)
    assert (decided.ask_now, decided.lapses_at) == (4, now + timedelta(hours=1))


def test_a_promise_that_will_hardly_hold_is_told() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    day = now + timedelta(hours=10)
    assert plan(LIKELY, now=now, deadline=day, rhythm=RHYTHM).is_at_risk is False
    assert plan([0.35], now=now, deadline=day, rhythm=RHYTHM).is_at_risk is True
    assert plan([], now=now, deadline=day, rhythm=RHYTHM).is_at_risk is True
    assert plan(LIKELY, now=now, deadline=now - timedelta(hours=1), rhythm=RHYTHM).is_at_risk is True


def test_nights_do_not_count() -> None:
    evening = datetime(2026, 11, 23, 17, tzinfo=UTC)  # 18:00, three waking hours left
    assert waking_hours_before(evening - timedelta(hours=1), evening, most=6) == 0
    assert waking_hours_before(evening + timedelta(hours=3), evening, most=6) == 3
    assert waking_hours_before(evening + timedelta(hours=14), evening, most=6) == 3
    assert waking_hours_before(evening + timedelta(hours=15), evening, most=6) == 4
    assert waking_hours_before(evening + timedelta(hours=90), evening, most=6) == 6


def test_silence_tells() -> None:
    assert still_likely(0.5, 0.0) == 0.5
    assert still_likely(0.5, 0.4) == pytest.approx(1 / 3)
    assert [still_likely(0.5, share) > still_likely(0.5, share + 0.1) for share in (0.1, 0.5, 0.8)] == [
        True
    ] * 3


def test_we_look_again_before_the_ask_lapses() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    decided = plan(LIKELY, now=now, deadline=now + timedelta(hours=4), rhythm=RHYTHM)
    assert (decided.look_again_at, decided.lapses_at) == (now + timedelta(hours=1), now + timedelta(hours=3))
