import random
from dataclasses import replace

import numpy as np
import pytest

from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.matching.pool import Pool
from tests.matching import cities
from tests.matching.cities import NOW


def city(rng: random.Random) -> tuple[Pool, int, float]:
    """A pool in which some came, moved or left since it was settled; how many, and how far apart they live."""
    size, spread = rng.choice([(1, 0.05), (30, 0.01), (300, 0.05), (300, 0.6)])
    pool = Pool.from_offers([cities.offer(rng, number, spread) for number in range(1, size + 1)], NOW)
    for _ in range(size // 10):
        pool.apply(cities.offer(rng, rng.randrange(1, size + 20), spread))
        pool.forget(rng.randrange(1, size + 1))
    return pool, size, spread


@pytest.mark.parametrize("seed", range(12))
def test_lists_are_what_each_need_finds_alone(seed: int) -> None:
    rng = random.Random(seed)
    pool, size, spread = city(rng)
    needs = [cities.need(rng, size, spread) for _ in range(80)]
    k = rng.choice([1, 3, 10, 1000])
    assert pool.lists(needs, k) == [[(c.volunteer_id, c.score) for c in pool.best(need, k)] for need in needs]


def helper(volunteer_id: int, **facts: object) -> VolunteerOffer:
    """A volunteer whom `NEED` lets through."""
    one = cities.offer(random.Random(volunteer_id), volunteer_id)
    suits = {"kinds": frozenset({"dog"}), "hours": 1, "vetting": 3, "is_available": True, "has_notice": True}
    return replace(one, **{**suits, "asks_left": 1, **facts})


NEED = replace(cities.need(random.Random(3), 0), kind="dog", languages=frozenset(), hours=1, vetting=0)


def test_between_many_equals_each_list_has_the_lowest_ids() -> None:
    one = helper(1, lat=50.88, lon=4.70, reach_km=50.0)
    pool = Pool.from_offers([replace(one, volunteer_id=number) for number in range(900, 0, -1)], NOW)
    found = pool.lists([replace(NEED, lat=lat, lon=4.70) for lat in np.linspace(50.6, 51.1, 40)], 3)
    assert [[number for number, _ in best] for best in found] == [[1, 2, 3]] * 40


def test_who_lives_beyond_the_corner_of_a_tile_is_on_the_lists_of_it() -> None:
    rng = random.Random(4)

    def place() -> dict[str, float]:
        return {"lat": rng.uniform(50.8, 51.0), "lon": rng.uniform(4.55, 4.85)}

    pool = Pool.from_offers([helper(number, **place(), reach_km=1.0) for number in range(1, 500)], NOW)
    needs = [replace(NEED, **place()) for _ in range(800)]
    found = pool.lists(needs, 5)
    assert sum(map(len, found)) > 800
    assert found == [pool.best_ids(need, 5) for need in needs]


def test_who_moved_or_left_since_is_listed_as_of_now() -> None:
    pool = Pool.from_offers([helper(number, lat=50.88, lon=4.70, reach_km=1.0) for number in (1, 2, 3)], NOW)
    pool.apply(helper(2, lat=51.2, lon=4.4, reach_km=1.0))
    needs = [replace(NEED, lat=lat, lon=lon) for lat, lon in ((50.88, 4.70), (51.2, 4.4))]
    assert [sorted(number for number, _ in best) for best in pool.lists(needs)] == [[1, 3], [2]]
    pool.forget(1)
    assert [sorted(number for number, _ in best) for best in pool.lists(needs)] == [[3], [2]]


def test_nobody_and_nothing_asked_have_no_lists() -> None:
    assert Pool.from_offers([], NOW).lists([NEED, NEED]) == [[], []]
    assert Pool.from_offers([helper(1)], NOW).lists([]) == []
