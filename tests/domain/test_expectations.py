"""What a volunteer may expect, and whom we are short of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from leuvenhelpt.domain.expectations import (
    Offered,
    Shortage,
    Wanted,
    neighbours,
    shortages,
    weeks_until_asked,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
GROCERIES, DOG = frozenset({"groceries"}), frozenset({"dog"})
DUTCH, DARI = frozenset({"nl"}), frozenset({"prs"})
OFFERED = [
    Offered("3010", GROCERIES, DUTCH, 80),
    Offered("3010", GROCERIES | DOG, DUTCH, 4),
    Offered("3000", DOG, DUTCH | DARI, 2),
]


def test_neighbours_are_counted_by_part_and_kind() -> None:
    assert neighbours(OFFERED, "3010") == {"groceries": 84, "dog": 4}


@pytest.mark.parametrize(
    ("group", "asked", "weeks"),
    [(84, 84, 2), (84, 42, 13), (84, 63, 7), (84, 3, 242), (4, 4, 5)],
)
def test_the_more_were_asked_the_sooner_one_is(group: int, asked: int, weeks: int) -> None:
    assert weeks_until_asked(group, asked, LONG_AGO, NOW) == weeks


@pytest.mark.parametrize(
    ("asked", "first_ask"), [(2, LONG_AGO), (0, LONG_AGO), (40, None), (40, NOW - timedelta(days=13))]
)
def test_what_cannot_be_known_is_not_said(asked: int, first_ask: datetime | None) -> None:
    assert weeks_until_asked(84, asked, first_ask, NOW) is None


def test_a_short_history_is_not_taken_for_a_long_one() -> None:
    """Half of them in two weeks is four times as often as half of them in eight."""
    assert weeks_until_asked(84, 42, NOW - timedelta(weeks=2), NOW) == 4


def test_two_in_three_are_asked_in_that_time() -> None:
    """Luck, with each week alike: whoever waits as long as was said has been asked two times in three."""
    luck, chance = Random(1), 0.06
    asked = sum(any(luck.random() < chance for _ in range(8)) for _ in range(2000))
    weeks = weeks_until_asked(2000, asked, LONG_AGO, NOW)
    assert weeks is not None
    share = sum(any(luck.random() < chance for _ in range(weeks)) for _ in range(2000)) / 2000
    assert 0.62 < share < 0.74


def test_a_kind_for_which_nobody_was_found_is_short() -> None:
    wanted = [Wanted("groceries", DUTCH, 40, 1), Wanted("odd_job", DUTCH, 4, 2)]
    assert shortages(OFFERED, wanted) == (Shortage(kind="odd_job"),)


def test_few_volunteers_for_many_requests_are_short() -> None:
    assert shortages(OFFERED, [Wanted("dog", DUTCH, 7, 0)]) == (Shortage(kind="dog"),)
    assert shortages(OFFERED, [Wanted("dog", DUTCH, 6, 0)]) == ()


def test_a_language_is_short_for_those_who_speak_no_other() -> None:
    only_dari = [Wanted("groceries", DARI, 3, 2), Wanted("groceries", DUTCH, 40, 0)]
    assert shortages(OFFERED, only_dari) == (Shortage(language="prs"),)
    both = [Wanted("groceries", DARI | DUTCH, 3, 2), Wanted("groceries", DUTCH, 40, 0)]
    assert shortages(OFFERED, both) == ()


def test_the_worst_comes_first_and_three_are_enough() -> None:
    wanted = [Wanted(kind, DUTCH, 10, unmet) for kind, unmet in (("a", 3), ("b", 9), ("c", 5), ("d", 4))]
    wanted.append(Wanted("groceries", DUTCH, 200, 0))
    assert shortages(OFFERED, wanted) == tuple(Shortage(kind=kind) for kind in "bcd")


def test_where_nothing_was_asked_nothing_is_short() -> None:
    assert shortages(OFFERED, []) == ()
