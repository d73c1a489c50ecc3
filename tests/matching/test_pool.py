import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import process_time

import numpy as np
import pytest

from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.domain.messages import Need, Reason, VolunteerOffer
from leuvenhelpt.matching.columns import columns_from
from leuvenhelpt.matching.pool import Dropped, Pool
from leuvenhelpt.matching.rules import merits, objections
from leuvenhelpt.matching.sight import weighed
from leuvenhelpt.matching.vocabulary import Vocabulary
from leuvenhelpt.matching.weights import WEIGHTS
from tests.matching import cities
from tests.matching.cities import NOW


def vera(volunteer_id: int = 1, **facts: object) -> VolunteerOffer:
    """A volunteer whom any rule lets through."""
    one = VolunteerOffer(
        volunteer_id=volunteer_id,
        kinds=frozenset({"groceries"}),
        languages=frozenset({"nl", "tr"}),
        hours=0b111,
        lat=50.880,
        lon=4.700,
        reach_km=2.0,
        means="bike",
        vetting=1,
        is_available=True,
        has_notice=True,
        asks_left=2,
        asked_recently=0,
        said_yes=0,
        said_no=0,
        last_asked=None,
        since=NOW - timedelta(days=30),
        area="centrum",
    )
    return replace(one, **facts)


AN = Need(
    help_request_id=1,
    kind="groceries",
    languages=frozenset({"tr"}),
    hours=0b110,
    lat=50.880,
    lon=4.705,
    vetting=0,
    wanted_by=NOW + timedelta(days=1),
    area="centrum",
)


def found(pool: Pool, need: Need = AN, k: int = 10) -> list[int]:
    return [candidate.volunteer_id for candidate in pool.best(need, k)]


@pytest.mark.parametrize("seed", range(16))
def test_best_and_why_not_are_what_a_plain_loop_finds(seed: int) -> None:
    rng = random.Random(seed)
    size, spread = rng.choice([(1, 0.05), (30, 0.01), (300, 0.05), (300, 0.6)])
    offers = [cities.offer(rng, number, spread) for number in range(1, size + 1)]
    pool = Pool.from_offers(offers, NOW)
    for _ in range(12):
        need, k = cities.need(rng, size, spread), rng.choice([1, 3, 10, 1000])
        loop = cities.best_by_loop(need, offers, k, NOW)
        assert [(c.volunteer_id, c.score) for c in pool.best(need, k)] == loop
        assert {one.rule: one.count for one in pool.why_not(need)} == cities.first_objections_by_loop(
            need, offers
        )
        some = rng.choice(offers)
        seen = cities.seen(need, some)
        assert pool.explain(need, some.volunteer_id) == objections(need, seen) + merits(need, seen)
        assert weighed(need, [some])[some.volunteer_id] == pool.explain(need, some.volunteer_id)


@pytest.mark.parametrize("seed", range(4))
def test_a_change_is_seen_by_the_next_question(seed: int) -> None:
    rng = random.Random(seed)
    offers = {number: cities.offer(rng, number) for number in range(1, 120)}
    pool = Pool.from_offers(offers.values(), NOW)
    for _ in range(150):
        changed = cities.offer(rng, rng.randrange(1, 160))
        offers[changed.volunteer_id] = changed
        pool.apply(changed)
        need = cities.need(rng, 100)
        loop = cities.best_by_loop(need, list(offers.values()), 5, NOW)
        assert [(c.volunteer_id, c.score) for c in pool.best(need, 5)] == loop
    assert len(pool) == len(offers)


def test_a_later_day_reckons_waiting_anew() -> None:
    rng = random.Random(7)
    offers = [cities.offer(rng, number) for number in range(1, 200)]
    pool, later = Pool.from_offers(offers, NOW), NOW + timedelta(days=17)
    need = cities.need(rng, 100)
    loop = cities.best_by_loop(need, offers, 9, later)
    assert [(c.volunteer_id, c.score) for c in pool.best(need, 9, now=later)] == loop


def test_reasons_carry_the_facts_of_their_sentence() -> None:
    pool = Pool.from_offers([vera(said_yes=2)], NOW)
    (candidate,) = pool.best(replace(AN, went_well_with=frozenset({1})))
    assert candidate.distance_km == pytest.approx(0.352, abs=0.002)
    assert candidate.reasons == (
        Reason("went_well"),
        Reason("near", facts={"distance_km": round(candidate.distance_km, 3), "band": "under_1_km"}),
        Reason("speaks", facts={"languages": "tr"}),
        Reason("free_then", facts={"hours": 0b110}),
        Reason("rarely_asked", facts={"asked_recently": 0}),
        Reason("newcomer"),
        Reason("helped_before", facts={"said_yes": 2}),
        Reason("same_area", facts={"area": "centrum"}),
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"kinds": frozenset({"dog"})}, "kind"),
        ({"languages": frozenset({"nl"})}, "language"),
        ({"reach_km": 0.3}, "reach"),
        ({"reach_km": 0.0}, "reach"),
        ({"hours": 0b1}, "hours"),
        ({"hours": 0}, "hours"),
        ({"is_available": False}, "paused"),
        ({"has_notice": False}, "notice"),
        ({"asks_left": 0}, "weekly_limit"),
        ({"lat": None, "lon": None}, "no_place"),
    ],
)
def test_each_limit_of_a_volunteer_counts(change: dict[str, object], rule: str) -> None:
    pool = Pool.from_offers([vera()], NOW)
    assert found(pool) == [1]
    pool.apply(vera(**change))
    assert found(pool) == []
    assert [(one.rule, one.count) for one in pool.why_not(AN)] == [(rule, 1)]
    assert [reason.rule for reason in pool.explain(AN, 1) if not reason.is_for] == [rule]
    assert [candidate.volunteer_id for candidate in pool.nearly(AN)] == [1]


def test_vetting_and_exclusion_count() -> None:
    pool = Pool.from_offers([vera()], NOW)
    assert found(pool, replace(AN, vetting=2)) == []
    assert found(pool, replace(AN, excluded=frozenset({1}))) == []
    assert pool.nearly(replace(AN, excluded=frozenset({1}))) == []


def test_help_from_home_needs_no_place() -> None:
    pool = Pool.from_offers([vera(lat=None, lon=None), vera(2, reach_km=0.0)], NOW)
    candidates = pool.best(replace(AN, lat=None, lon=None))
    assert [(one.volunteer_id, one.distance_km) for one in candidates] == [(1, None), (2, None)]


def test_who_was_asked_least_comes_before_who_is_a_little_nearer() -> None:
    nearer = vera(1, lat=50.8801, lon=4.7049, asked_recently=3, last_asked=NOW)
    assert found(Pool.from_offers([nearer, vera(2)], NOW)) == [2, 1]


def test_between_equals_the_lower_id_comes_first_however_many() -> None:
    pool = Pool.from_offers([vera(number) for number in range(5000, 0, -1)], NOW)
    assert found(pool, k=4) == [1, 2, 3, 4]


def test_an_empty_pool_answers() -> None:
    pool = Pool.from_offers([], NOW)
    assert (pool.best(AN), pool.why_not(AN), pool.nearly(AN), len(pool)) == ([], [], [], 0)
    pool.apply(vera())
    assert found(pool) == [1]
    with pytest.raises(NotFound):
        pool.explain(AN, 99)


def test_the_night_the_clocks_change_is_a_day_like_others() -> None:
    night = datetime(2026, 10, 25, 0, 59, tzinfo=UTC)
    pool = Pool.from_offers([vera()], night)
    assert [c.score for c in pool.best(AN, now=night)] == [
        c.score for c in pool.best(AN, now=night + timedelta(hours=2))
    ]


def test_whoever_lives_far_from_all_others_is_found_there_and_harms_nobody() -> None:
    places = [(50.88, 4.70), (51.2, 2.9), (36.7, -4.4), (-33.9, 151.2), (89.9, 0.0)]
    offers = [vera(number, lat=lat, lon=lon, reach_km=30) for number, (lat, lon) in enumerate(places)]
    pool = Pool.from_offers(offers, NOW)
    for number, (lat, lon) in enumerate(places):
        assert found(pool, replace(AN, lat=lat, lon=lon)) == [number]
    assert found(pool, replace(AN, lat=52.5, lon=13.4)) == []


def test_a_need_beside_all_volunteers_finds_who_comes_that_far() -> None:
    offers = [
        vera(number, lon=4.70 + number / 100, reach_km=reach) for number, reach in enumerate((1, 20, 50))
    ]
    pool = Pool.from_offers(offers, NOW)
    assert found(pool, replace(AN, lat=50.88, lon=4.50)) == [1, 2]
    assert found(pool, replace(AN, lat=51.25, lon=4.70)) == [2]


def test_a_million_in_one_place_are_told_apart_by_their_number() -> None:
    vocabulary = Vocabulary()
    columns = columns_from([vera()], vocabulary).taken(np.zeros(1_000_000, np.intp))
    columns.volunteer_id[:] = np.arange(1_000_000, 0, -1)
    pool = Pool.from_columns(columns, vocabulary, NOW, WEIGHTS)
    assert found(Pool.from_offers([vera()], NOW)) == [1]  # whatever compiles, compiles here
    start = process_time()
    assert found(pool, k=3) == [1, 2, 3]
    assert process_time() - start < 2
    assert found(pool, replace(AN, lat=None, lon=None), k=3) == [1, 2, 3]
    some = replace(AN, excluded=frozenset({1, 3}), went_well_with=frozenset({77, 999_999}))
    assert found(pool, some, k=4) == [77, 999_999, 2, 4]
    assert pool.lists([some, AN], k=3) == [pool.best_ids(some, 3), pool.best_ids(AN, 3)]
    pool.apply(vera(2, asked_recently=1))
    assert found(pool, k=3) == [1, 3, 4]
    assert pool.why_not(replace(AN, hours=0b1000)) == [Dropped("hours", 1_000_000)]
