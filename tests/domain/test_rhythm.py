"""Until when an answer is awaited and by when a word is promised, around the moment help is wanted."""

from datetime import date, datetime, time, timedelta

import pytest

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.availability import at_brussels, end_of_day, last_waking
from leuvenhelpt.domain.rhythm import deadline, lapses_at, promised_by

CITY = load_city("leuven")
TODAY, TOMORROW, NEXT_WEEK = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 1)


def at(hour: float, day: date = TODAY) -> datetime:
    return at_brussels(day, time(int(hour), round(hour % 1 * 60)))


@pytest.mark.parametrize(
    ("now", "wanted_by", "lapses"),
    [
        (at(10), end_of_day(TODAY), at(13)),
        (at(20.5), end_of_day(TODAY), at(21)),
        (at(20.5), end_of_day(TOMORROW), at(10.5, TOMORROW)),
        (at(22), end_of_day(TODAY), at(20, TOMORROW)),  # by hand, after the moment: there is no haste
        (at(22), at(2, TOMORROW), at(11, TOMORROW)),  # by hand: it is read in the morning
    ],
)
def test_an_ask_lapses_when_help_was_wanted(now: datetime, wanted_by: datetime, lapses: datetime) -> None:
    assert lapses_at(CITY, wanted_by, now) == lapses


@pytest.mark.parametrize(
    ("now", "wanted_by", "promised"),
    [
        (at(10), end_of_day(TODAY), at(14)),
        (at(18), end_of_day(TODAY), at(20.5)),
        (at(20.1), end_of_day(TODAY), at(20.5)),
        (at(20.3), end_of_day(TODAY), at(11.3, TOMORROW)),
        (at(18), at(22), at(20.5)),  # a word in the night is of no use
        (at(10), end_of_day(NEXT_WEEK), at(10, TOMORROW)),
    ],
)
def test_a_word_is_promised_before_help_is_wanted(
    now: datetime, wanted_by: datetime, promised: datetime
) -> None:
    assert promised_by(CITY, wanted_by, now, has_email=True) == promised


@pytest.mark.parametrize(
    ("now", "promised"), [(at(9), at(13)), (at(17.5), at(20)), (at(19), at(10, TOMORROW))]
)
def test_who_must_be_rung_is_promised_a_moment_when_somebody_rings(now: datetime, promised: datetime) -> None:
    assert promised_by(CITY, end_of_day(TODAY), now, has_email=False) == promised


def test_what_binds_is_the_first_moment_that_is_not_past() -> None:
    promised, wanted_by = at(14), end_of_day(TODAY)
    assert deadline(promised, wanted_by, at(10)) == promised
    assert deadline(promised, wanted_by, at(15)) == wanted_by
    assert deadline(promised, wanted_by, at(9, TOMORROW)) == wanted_by
    assert deadline(None, wanted_by, at(10)) == wanted_by


def test_the_last_waking_moment() -> None:
    assert last_waking(at(12)) == at(12)
    assert last_waking(at(21)) == last_waking(at(23)) == last_waking(at(7, TOMORROW)) == at(21)
    assert last_waking(at(8, TOMORROW)) - last_waking(at(7.9, TOMORROW)) == timedelta(hours=11)
