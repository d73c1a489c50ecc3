"""Hours, days, distances and phones as people here write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from leuvenhelpt.domain.availability import ALWAYS, DayPart, hours_from
from leuvenhelpt.domain.values import Band
from leuvenhelpt.rendering import formats
from leuvenhelpt.rendering.language import languages, translations

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 10.00 in Brussels


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW, "vandaag 10.00 uur"),
        (NOW + timedelta(days=1, minutes=5), "morgen 10.05 uur"),
        (NOW - timedelta(days=1), "gisteren 10.00 uur"),
        (NOW + timedelta(days=2, hours=4), "donderdag 14.00 uur"),
        (NOW + timedelta(days=9), "donderdag 3 december 10.00 uur"),
        (NOW - timedelta(days=2), "zondag 22 november 10.00 uur"),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), "morgen 0.30 uur"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "woensdag 1 juli 14.00 uur"),
    ],
)
def test_day_and_hour_are_read_in_brussels(moment: datetime, said: str) -> None:
    assert formats.day_hour(moment, NOW) == said


def test_a_bare_day_needs_no_hour() -> None:
    assert formats.day(date(2026, 11, 27), NOW) == "vrijdag"


def test_a_lasting_day_is_a_date_and_a_far_one_has_its_year() -> None:
    days = [date(2026, 11, 25), date(2026, 11, 27), date(2027, 11, 24)]
    said = ["woensdag 25 november", "vrijdag 27 november", "24 november 2027"]
    assert [formats.lasting_day(day, NOW) for day in days] == said


@pytest.mark.parametrize("language", languages())
def test_each_language_says_in_its_own_way_that_a_day_is_meant_and_an_hour(language: str) -> None:
    _ = translations(language).gettext
    day = _("%(weekday)s") % {"weekday": formats.weekday(3, language)}
    said = _("%(day)s %(hour)s") % {"day": day, "hour": formats.clock(time(14), language)}
    assert formats.day_hour(NOW + timedelta(days=2, hours=4), NOW, language) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (40, "nog 40 min"),
        (75, "nog 1 u 15"),
        (-25, "25 min te laat"),
        (-65, "1 u 05 te laat"),
        (-2 * 24 * 60, "2 dagen te laat"),
        (24 * 60, "morgen 10.00 uur"),
    ],
)
def test_a_deadline_in_words(minutes: int, said: str) -> None:
    assert formats.until(NOW + timedelta(minutes=minutes), NOW) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+32470123456", "0470 12 34 56"),
        ("+3216123456", "016 12 34 56"),
        ("+33612345678", "+33 6 12 34 56 78"),
        ("1733", "1733"),
        ("onbekend", "onbekend"),
    ],
)
def test_phones_are_written_as_at_home(number: str, said: str) -> None:
    assert formats.phone(number, "BE") == said


def test_a_number_for_machines() -> None:
    assert formats.e164("016 00 00 00", "BE") == "+3216000000"
    with pytest.raises(ValueError, match="geen"):
        formats.e164("geen", "BE")


@pytest.mark.parametrize("band", list(Band))
def test_every_band_has_words(band: Band) -> None:
    assert formats.band(band)


@pytest.mark.parametrize(
    ("km", "said"), [(0.853, "850 m"), (3.24, "3,2 km"), (None, "van thuis uit"), (0.0, "0 m")]
)
def test_distances_for_coordinators(km: float | None, said: str) -> None:
    assert formats.distance(km) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([(1, DayPart.AFTERNOON)], "dinsdagnamiddag"),
        ([(1, DayPart.AFTERNOON), *((2, part) for part in DayPart)], "dinsdagnamiddag en woensdag"),
        (
            [(5, DayPart.MORNING), (5, DayPart.EVENING), (6, DayPart.MORNING)],
            "zaterdagvoormiddag, zaterdagavond en zondagvoormiddag",
        ),
        ([], ""),
    ],
)
def test_weekly_hours_in_words(cells: list[tuple[int, DayPart]], said: str) -> None:
    assert formats.weekly_hours(hours_from(cells)) == said


def test_all_hours_are_always() -> None:
    assert formats.weekly_hours(ALWAYS) == "altijd"


def test_hours_inside_a_sentence() -> None:
    assert (formats.bare_hour(time(8)), formats.bare_hour(time(20, 30))) == ("8", "20.30")


def test_what_is_not_known_to_the_house_is_about() -> None:
    assert [formats.band(band, is_approximate=True) for band in Band] == [
        "van thuis uit",
        "op ongeveer 1 km of minder",
        "op ongeveer 1 tot 2 km",
        "op ongeveer 2 tot 5 km",
        "op ongeveer 5 km of meer",
    ]
    assert formats.about(0.853) == "ongeveer 850 m"


def test_a_line_begins_with_a_capital_and_nothing_else_changes() -> None:
    lines = [("ten laatste Donnerstag", "nl"), ("", "nl"), ("é", "fr"), ("istenen zaman", "tr")]
    assert [formats.opening(*line) for line in lines] == ["Ten laatste Donnerstag", "", "É", "İstenen zaman"]


def test_numbers_keep_their_order_in_arabic() -> None:
    assert formats.phone("+3216123456", "BE", "ar") == "016\u00a012\u00a034\u00a056"
    assert formats.in_order("48 27 13", "ar") == "48\u00a027\u00a013"
    assert formats.in_order("48 27 13", "fr") == "48 27 13"
