from datetime import date, time, timedelta

import pytest

from leuvenhelpt.domain import availability
from leuvenhelpt.domain.availability import ALWAYS, DayPart, at_brussels, bit, hours_left, parts_between


def test_hours_and_cells_are_each_others_way_back() -> None:
    cells = [(0, DayPart.MORNING), (2, DayPart.EVENING), (6, DayPart.AFTERNOON)]
    assert availability.cells_of(availability.hours_from(cells)) == cells
    assert len(availability.cells_of(ALWAYS)) == 21


def test_clock_change_keeps_the_hour() -> None:
    before, after = at_brussels(date(2026, 10, 24), time(18)), at_brussels(date(2026, 10, 25), time(18))
    assert after - before == timedelta(hours=25)
    assert availability.in_brussels(after).hour == 18


def test_parts_between_touches_only_what_it_overlaps() -> None:
    tuesday_nine = at_brussels(date(2026, 11, 24), time(9))
    assert parts_between(tuesday_nine, tuesday_nine + timedelta(hours=2)) == bit(1, DayPart.MORNING)
    assert parts_between(tuesday_nine, tuesday_nine + timedelta(hours=4)) == bit(1, DayPart.MORNING) | bit(
        1, DayPart.AFTERNOON
    )
    assert parts_between(tuesday_nine, tuesday_nine + timedelta(days=8)) == ALWAYS


def test_hours_left_are_those_that_did_not_pass() -> None:
    wednesday, friday = (at_brussels(date(2026, 11, day), time(12)) for day in (25, 27))
    mornings = bit(2, DayPart.MORNING) | bit(4, DayPart.MORNING)
    assert hours_left(mornings, wednesday - timedelta(hours=1), friday) == mornings
    assert hours_left(mornings, wednesday, friday) == bit(4, DayPart.MORNING)
    assert hours_left(mornings, friday, friday) == mornings


@pytest.mark.parametrize(
    ("hour", "is_quiet"), [(7, True), (8, False), (12, False), (20, False), (21, True), (23, True), (2, True)]
)
def test_quiet_hours(hour: int, is_quiet: bool) -> None:
    assert availability.is_quiet(at_brussels(date(2026, 11, 24), time(hour))) is is_quiet


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ((24, 10), 3, (24, 13)),
        ((24, 20), 3, (25, 10)),  # one hour tonight, two tomorrow
        ((24, 23), 1, (25, 9)),
        ((24, 3), 1, (24, 9)),
    ],
)
def test_waking_hours(start: tuple[int, int], hours: float, end: tuple[int, int]) -> None:
    begin, expected = (at_brussels(date(2026, 11, day), time(hour)) for day, hour in (start, end))
    assert availability.waking_hours_after(begin, hours) == expected


def test_nights_do_not_count() -> None:
    evening = at_brussels(date(2026, 11, 23), time(18))  # three waking hours left
    hours = [-1, 0, 2.5, 3, 14, 15, 90]
    found = [availability.waking_hours_between(evening, evening + timedelta(hours=some)) for some in hours]
    assert found == [0, 0, 2.5, 3, 3, 4, 46]
    clocks_change = at_brussels(date(2026, 10, 24), time(20)), at_brussels(date(2026, 10, 25), time(9))
    assert availability.waking_hours_between(*clocks_change) == 2


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((20, 15), (20, 15)),  # a Friday
        ((20, 8), (20, 10)),
        ((20, 21), (23, 10)),
        ((21, 15), (23, 10)),
        ((22, 21), (23, 10)),
        ((24, 20), (24, 20)),
    ],
)
def test_working_days(moment: tuple[int, int], expected: tuple[int, int]) -> None:
    given, then = (at_brussels(date(2026, 11, day), time(hour)) for day, hour in (moment, expected))
    assert availability.next_working(given, time(10), time(20)) == then
