"""A promise as an event: on the right day in the right zone, and nothing in it that could betray anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest
from icalendar import Calendar, Event

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.availability import ALWAYS, DayPart, at_brussels, bit, end_of_day, stretches
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.rendering.calendar import calendar
from leuvenhelpt.rendering.links import Links

CITY = load_city("leuven")
LINKS = Links("https://helpt.example", "secret")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday, 10.00 in Brussels
THURSDAY = end_of_day(date(2026, 11, 26))
WEDNESDAY_MORNING = bit(2, DayPart.MORNING)


@dataclass(frozen=True)
class Promised:
    public_id: str = "0b0e0a3c"
    kind: str = "groceries"
    timing: str = Timing.SOON
    wanted_by: datetime = THURSDAY
    hours: int = ALWAYS
    promised_at: datetime = NOW


def events(*promises: Promised, language: str = "nl") -> list[Event]:
    """What a calendar program reads."""
    return list(Calendar.from_ical(calendar("key", promises, CITY, LINKS, NOW, language=language)).events)


def test_a_day_is_all_that_is_known() -> None:
    [event] = events(Promised())
    assert (event.start, event.end) == (date(2026, 11, 26), date(2026, 11, 27))
    assert (str(event["summary"]), event["transp"]) == (
        "Ten laatste vandaag: boodschappen doen",
        "TRANSPARENT",
    )


@pytest.mark.parametrize(
    ("wanted_by", "day"),
    [
        (datetime(2026, 11, 25, 22, 59, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 23, 1, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2027, 7, 1, 22, 1, tzinfo=UTC), date(2027, 7, 2)),
    ],
)
def test_the_day_is_the_one_in_brussels(wanted_by: datetime, day: date) -> None:
    assert events(Promised(wanted_by=wanted_by))[0].start == day


@pytest.mark.parametrize(
    ("promised_at", "day", "start"),
    [
        (NOW, date(2026, 11, 25), datetime(2026, 11, 25, 7, tzinfo=UTC)),
        (datetime(2027, 3, 27, 9, tzinfo=UTC), date(2027, 3, 31), datetime(2027, 3, 31, 6, tzinfo=UTC)),
    ],
)
def test_one_part_of_one_day_is_an_hour(promised_at: datetime, day: date, start: datetime) -> None:
    """The second lies beyond the night in which the clocks go forward."""
    wanted_by = end_of_day(day)
    [event] = events(
        Promised(timing=Timing.MOMENTS, hours=WEDNESDAY_MORNING, wanted_by=wanted_by, promised_at=promised_at)
    )
    assert (event.start, event.end) == (start, at_brussels(day, time(12)))
    assert (str(event["summary"]), event["transp"]) == ("Boodschappen doen", "OPAQUE")


def test_of_several_moments_none_is_guessed() -> None:
    hours = WEDNESDAY_MORNING | bit(3, DayPart.EVENING)
    [event] = events(Promised(timing=Timing.MOMENTS, hours=hours))
    assert event.start == date(2026, 11, 26)


def test_a_moment_that_is_past_does_not_count() -> None:
    hours = WEDNESDAY_MORNING | bit(1, DayPart.MORNING)  # this Tuesday morning too, until twelve
    later = at_brussels(date(2026, 11, 24), time(12))
    assert stretches(hours, later, end_of_day(date(2026, 11, 26))) == [
        (at_brussels(date(2026, 11, 25), time(8)), at_brussels(date(2026, 11, 25), time(12)))
    ]


def test_an_event_keeps_its_name_and_names_nobody() -> None:
    first, again, other = events(Promised(), Promised(), Promised(public_id="other"))
    assert first["uid"] == again["uid"] != other["uid"]
    assert "0b0e0a3c" not in first["uid"]
    assert (first["class"], str(first["url"])) == ("PRIVATE", "https://helpt.example/mijn-hulp")
    assert set(first) == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CLASS", "TRANSP",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "ar", "uk"])
def test_every_language_can_be_read(language: str) -> None:
    [event] = events(Promised(), language=language)
    assert "%(" not in str(event["summary"]) + str(event["description"])


def test_a_calendar_keeps_its_name_and_says_how_often_to_look() -> None:
    """As RFC 7986 has it, in 5.3 and 5.7."""
    first, later, other = (calendar(key, (), CITY, LINKS, NOW).decode() for key in ("mine", "mine", "yours"))
    assert first == later != other
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in first.split("\r\n")
    assert "mine" not in first


def test_nothing_promised_is_a_calendar_too() -> None:
    assert events() == []
