"""Each past ask stands as it stood when it was made."""

from datetime import UTC, datetime, timedelta

from leuvenhelpt.domain.messages import PastAsk
from leuvenhelpt.matching.history import answers_from
from leuvenhelpt.matching.yes import NAMES, own_habit

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def past(
    day: float, *, known_after: float | None = 0.1, said_yes: bool | None = True, who: int = 1
) -> PastAsk:
    asked_at = BEGIN + timedelta(days=day)
    known_at = None if known_after is None else asked_at + timedelta(days=known_after)
    return PastAsk(who, asked_at, known_at, said_yes, True, 1.5, 3.0, 0.5, False)


def test_an_answer_is_not_known_before_it_came() -> None:
    early, late, other = answers_from([past(0, known_after=5), past(1), past(2, who=2)])
    assert early.features["is_newcomer"] == 1.0
    assert late.features["own_habit"] == own_habit(0, 0)
    assert (late.features["is_newcomer"], late.features["asked_recently"]) == (0.0, 1.0)
    assert other.features["is_newcomer"] == 1.0
    assert set(other.features) == set(NAMES)
    assert other.features["way_share"] == 0.5


def test_what_came_to_no_answer_teaches_nothing_but_was_an_ask() -> None:
    (answer,) = answers_from([past(0, said_yes=None, known_after=None), past(1, said_yes=False)])
    assert not answer.said_yes
    assert (answer.features["asked_recently"], answer.features["own_habit"]) == (1.0, own_habit(0, 0))


def test_asks_of_more_than_a_month_ago_are_no_load_but_their_answers_count() -> None:
    *_, answer = answers_from([past(0), past(1, said_yes=False), past(31.5)])
    assert answer.features["asked_recently"] == 0.0
    assert answer.features["own_habit"] == own_habit(1, 1)
