"""What counts as a change, and for whom it means another ask."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from leuvenhelpt.domain.asking_again import Aspect, Change, Former, Version, change_since, may_be_asked_again
from leuvenhelpt.domain.lifecycle import MatchState

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = Version("groceries", "before", MONDAY + timedelta(days=1), 127, "Kessel-Lo")
FRIDAY = replace(TUESDAY, wanted_by=MONDAY + timedelta(days=4))
SOON, SOON_AGAIN = replace(TUESDAY, timing="soon"), replace(FRIDAY, timing="soon")
MORNINGS = replace(TUESDAY, timing="moments", hours=1)


def former(*versions: Version, has_moved: bool = False) -> list[Former]:
    """Each held for an hour, from Monday on."""
    return [
        Former(version, MONDAY + timedelta(hours=hour), has_moved) for hour, version in enumerate(versions, 1)
    ]


@pytest.mark.parametrize(
    ("before", "now", "aspects"),
    [
        (TUESDAY, FRIDAY, {Aspect.WHEN}),
        (TUESDAY, MORNINGS, {Aspect.WHEN}),
        (MORNINGS, replace(MORNINGS, hours=3), {Aspect.WHEN}),
        (MORNINGS, replace(MORNINGS, wanted_by=FRIDAY.wanted_by), set()),
        (SOON, SOON_AGAIN, set()),
        (SOON, replace(FRIDAY, kind="dog"), {Aspect.WHEN, Aspect.KIND}),
        (TUESDAY, replace(TUESDAY, area="Heverlee"), set()),
        (TUESDAY, TUESDAY, set()),
    ],
)
def test_what_changed(before: Version, now: Version, aspects: set[Aspect]) -> None:
    found = change_since(MONDAY, former(before), now)
    assert found == (Change(before, frozenset(aspects)) if aspects else None)


def test_another_address_is_another_place_whatever_the_neighbourhood() -> None:
    found = change_since(MONDAY, former(TUESDAY, has_moved=True), TUESDAY)
    assert found == Change(TUESDAY, frozenset({Aspect.WHERE}))


def test_only_what_changed_since_the_ask_counts() -> None:
    versions = former(TUESDAY, FRIDAY, SOON)
    befores = [change_since(one.until - timedelta(minutes=1), versions, MORNINGS) for one in versions]
    assert [change and change.before for change in befores] == [TUESDAY, FRIDAY, SOON]
    assert change_since(MONDAY + timedelta(hours=9), versions, MORNINGS) is None
    assert all(earlier.until < later.until for earlier, later in pairwise(versions))


def test_a_former_version_is_read_back_as_it_was() -> None:
    (one,) = former(TUESDAY, has_moved=True)
    assert Former.from_kept(one.kept()) == one
    assert "Kessel-Lo" in one.kept().values()


@pytest.mark.parametrize("state", MatchState)
def test_only_who_is_not_needed_any_more_or_said_no_is_asked_again(state: MatchState) -> None:
    change = Change(TUESDAY, frozenset({Aspect.WHEN}))
    may = may_be_asked_again(state, is_second=False, declined_for="", change=change)
    assert may is (state in {"declined", "lapsed", "cancelled"})
    assert not may_be_asked_again(state, is_second=True, declined_for="", change=change)
    assert not may_be_asked_again(state, is_second=False, declined_for="", change=None)


def test_what_we_took_back_ourselves_may_be_asked_once_more_though_nothing_changed() -> None:
    for is_second in (False, True):
        may = may_be_asked_again(
            "cancelled", is_second=is_second, declined_for="", change=None, was_taken_back=True
        )
        assert may is not is_second


@pytest.mark.parametrize(("reason", "may"), [("when", True), ("where", False), ("other", False), ("", True)])
def test_the_reason_of_a_no_must_be_gone(reason: str, may: bool) -> None:
    change = Change(TUESDAY, frozenset({Aspect.WHEN, Aspect.KIND}))
    assert may_be_asked_again("declined", is_second=False, declined_for=reason, change=change) is may
