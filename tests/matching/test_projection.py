import random

import numpy as np
import pytest
from geopy.distance import geodesic

from leuvenhelpt.matching.projection import point_on_plane, to_plane

PLACES = [
    (random.Random(seed).uniform(49.5, 51.5), random.Random(-seed).uniform(2.5, 6.4)) for seed in range(60)
]


def test_a_distance_on_the_plane_is_true_to_seven_in_ten_thousand_anywhere_in_belgium() -> None:
    rng = random.Random(3)
    for lat, lon in PLACES:
        other = (lat + rng.uniform(-0.4, 0.4), lon + rng.uniform(-0.6, 0.6))
        x, y = to_plane([lat, other[0]], [lon, other[1]])
        assert np.hypot(x[1] - x[0], y[1] - y[0]) == pytest.approx(
            geodesic((lat, lon), other).km, rel=0.0007, abs=0.0002
        )


def test_one_place_is_put_where_many_are() -> None:
    x, y = to_plane(*zip(*PLACES, strict=True))
    assert [point_on_plane(*place) for place in PLACES] == list(zip(x, y, strict=True))


def test_no_place_is_nowhere() -> None:
    x, y = to_plane([float("nan")], [float("nan")])
    assert np.isnan(x).all()
    assert np.isnan(y).all()
