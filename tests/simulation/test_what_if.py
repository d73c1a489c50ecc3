"""A city as it was against the same city changed: only the change differs."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from datetime import timedelta

import pytest

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.messages import PastAsk
from leuvenhelpt.domain.rhythm import URGENT_WITHIN
from leuvenhelpt.domain.what_if import Base, Certainty, Change, History, LastYear
from leuvenhelpt.simulation.own_people import Answers, Urn, answers_of
from leuvenhelpt.simulation.people import START, HelpRequest, Town
from leuvenhelpt.simulation.what_if import Beginning, beginning, changed, try_out
from tests.simulation.test_simulation import city

__all__ = ["city"]
YEAR = LastYear(
    history=History(requests=700, volunteers=60, days=350),
    wanted={("groceries", "3012", True): 500, ("dog", "3018", False): 180, ("gone", "3000", True): 20},
    wanted_languages={("nl",): 9, ("tr",): 1},
    by_weekday={0: 300, 1: 100, 2: 100, 3: 100, 4: 100},
    homes={"3012": 2, "elsewhere": 1},
    offered={("dog", "groceries"): 4, ("groceries",): 1},
    languages={("nl",): 3, ("nl", "tr"): 1},
    hours={ALWAYS: 2, 0b111: 1},
    ways={("bike", 4.0): 1},
    limits={(0, 2): 1, (2, 7): 1},
    joined=35,
)
ANSWERS = Answers(willingness=0.5, answer_hours=2.0)
SAME = Change(volunteers=1.0, requests=1.0, certainty=Certainty.AS_NOW, days=14)


def town(city: City, change: Change) -> Town:
    begins = beginning(YEAR, ANSWERS)
    return begins.town(city, changed(begins.scenario, change), change.days)


def is_soon(request: HelpRequest) -> bool:
    return request.need.wanted_by - request.asked_at <= URGENT_WITHIN


def test_people_are_drawn_as_they_were(city: City) -> None:
    drawn = town(city, SAME)
    assert len(drawn.volunteers) == 61
    assert {one.vetting for one in drawn.volunteers} == {0, 2}
    assert {one.hours for one in drawn.volunteers} == {ALWAYS, 0b111}
    kinds = Counter((one.need.kind, one.need.area, is_soon(one)) for one in drawn.requests)
    assert set(kinds) == {("groceries", "Wilsele", True), ("dog", "Wijgmaal", False)}
    assert kinds["groceries", "Wilsele", True] > kinds["dog", "Wijgmaal", False]
    assert {one.asked_at.weekday() for one in drawn.requests} <= {0, 1, 2, 3, 4}
    assert 20 <= len(drawn.requests) <= 36  # two a day on average


def test_only_what_is_changed_differs(city: City) -> None:
    now = town(city, SAME)
    more = town(city, dataclasses.replace(SAME, volunteers=2.0))
    assert (more.requests, more.volunteers[:60], len(more.volunteers)) == (
        now.requests,
        now.volunteers[:60],
        122,
    )
    busier = town(city, dataclasses.replace(SAME, requests=2.0))
    assert (busier.volunteers, len(busier.requests) > 1.7 * len(now.requests)) == (now.volunteers, True)


@pytest.mark.parametrize(
    ("history", "base"),
    [
        (History(700, 60, 350), Base.OWN_YEAR),
        (History(20, 60, 350), Base.INVENTED),
        (History(0, 0, 0), Base.INVENTED),
    ],
)
def test_an_invented_year_stands_in_for_too_little(history: History, base: Base) -> None:
    begins = beginning(dataclasses.replace(YEAR, history=history), None)
    assert (begins.base, begins.knows_answers, begins.scenario.willingness) == (base, False, 0.36)


def test_a_trial_without_a_change_finds_no_difference(city: City) -> None:
    heard: list[float] = []
    begins: Beginning = beginning(YEAR, ANSWERS)
    found = try_out(city, begins, dataclasses.replace(SAME, days=3), heard.append)
    assert found["today"] == found["changed"]
    assert (found["base"], found["knows_answers"]) == ("own_year", True)
    assert (heard == sorted(heard), heard[0], heard[-1]) == (True, 0.0, 1.0)


def ask(number: int, *, says: bool | None, km: float = 0.0, hours: float = 2.0) -> PastAsk:
    asked_at = START + timedelta(days=10 * number)
    return PastAsk(
        volunteer_id=1, asked_at=asked_at, known_at=asked_at + timedelta(hours=hours), said_yes=says, counts=True,
        distance_km=km, reach_km=4.0, shared_hours=1.0, went_well=False,
    )  # fmt: skip


def test_answers_tell_how_willing_people_are() -> None:
    near = [ask(number, says=number % 2 == 0) for number in range(60)]
    found = answers_of(near, START - timedelta(days=1), 0.8)
    assert found == Answers(willingness=0.5, answer_hours=2.0)
    far = answers_of(
        [dataclasses.replace(one, distance_km=5.0) for one in near], START - timedelta(days=1), 0.8
    )
    assert far is not None
    assert far.willingness == pytest.approx(0.5 / 0.6065, abs=0.001)


def test_few_answers_tell_nothing() -> None:
    asks = [ask(number, says=True) for number in range(60)]
    assert answers_of(asks, asks[20].asked_at, 0.8) is None
    assert (
        answers_of([ask(number, says=False) for number in range(60)], START - timedelta(days=1), 0.8) is None
    )
    assert (
        answers_of([ask(number, says=None) for number in range(60)], START - timedelta(days=1), 0.8) is None
    )


def test_an_urn_draws_by_frequency_and_the_same_again() -> None:
    urn = Urn({"often": 9, "seldom": 1})
    luck = [[urn.draw(random.Random(seed)) for seed in range(200)] for _ in range(2)]
    assert luck[0] == luck[1]
    assert 160 < luck[0].count("often") < 195
