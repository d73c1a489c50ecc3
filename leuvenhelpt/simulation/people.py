"""Who lives in the simulated city: drawn once from a seed, the same for every policy."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Protocol

from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.availability import at_brussels, end_of_day, parts_between
from leuvenhelpt.domain.city import City, KindOfHelp, Part
from leuvenhelpt.domain.messages import Need, VolunteerOffer
from leuvenhelpt.simulation.scenario import Scenario

START = datetime(2026, 3, 2, 7, tzinfo=UTC)
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
MEANS_AND_REACH = (("foot", 1.5), ("foot", 2.0), ("bike", 3.0), ("bike", 5.0), ("car", 5.0), ("car", 10.0))
_KM_PER_DEGREE = 111.2


@dataclass
class Volunteer:
    """Somebody who offers help, and what asking has done to them. `willingness`: known to nobody."""

    number: int
    kinds: frozenset[str]
    languages: frozenset[str]
    hours: int
    lat: float
    lon: float
    means: str
    reach_km: float
    vetting: int
    max_asks_a_week: int
    since: datetime
    area: str
    willingness: float
    asked_at: list[datetime] = field(default_factory=list)
    said_yes: int = 0
    said_no: int = 0

    def asked_since(self, moment: datetime) -> int:
        """How often they were asked since."""
        return sum(1 for asked in reversed(self.asked_at) if asked > moment)

    def offer(self, now: datetime, *, is_spared: bool) -> VolunteerOffer:
        """What matching may know of them; `is_spared`: the weekly limit they gave is kept."""
        left = self.max_asks_a_week - self.asked_since(now - WEEK) if is_spared else 99
        return VolunteerOffer(
            volunteer_id=self.number,
            kinds=self.kinds,
            languages=self.languages,
            hours=self.hours,
            lat=self.lat,
            lon=self.lon,
            reach_km=self.reach_km,
            means=self.means,
            vetting=self.vetting,
            is_available=True,
            has_notice=True,
            asks_left=max(left, 0),
            asked_recently=self.asked_since(now - MONTH),
            said_yes=self.said_yes,
            said_no=self.said_no,
            last_asked=self.asked_at[-1] if self.asked_at else None,
            since=self.since,
            area=self.area,
        )


@dataclass(frozen=True)
class HelpRequest:
    """Somebody who asks, when, and until when it is of use; `promised_by`: when they were first told to hear."""

    need: Need
    asked_at: datetime
    promised_by: datetime


@dataclass(frozen=True)
class Town:
    """Everybody, in the order in which they come."""

    volunteers: tuple[Volunteer, ...]
    requests: tuple[HelpRequest, ...]


class Drawing(Protocol):
    """Draws people one after another, from luck that can be repeated."""

    def volunteer(self, rng: random.Random, number: int, since: datetime) -> Volunteer: ...

    def request(self, rng: random.Random, number: int, asked_at: datetime) -> HelpRequest: ...


def place_in(rng: random.Random, part: Part) -> tuple[float, float]:
    """A point somewhere around the middle of a part of the city."""
    return part.lat + rng.gauss(0, 0.9) / _KM_PER_DEGREE, part.lon + rng.gauss(0, 0.9) / (
        _KM_PER_DEGREE * 0.63
    )


def wanted_until(rng: random.Random, asked_at: datetime, *, is_soon: bool) -> datetime:
    """Until when help is of use: tomorrow evening, or an evening of this week."""
    return end_of_day((asked_at + timedelta(days=1 if is_soon else rng.randint(3, 7))).date())


def willing(rng: random.Random, scenario: Scenario) -> float:
    """How willing somebody is."""
    mean, spread = scenario.willingness, scenario.spread
    return rng.betavariate(mean * spread, (1 - mean) * spread)


def request_at(
    place: tuple[float, float], city: City, number: int, asked_at: datetime, **facts: Any
) -> HelpRequest:
    """A request from a place for a `kind`, with the other facts of its Need."""
    kind = facts.pop("kind")
    lat, lon = (None, None) if kind.is_remote else place
    need = Need(
        help_request_id=number,
        kind=kind.key,
        hours=parts_between(asked_at, facts["wanted_by"]),
        lat=lat,
        lon=lon,
        vetting=kind.vetting,
        **facts,
    )
    promised_by = rhythm.promised_by(city, need.wanted_by, asked_at, has_email=True)
    return HelpRequest(need, asked_at, promised_by)


@dataclass(frozen=True)
class Invented:
    """People of an invented city: every part of it alike, everybody's wishes independent of each other."""

    city: City
    scenario: Scenario

    def volunteer(self, rng: random.Random, number: int, since: datetime) -> Volunteer:
        """Somebody who helps from then on."""
        part, (means, reach_km) = rng.choice(self.city.parts), rng.choice(MEANS_AND_REACH)
        lat, lon = place_in(rng, part)
        kinds = frozenset(rng.sample(sorted(self.city.kinds), rng.randint(3, 6)))
        hours = sum(1 << bit for bit in range(21) if rng.random() < 0.4) or 1
        return Volunteer(
            number, kinds, self._languages(rng, 0.92), hours, lat, lon, means, reach_km,
            vetting=rng.choice([1, 1, 2, 3]), max_asks_a_week=rng.choice([1, 2, 2, 3]), since=since,
            area=part.name, willingness=willing(rng, self.scenario),
        )  # fmt: skip

    def request(self, rng: random.Random, number: int, asked_at: datetime) -> HelpRequest:
        """Somebody who asks at that moment."""
        kind, part = self._kind(rng), rng.choice(self.city.parts)
        is_soon, place = rng.random() < self.scenario.soon_share, place_in(rng, part)
        wanted_by = wanted_until(rng, asked_at, is_soon=is_soon)
        languages = self._languages(rng, 0.85)
        return request_at(
            place, self.city, number, asked_at,
            kind=kind, wanted_by=wanted_by, languages=languages, area=part.name,
        )  # fmt: skip

    def _languages(self, rng: random.Random, dutch: float) -> frozenset[str]:
        spoken = sorted(self.city.languages)
        first = "nl" if rng.random() < dutch else rng.choice(spoken)
        return frozenset({first} | ({rng.choice(spoken)} if rng.random() < 0.4 else set()))

    def _kind(self, rng: random.Random) -> KindOfHelp:
        kinds = sorted(self.city.kinds.values(), key=lambda one: one.key)
        how_often = [3 if one.vetting == 0 else 2 if one.vetting == 1 else 1 for one in kinds]
        return rng.choices(kinds, how_often)[0]


def _moments(rng: random.Random, scenario: Scenario, days: int) -> list[datetime]:
    burst = scenario.burst
    found = []
    for day in range(days):
        extra = burst.requests / burst.days if burst and burst.day <= day < burst.day + burst.days else 0
        date = (START + timedelta(days=day)).date()
        exact = scenario.requests_a_day * scenario.week[date.weekday()] + extra
        count = int(exact) + (rng.random() < exact % 1)
        opens = at_brussels(date, time(8))
        found += [opens + timedelta(hours=rng.uniform(0, 12)) for _ in range(count)]
    return sorted(found)


def volunteers_of(draw: Drawing, scenario: Scenario, days: int, rng: random.Random) -> tuple[Volunteer, ...]:
    """Those who are there at the start, and those who join in so many days."""
    here = [
        draw.volunteer(rng, number, START - timedelta(days=rng.uniform(3, 20)))
        for number in range(1, scenario.volunteers + 1)
    ]
    joining = int(scenario.joining_a_day * days)
    moments = sorted(START + timedelta(days=rng.uniform(0, days)) for _ in range(joining))
    here += [
        draw.volunteer(rng, number, moment)
        for number, moment in enumerate(moments, start=scenario.volunteers + 1)
    ]
    return tuple(here)


def requests_of(draw: Drawing, scenario: Scenario, days: int, rng: random.Random) -> tuple[HelpRequest, ...]:
    """Those who ask in so many days."""
    asked = _moments(rng, scenario, days)
    return tuple(draw.request(rng, number, moment) for number, moment in enumerate(asked, start=1))


def town(city: City, scenario: Scenario, days: int, seed: int) -> Town:
    """The people of an invented city for so many days; the same seed gives the same people."""
    rng, draw = random.Random(f"{scenario.name}:{seed}"), Invented(city, scenario)
    volunteers = volunteers_of(draw, scenario, days, rng)
    return Town(volunteers, requests_of(draw, scenario, days, rng))
