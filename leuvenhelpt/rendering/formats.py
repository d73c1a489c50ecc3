"""How hours, days, distances and phone numbers are written; Brussels time and the reader's language."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import phonenumbers
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit

from leuvenhelpt.domain.availability import ALWAYS, DAYS, DayPart, cells_of, in_brussels
from leuvenhelpt.domain.values import Band, is_approximate_level
from leuvenhelpt.rendering.language import SOURCE, direction, locale, translations

_SOON = timedelta(hours=8)
NEAR_YEAR = 300  # days; a day further off says its year


def clock(hour: time | datetime, language: str = SOURCE) -> str:
    """An hour as people say it: "14.00 uur". A moment is first read in Brussels."""
    local = in_brussels(hour) if isinstance(hour, datetime) else hour
    words = translations(language).gettext("%(hour)d.%(minute)02d uur")
    return words % {"hour": local.hour, "minute": local.minute}


def bare_hour(hour: time) -> str:
    """An hour inside a sentence that says "uur" itself: "8" or "8.30"."""
    return f"{hour.hour}.{hour.minute:02d}" if hour.minute else str(hour.hour)


def day(moment: date, now: datetime, language: str = SOURCE) -> str:
    """A day from where the reader stands: "vandaag", "donderdag", "donderdag 3 december", "3 mei 2030"."""
    wanted = _date_of(moment)
    away = (wanted - in_brussels(now).date()).days
    _ = translations(language).gettext
    near = {-1: _("gisteren"), 0: _("vandaag"), 1: _("morgen")}
    if away in near:
        return near[away]
    if 1 < away < DAYS:
        # A pattern of its own, for languages that say "el viernes".
        return _("%(weekday)s") % {"weekday": weekday(wanted.weekday(), language)}
    return lasting_day(wanted, now, language)


def lasting_day(moment: date, now: datetime, language: str = SOURCE) -> str:
    """A day that stays true when it is read later: "dinsdag 24 november", "3 mei 2030"."""
    wanted = _date_of(moment)
    if abs((wanted - in_brussels(now).date()).days) >= NEAR_YEAR:
        return format_date(wanted, "long", locale=locale(language))
    return _weekday_and_date(wanted, language)


def _day_of_month(moment: date, language: str) -> str:
    return format_skeleton("MMMMd", moment, locale=locale(language))


def _weekday_and_date(moment: date, language: str) -> str:
    facts = {"weekday": weekday(moment.weekday(), language), "date": _day_of_month(moment, language)}
    return translations(language).gettext("%(weekday)s %(date)s") % facts


def full_day_hour(moment: datetime, language: str = SOURCE) -> str:
    """A day and an hour that stay true on paper and in a mail: "dinsdag 24 november 14.00 uur"."""
    return _at(_weekday_and_date(in_brussels(moment).date(), language), moment, language)


def full_day(moment: date, language: str = SOURCE) -> str:
    """The date above a letter: "24 november 2026". A moment is first read in Brussels."""
    return format_date(_date_of(moment), "long", locale=locale(language))


def _date_of(moment: date) -> date:
    return in_brussels(moment).date() if isinstance(moment, datetime) else moment


def month(moment: date, language: str = SOURCE) -> str:
    """The name of a month: "oktober"."""
    return format_date(moment, "LLLL", locale=locale(language))


def day_hour(moment: datetime, now: datetime, language: str = SOURCE) -> str:
    """A day and an hour: "donderdag 14.00 uur"."""
    return _at(day(moment, now, language), moment, language)


def _at(day_in_words: str, moment: datetime, language: str) -> str:
    words = translations(language).gettext("%(day)s %(hour)s")
    return words % {"day": day_in_words, "hour": clock(moment, language)}


def _span(span: timedelta, language: str) -> str:
    _ = translations(language).gettext
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if minutes < 24 * 60:
        return _("%(hours)d u %(minutes)02d") % {"hours": minutes // 60, "minutes": minutes % 60}
    days = minutes // (24 * 60)
    return translations(language).ngettext("%(days)d dag", "%(days)d dagen", days) % {"days": days}


def until(moment: datetime, now: datetime, language: str = SOURCE) -> str:
    """How a deadline stands: "nog 40 min", "25 min te laat", and a day and hour when it is far off."""
    _ = translations(language).gettext
    if moment < now:
        return _("%(span)s te laat") % {"span": _span(now - moment, language)}
    if moment - now < _SOON:
        return _("nog %(span)s") % {"span": _span(moment - now, language)}
    return day_hour(moment, now, language)


def e164(number: str, country: str) -> str:
    """A number as machines write it, "+3216123456"; ValueError if it cannot be read as one."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException as error:
        raise ValueError(number) from error
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=64)  # the city's own numbers stand on every page and in every mail
def phone(number: str, country: str, language: str = SOURCE) -> str:
    """A number as people write it: "0470 12 34 56" at home, "+33 6 12 34 56 78" from abroad.

    What cannot be read as a number (an emergency line) is shown as it is.
    """
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    is_home = parsed.country_code == phonenumbers.country_code_for_region(country)
    notation = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(parsed, notation.NATIONAL if is_home else notation.INTERNATIONAL)
    return in_order(written, language)


def in_order(digits: str, language: str) -> str:
    """Groups of digits that stay in their order where the text around them runs from right to left."""
    return digits.replace(" ", "\N{NO-BREAK SPACE}") if direction(language) == "rtl" else digits


def band(where: Band, language: str = SOURCE, *, is_approximate: bool = False) -> str:
    """A distance as a volunteer may know it before saying yes; `is_approximate`: of a place not known to the house."""
    _ = translations(language).gettext
    if is_approximate and where != Band.REMOTE:
        return _about(_)[where]
    return {
        Band.REMOTE: _("van thuis uit"),
        Band.UNDER_1_KM: _("op minder dan 1 km"),
        Band.FROM_1_TO_2_KM: _("op 1 tot 2 km"),
        Band.FROM_2_TO_5_KM: _("op 2 tot 5 km"),
        Band.OVER_5_KM: _("op meer dan 5 km"),
    }[where]


def _about(_: Callable[[str], str]) -> dict[Band, str]:
    return {
        Band.UNDER_1_KM: _("op ongeveer 1 km of minder"),
        Band.FROM_1_TO_2_KM: _("op ongeveer 1 tot 2 km"),
        Band.FROM_2_TO_5_KM: _("op ongeveer 2 tot 5 km"),
        Band.OVER_5_KM: _("op ongeveer 5 km of meer"),
    }


def distance(distance_km: float | None, language: str = SOURCE) -> str:
    """A distance for coordinators: "850 m", "3,2 km"; for help from home, that."""
    if distance_km is None:
        return band(Band.REMOTE, language)
    if distance_km < 1:
        return _measured(round(distance_km * 1000, -1), "meter", "0", language)
    return _measured(distance_km, "kilometer", "#,##0.0", language)


def _measured(number: float, unit: str, shape: str, language: str) -> str:
    return format_unit(number, f"length-{unit}", "short", shape, locale=locale(language))


def decimal(number: float, language: str = SOURCE) -> str:
    """A number that was measured, with one digit behind the comma where it has one: "1,5"."""
    return format_decimal(number, "#,##0.#", locale=locale(language))


def about(distance_km: float, language: str = SOURCE) -> str:
    """A distance from or to a place that is not known to the house: "ongeveer 850 m"."""
    words = translations(language).gettext("ongeveer %(distance)s")
    return words % {"distance": distance(distance_km, language)}


def off_by(metres: int | None, level: str | None, language: str = SOURCE) -> str:
    """How far off a place may be: "dit kan tot 600 m schelen"; nothing for a house that is known."""
    if metres is None or not is_approximate_level(level):
        return ""
    words = translations(language).gettext("dit kan tot %(distance)s schelen")
    return words % {"distance": distance(metres / 1000, language)}


def weekday(number: int, language: str = SOURCE) -> str:
    """The name of a weekday, Monday being 0."""
    return format_date(date(2024, 1, 1 + number), "EEEE", locale=locale(language))


def weekday_letters(number: int, language: str = SOURCE) -> str:
    """The shortest name of a weekday, for the head of a table: "ma"."""
    return format_date(date(2024, 1, 1 + number), "EEEEEE", locale=locale(language))


def opening(words: str, language: str = SOURCE) -> str:
    """Words as they open a sentence or stand alone: only the first letter is raised."""
    first = "İ" if language == "tr" and words[:1] == "i" else words[:1].upper()
    return first + words[1:]


def day_part(part: DayPart, language: str = SOURCE) -> str:
    """The name of a part of the day."""
    _ = translations(language).gettext
    return {
        DayPart.MORNING: _("voormiddag"),
        DayPart.AFTERNOON: _("namiddag"),
        DayPart.EVENING: _("avond"),
    }[part]


def joined(words: list[str], language: str = SOURCE) -> str:
    """Words in a row: "a, b en c"."""
    if len(words) < 2:
        return "".join(words)
    _ = translations(language).gettext
    return _("%(most)s en %(last)s") % {"most": _(", ").join(words[:-1]), "last": words[-1]}


def weekly_hours(hours: int, language: str = SOURCE) -> str:
    """Weekly hours in words: "dinsdagnamiddag en woensdag"; "altijd" when all are in it."""
    _ = translations(language).gettext
    if hours & ALWAYS == ALWAYS:
        return _("altijd")
    by_day: dict[int, list[DayPart]] = {}
    for number, part in cells_of(hours):
        by_day.setdefault(number, []).append(part)
    said = [words for number, parts in by_day.items() for words in _day_in_words(number, parts, language)]
    return joined(said, language)


def _day_in_words(number: int, parts: list[DayPart], language: str) -> list[str]:
    name = weekday(number, language)
    if len(parts) == len(DayPart):
        return [name]
    pattern = translations(language).gettext("%(weekday)s%(part)s")
    return [pattern % {"weekday": name, "part": day_part(part, language)} for part in parts]
