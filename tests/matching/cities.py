"""Random cities, and the plain loop over them that the pool is held to."""

import math
import random
from datetime import UTC, datetime, timedelta

import numpy as np

from leuvenhelpt.domain.messages import Need, Reason, VolunteerOffer
from leuvenhelpt.matching.projection import point_on_plane, to_plane
from leuvenhelpt.matching.rules import Volunteer, objections
from leuvenhelpt.matching.weights import MINUTES_PER_KM, PRIOR_ASKS, PRIOR_YES, WAITING_DAYS, WEIGHTS

NOW = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
KINDS = ("groceries", "dog", "odd_job", "company", "phone_call")
LANGUAGES = ("nl", "fr", "en", "tr", "ar")
REACHES = (0.0, -1.0, 0.4, 1, 2, 2, 3, 5, 7.5, 10, 25, 50, 120, 5000, math.nan)
AREAS = ("", "centrum", "Heverlee", "Kessel-Lo")


def offer(rng: random.Random, volunteer_id: int, spread: float = 0.05) -> VolunteerOffer:
    """Anybody at all, hostile values included."""
    has_place = rng.random() < 0.93
    asked = rng.random() < 0.6
    return VolunteerOffer(
        volunteer_id=volunteer_id,
        kinds=frozenset(rng.sample(KINDS, rng.randrange(4))),
        languages=frozenset(rng.sample(LANGUAGES, rng.randrange(1, 4))),
        hours=rng.choice([0, rng.getrandbits(21), rng.getrandbits(21) & rng.getrandbits(21), (1 << 21) - 1]),
        lat=50.88 + rng.gauss(0, spread) if has_place else None,
        lon=4.70 + rng.gauss(0, spread * 1.5) if has_place else None,
        reach_km=rng.choice(REACHES),
        means=rng.choice(["foot", "bike", "bus", "car", "", "hot-air balloon"]),
        vetting=rng.randrange(4),
        is_available=rng.random() < 0.85,
        has_notice=rng.random() < 0.9,
        asks_left=rng.choice([0, 1, 2, 3, 1000]),
        asked_recently=rng.choice([0, 0, 0, 1, 2, 5]),
        said_yes=rng.choice([0, 1, 2, 7]),
        said_no=rng.choice([0, 1, 4]),
        last_asked=NOW - timedelta(hours=rng.uniform(0, 4000)) if asked else None,
        since=NOW - timedelta(days=rng.randrange(4000)),
        area=rng.choice(AREAS),
    )


def need(rng: random.Random, ids: int, spread: float = 0.05) -> Need:
    """Any need of that city; some at home, some nobody can serve."""
    at_home = rng.random() < 0.2
    return Need(
        help_request_id=1,
        kind=rng.choice([*KINDS, *KINDS, "never offered"]),
        languages=frozenset(rng.sample([*LANGUAGES, "never spoken"], rng.randrange(3))),
        hours=rng.choice([0, (1 << 21) - 1, 0b111, rng.getrandbits(21)]),
        lat=None if at_home else 50.88 + rng.gauss(0, spread),
        lon=None if at_home else 4.70 + rng.gauss(0, spread * 1.5),
        vetting=rng.choice([0, 0, 1, 2, 3]),
        wanted_by=NOW + timedelta(days=2),
        area=rng.choice(AREAS),
        excluded=frozenset(rng.sample(range(1, ids + 1), min(ids, rng.randrange(6)))),
        went_well_with=frozenset(rng.sample(range(1, ids + 1), min(ids, rng.randrange(3)))),
    )


def distance(need: Need, one: VolunteerOffer) -> np.float32 | None:
    """Kilometres on the plane, in single precision like the pool's."""
    if need.lat is None or one.lat is None:
        return None
    (x, y), (u, v) = point_on_plane(need.lat, need.lon), to_plane(one.lat, one.lon)
    return np.sqrt((u - x) * (u - x) + (v - y) * (v - y))


def seen(need: Need, one: VolunteerOffer) -> Volunteer:
    """The volunteer as the rules see them, straight from the offer."""
    far = distance(need, one)
    reach = 0.0 if math.isnan(one.reach_km) else min(max(one.reach_km, 0.0), 1000.0)
    return Volunteer(
        volunteer_id=one.volunteer_id,
        kinds=one.kinds,
        languages=one.languages,
        hours=one.hours,
        has_place=one.lat is not None,
        distance_km=None if far is None else float(far),
        reach_km=float(np.float32(reach)),
        vetting=one.vetting,
        is_available=one.is_available,
        has_notice=one.has_notice,
        asks_left=one.asks_left,
        asked_recently=one.asked_recently,
        said_yes=one.said_yes,
        said_no=one.said_no,
        is_newcomer=one.last_asked is None,
        area=one.area,
    )


def score(need: Need, one: VolunteerOffer, now: datetime) -> np.float32:
    """The points of one volunteer, added up as one would by hand."""
    single, w = np.float32, WEIGHTS
    waited = (now - datetime(2000, 1, 1, tzinfo=UTC)).days
    waited -= ((one.last_asked or one.since) - datetime(2000, 1, 1, tzinfo=UTC)).days
    total = w.rarely_asked / (1 + one.asked_recently)
    total += w.waiting * (min(max(waited, 0), WAITING_DAYS) / WAITING_DAYS)
    total += w.reliable * (
        (one.said_yes + PRIOR_ASKS * PRIOR_YES) / (one.said_yes + one.said_no + PRIOR_ASKS)
    )
    points = single(total + w.newcomer * (one.last_asked is None))
    far = distance(need, one)
    if far is not None:
        pace = single(w.near * MINUTES_PER_KM.get(one.means, MINUTES_PER_KM[""]) / 45)
        points += max(single(w.near) - far * pace, single(0))
    shared = single((one.hours & need.hours).bit_count())
    points += shared * single(w.hours / max(need.hours.bit_count(), 1))
    if need.area:
        points += single(w.same_area) * (one.area == need.area)
    return single(points + single(w.went_well) * (one.volunteer_id in need.went_well_with))


def best_by_loop(need: Need, offers: list[VolunteerOffer], k: int, now: datetime) -> list[tuple[int, float]]:
    """What asking every rule of everybody gives: (volunteer, score), best first."""
    fit = [one for one in offers if not objections(need, seen(need, one))]
    marked = [(-score(need, one, now), one.volunteer_id) for one in fit]
    return [(volunteer_id, float(-points)) for points, volunteer_id in sorted(marked)[:k]]


def first_objections_by_loop(need: Need, offers: list[VolunteerOffer]) -> dict[str, int]:
    """By rule: for how many it is the first against."""
    counts: dict[str, int] = {}
    for one in offers:
        found: list[Reason] = objections(need, seen(need, one))
        if found:
            counts[found[0].rule] = counts.get(found[0].rule, 0) + 1
    return counts
