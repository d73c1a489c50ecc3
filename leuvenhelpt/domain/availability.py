"""Weekly hours: seven days of three parts, as bits; and the way between Brussels and UTC."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
DAYS = 7
SATURDAY = 5
ALWAYS = (1 << 21) - 1
HALF_A_DAY = timedelta(hours=12)
QUIET_FROM, QUIET_UNTIL = time(21), time(8)


class DayPart(IntEnum):
    """A part of a day: morning 8-12, afternoon 12-17, evening 17-21, in Brussels."""

    MORNING = 0
    AFTERNOON = 1
    EVENING = 2


_PARTS = ((time(8), time(12)), (time(12), time(17)), (time(17), time(21)))


def bit(weekday: int, part: DayPart) -> int:
    """The bit of one part of one weekday (Monday is 0)."""
    return 1 << (weekday * len(_PARTS) + part)


def hours_from(cells: Iterable[tuple[int, DayPart]]) -> int:
    """Weekly hours from (weekday, part) pairs."""
    total = 0
    for weekday, part in cells:
        total |= bit(weekday, part)
    return total


def cells_of(hours: int) -> list[tuple[int, DayPart]]:
    """The (weekday, part) pairs that weekly hours hold, Monday morning first."""
    return [(day, part) for day in range(DAYS) for part in DayPart if hours & bit(day, part)]


def in_brussels(moment: datetime) -> datetime:
    """The same moment as people in Brussels read it on the clock."""
    return moment.astimezone(BRUSSELS)


def at_brussels(day: date, hour: time) -> datetime:
    """The UTC moment at which clocks in Brussels show this day and hour."""
    return datetime.combine(day, hour, BRUSSELS).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The UTC moment at which the evening part of a day ends."""
    return at_brussels(day, _PARTS[DayPart.EVENING][1])


def parts_between(start: datetime, end: datetime) -> int:
    """The weekly hours that a stretch of time touches; a week or more touches all."""
    if end - start >= timedelta(days=DAYS):
        return ALWAYS
    hours, day = 0, in_brussels(start).date()
    while day <= in_brussels(end).date():
        for part in DayPart:
            opens, closes = (at_brussels(day, hour) for hour in _PARTS[part])
            if opens < end and closes > start:
                hours |= bit(day.weekday(), part)
        day += timedelta(days=1)
    return hours


def hours_left(hours: int, now: datetime, until: datetime) -> int:
    """Of weekly hours those that can still be met from now on, half a day at least; all of them once none can."""
    return hours & parts_between(now, max(until, now + HALF_A_DAY)) or hours


def stretches(hours: int, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The parts of days that weekly hours hold and a stretch of time touches: from when to when, UTC, in order."""
    found, day = [], in_brussels(start).date()
    while day <= in_brussels(end).date():
        for number, part in cells_of(hours):
            opens, closes = (at_brussels(day, hour) for hour in _PARTS[part])
            if number == day.weekday() and opens < end and closes > start:
                found.append((opens, closes))
        day += timedelta(days=1)
    return found


def is_quiet(moment: datetime) -> bool:
    """Whether nobody should be disturbed: from 21 to 8 o'clock in Brussels."""
    hour = in_brussels(moment).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def next_waking(moment: datetime) -> datetime:
    """This moment, or the next 8 o'clock if it falls in the quiet hours."""
    if not is_quiet(moment):
        return moment
    local = in_brussels(moment)
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return at_brussels(day, QUIET_UNTIL)


def last_waking(moment: datetime) -> datetime:
    """This moment, or the 21 o'clock before it if it falls in the quiet hours."""
    if not is_quiet(moment):
        return moment
    local = in_brussels(moment)
    return at_brussels(local.date() - timedelta(days=1 if local.time() < QUIET_UNTIL else 0), QUIET_FROM)


def next_working(moment: datetime, first: time, last: time) -> datetime:
    """This moment, or the next `first` o'clock if it is not from `first` to `last`, Monday to Friday, Brussels."""
    local = in_brussels(moment)
    day = local.date()
    if day.weekday() < SATURDAY and first <= local.time() <= last:
        return moment
    day += timedelta(days=1 if local.time() > last else 0)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return at_brussels(day, first)


def waking_hours_after(moment: datetime, hours: float) -> datetime:
    """The moment so many hours later, not counting quiet hours."""
    left, now = timedelta(hours=hours), next_waking(moment)
    while True:
        bedtime = at_brussels(in_brussels(now).date(), QUIET_FROM)
        if now + left <= bedtime:
            return now + left
        left -= bedtime - now
        now = next_waking(bedtime)


def waking_hours_between(start: datetime, end: datetime) -> float:
    """The hours from one moment to a later one, not counting quiet hours; 0 if it is not later."""
    total, now = timedelta(), next_waking(start)
    while now < end:
        bedtime = at_brussels(in_brussels(now).date(), QUIET_FROM)
        total += min(bedtime, end) - now
        now = next_waking(bedtime)
    return total / timedelta(hours=1)
