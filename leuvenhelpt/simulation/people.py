"""Who lives in the simulated city: drawn once from a seed, the same for every policy."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from leuvenhelpt.domain.availability import at_brussels, end_of_day, parts_between, waking_hours_after
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
    """Somebody who asks, when, and until when it is of use; `promised_by`: when they were told to hear."""

    need: Need
    asked_at: datetime
    is_soon: bool
    promised_by: datetime


@dataclass(frozen=True)
class Town:
    """Everybody, in the order in which they come."""

    volunteers: tuple[Volunteer, ...]
    requests: tuple[HelpRequest, ...]


def _place(rng: random.Random, part: Part) -> tuple[float, float]:
    return part.lat + rng.gauss(0, 0.9) / _KM_PER_DEGREE, part.lon + rng.gauss(0, 0.9) / (
        _KM_PER_DEGREE * 0.63
    )


def _languages(rng: random.Random, city: City, dutch: float) -> frozenset[str]:
    first = "nl" if rng.random() < dutch else rng.choice(sorted(city.languages))
    return frozenset({first} | ({rng.choice(sorted(city.languages))} if rng.random() < 0.4 else set()))


def _volunteer(rng: random.Random, number: int, since: datetime, city: City, scenario: Scenario) -> Volunteer:
    part, (means, reach_km) = rng.choice(city.parts), rng.choice(MEANS_AND_REACH)
    lat, lon = _place(rng, part)
    kinds = frozenset(rng.sample(sorted(city.kinds), rng.randint(3, 6)))
    hours = sum(1 << bit for bit in range(21) if rng.random() < 0.4) or 1
    mean, spread = scenario.willingness, scenario.spread
    return Volunteer(
        number, kinds, _languages(rng, city, 0.92), hours, lat, lon, means, reach_km,
        vetting=rng.choice([1, 1, 2, 3]), max_asks_a_week=rng.choice([1, 2, 2, 3]), since=since,
        area=part.name, willingness=rng.betavariate(mean * spread, (1 - mean) * spread),
    )  # fmt: skip


def _kind(rng: random.Random, city: City) -> KindOfHelp:
    kinds = sorted(city.kinds.values(), key=lambda one: one.key)
    return rng.choices(kinds, [3 if one.vetting == 0 else 2 if one.vetting == 1 else 1 for one in kinds])[0]


def _request(
    rng: random.Random, number: int, asked_at: datetime, city: City, scenario: Scenario
) -> HelpRequest:
    kind, part, is_soon = _kind(rng, city), rng.choice(city.parts), rng.random() < scenario.soon_share
    lat, lon = _place(rng, part)
    wanted_by = end_of_day((asked_at + timedelta(days=1 if is_soon else rng.randint(3, 7))).date())
    rhythm = city.soon if is_soon else city.later
    need = Need(
        help_request_id=number,
        kind=kind.key,
        languages=_languages(rng, city, 0.85),
        hours=parts_between(asked_at, wanted_by),
        lat=None if kind.is_remote else lat,
        lon=None if kind.is_remote else lon,
        vetting=kind.vetting,
        wanted_by=wanted_by,
        area=part.name,
    )
    return HelpRequest(need, asked_at, is_soon, waking_hours_after(asked_at, rhythm.promise_hours))


def _moments(rng: random.Random, scenario: Scenario, days: int) -> list[datetime]:
    burst = scenario.burst
    found = []
    for day in range(days):
        extra = burst.requests / burst.days if burst and burst.day <= day < burst.day + burst.days else 0
        exact = scenario.requests_a_day + extra
        count = int(exact) + (rng.random() < exact % 1)
        opens = at_brussels((START + timedelta(days=day)).date(), time(8))
        found += [opens + timedelta(hours=rng.uniform(0, 12)) for _ in range(count)]
    return sorted(found)


def town(city: City, scenario: Scenario, days: int, seed: int) -> Town:
    """The people of a city for so many days; the same seed gives the same people."""
    rng = random.Random(f"{scenario.name}:{seed}")
    here = [
        _volunteer(rng, number, START - timedelta(days=rng.uniform(3, 20)), city, scenario)
        for number in range(1, scenario.volunteers + 1)
    ]
    joining = int(scenario.joining_a_day * days)
    moments = sorted(START + timedelta(days=rng.uniform(0, days)) for _ in range(joining))
    here += [
        _volunteer(rng, number, moment, city, scenario)
        for number, moment in enumerate(moments, start=scenario.volunteers + 1)
    ]
    asked = _moments(rng, scenario, days)
    requests = [_request(rng, number, moment, city, scenario) for number, moment in enumerate(asked, start=1)]
    return Town(tuple(here), tuple(requests))
