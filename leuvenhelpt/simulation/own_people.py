"""People as a city had them in its last twelve months, drawn from counted figures."""

import random
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from statistics import median
from typing import Generic, TypeVar

from leuvenhelpt.domain.availability import waking_hours_between
from leuvenhelpt.domain.city import City, Part
from leuvenhelpt.domain.messages import PastAsk
from leuvenhelpt.domain.what_if import FEWEST_ANSWERS, LastYear
from leuvenhelpt.simulation.nature import way_left
from leuvenhelpt.simulation.people import (
    WEEK,
    HelpRequest,
    Volunteer,
    place_in,
    request_at,
    wanted_until,
    willing,
)
from leuvenhelpt.simulation.scenario import Scenario

T = TypeVar("T")
MOST_WILLING, SOONEST_H = 0.95, 0.1


@dataclass(frozen=True)
class Answers:
    """How neighbours answered: how willing they are to help with what is near, and how soon half of them say so."""

    willingness: float
    answer_hours: float


def answers_of(asks: Iterable[PastAsk], since: datetime, tiring: float) -> Answers | None:
    """What the asks since a moment, in the order in which they were made, say of it; None if they are too few.

    A yes is the less likely the farther away it is and the more somebody was asked that week; both are taken out.
    """
    before: dict[int, deque[datetime]] = {}
    answers, expected, hours = 0, 0.0, []
    for ask in asks:
        lately = before.setdefault(ask.volunteer_id, deque())
        while lately and lately[0] <= ask.asked_at - WEEK:
            lately.popleft()
        if ask.asked_at > since and ask.said_yes is not None and ask.known_at is not None:
            answers += 1
            expected += way_left(ask.distance_km, ask.reach_km) * tiring ** len(lately)
            if ask.said_yes:
                hours.append(waking_hours_between(ask.asked_at, ask.known_at))
        lately.append(ask.asked_at)
    if answers < FEWEST_ANSWERS or not hours:
        return None
    return Answers(min(len(hours) / expected, MOST_WILLING), max(median(hours), SOONEST_H))


def own_scenario(year: LastYear, answers: Answers | None, fallback: Scenario) -> Scenario:
    """The figures of a city's own year; how people answer comes from `fallback` as long as it is not known."""
    known = year.history
    soon = sum(count for (_kind, _postcode, is_soon), count in year.wanted.items() if is_soon)
    return Scenario(
        name="last-year",
        volunteers=known.volunteers,
        joining_a_day=year.joined / known.days,
        requests_a_day=known.requests / known.days,
        soon_share=soon / known.requests,
        willingness=answers.willingness if answers else fallback.willingness,
        answer_hours=answers.answer_hours if answers else fallback.answer_hours,
        week=tuple(7 * year.by_weekday.get(day, 0) / known.requests for day in range(7)),
    )


class Urn(Generic[T]):
    """Draws one of what was counted, as probable as it was frequent; the same luck draws the same."""

    def __init__(self, counted: Mapping[T, int]) -> None:
        self._sorts = sorted(counted, key=repr)
        self._up_to = list(accumulate(counted[one] for one in self._sorts))

    def draw(self, rng: random.Random) -> T:
        """One of them, which stays in the urn."""
        return rng.choices(self._sorts, cum_weights=self._up_to)[0]


class Counted:
    """People as often of each sort as there were; what was counted apart is drawn apart."""

    def __init__(self, city: City, scenario: Scenario, year: LastYear) -> None:
        self._city, self._scenario = city, scenario
        self._parts = {part.postcode: part for part in city.parts}
        known = {one: count for one, count in year.wanted.items() if one[0] in city.kinds}
        self._wanted, self._wanted_languages = Urn(known), Urn(year.wanted_languages)
        self._homes, self._offered, self._languages = Urn(year.homes), Urn(year.offered), Urn(year.languages)
        self._hours, self._ways, self._limits = Urn(year.hours), Urn(year.ways), Urn(year.limits)

    def volunteer(self, rng: random.Random, number: int, since: datetime) -> Volunteer:
        """Somebody who helps from then on."""
        part = self._part(rng, self._homes.draw(rng))
        lat, lon = place_in(rng, part)
        (means, reach_km), (vetting, most) = self._ways.draw(rng), self._limits.draw(rng)
        return Volunteer(
            number, frozenset(self._offered.draw(rng)), frozenset(self._languages.draw(rng)),
            self._hours.draw(rng), lat, lon, means, reach_km, vetting=vetting, max_asks_a_week=most,
            since=since, area=part.name, willingness=willing(rng, self._scenario),
        )  # fmt: skip

    def request(self, rng: random.Random, number: int, asked_at: datetime) -> HelpRequest:
        """Somebody who asks at that moment."""
        key, postcode, is_soon = self._wanted.draw(rng)
        part = self._part(rng, postcode)
        place, languages = place_in(rng, part), frozenset(self._wanted_languages.draw(rng))
        wanted_by = wanted_until(rng, asked_at, is_soon=is_soon)
        return request_at(
            place, self._city, number, asked_at, kind=self._city.kinds[key],
            wanted_by=wanted_by, languages=languages, area=part.name,
        )  # fmt: skip

    def _part(self, rng: random.Random, postcode: str) -> Part:
        """The part with this postcode; any, if it is none of ours."""
        return self._parts.get(postcode) or rng.choice(self._city.parts)
