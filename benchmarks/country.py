"""A made-up country of volunteers in columns: towns by population, a few kinds of help each."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import AVAILABLE, HOUR_BITS, NEWCOMER, NOTICE, Columns, empty
from leuvenhelpt.matching.projection import to_plane
from leuvenhelpt.matching.vocabulary import ASKABLE, LANGUAGE_BITS, Vocabulary

NOW = datetime(2026, 6, 2, 9, tzinfo=UTC)
KINDS = tuple(f"kind {number}" for number in range(20))
LANGUAGES = tuple(f"language {number}" for number in range(8))
REACH_KM = (2, 3, 5, 8, 10, 15, 25, 50)
REACH_SHARE = (0.12, 0.16, 0.26, 0.16, 0.14, 0.09, 0.05, 0.02)

# Latitude, longitude and thousands of inhabitants of Belgium's larger towns.
TOWNS = np.array([
    (51.22, 4.40, 530), (51.05, 3.72, 265), (50.41, 4.44, 203), (50.63, 5.57, 196), (50.85, 4.35, 190),
    (50.87, 4.38, 130), (50.86, 4.31, 120), (51.21, 3.22, 119), (50.47, 4.87, 112), (50.83, 4.31, 122),
    (50.88, 4.70, 103), (50.84, 4.33, 97), (50.45, 3.95, 96), (50.82, 4.37, 87), (50.94, 4.04, 89),
    (51.03, 4.48, 88), (50.83, 4.34, 83), (50.80, 4.34, 83), (50.48, 4.19, 81), (50.93, 5.34, 80),
    (51.17, 4.14, 79), (50.83, 3.26, 78), (51.22, 2.92, 72), (50.61, 3.39, 69), (50.97, 5.50, 67),
    (50.61, 5.51, 63), (50.95, 3.12, 64), (50.83, 4.41, 58), (50.73, 4.24, 41), (50.59, 5.86, 55),
    (50.52, 4.24, 20), (51.02, 4.10, 46), (51.32, 4.95, 46), (50.88, 4.41, 42), (51.13, 4.57, 37),
    (51.18, 4.83, 28), (50.98, 4.83, 30), (50.81, 4.94, 35), (50.79, 5.46, 31), (50.98, 5.05, 24),
    (51.19, 5.11, 37), (51.21, 5.41, 22), (51.10, 3.99, 42), (50.84, 3.60, 31), (50.77, 3.88, 34),
    (50.85, 2.89, 35), (51.07, 2.66, 26), (51.13, 2.75, 12), (51.34, 3.29, 33), (50.72, 4.61, 34),
    (50.67, 4.61, 31), (50.60, 4.33, 30), (50.31, 5.31, 17), (49.68, 5.81, 30), (50.00, 5.72, 16),
    (50.23, 5.34, 11), (50.26, 4.91, 13), (50.41, 6.03, 11), (50.63, 6.03, 20), (50.49, 5.10, 21),
])  # fmt: skip


@dataclass(frozen=True)
class Country:
    """Volunteers in columns with what their bits mean, and their degrees for engines that want those."""

    columns: Columns
    vocabulary: Vocabulary
    lat: np.ndarray
    lon: np.ndarray


def _places(rng: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    town = TOWNS[rng.choice(len(TOWNS), size, p=TOWNS[:, 2] / TOWNS[:, 2].sum())]
    lat = town[:, 0] + rng.normal(0, 0.025, size)
    lon = town[:, 1] + rng.normal(0, 0.04, size)
    rural = rng.random(size) < 0.25
    lat[rural], lon[rural] = rng.uniform(50.2, 51.3, rural.sum()), rng.uniform(3.0, 5.7, rural.sum())
    return lat, lon


def _bits(rng: np.random.Generator, size: int, bits: int, draws: int) -> np.ndarray:
    chosen = rng.integers(0, bits, (draws, size)).astype(np.uint64)
    return np.asarray(np.bitwise_or.reduce(np.uint64(1) << chosen, axis=0))


def country(size: int, seed: int = 1) -> Country:
    """So many volunteers; one in ten paused, one in five out of asks this week."""
    rng, vocabulary = np.random.default_rng(seed), Vocabulary()
    vocabulary.word(KINDS, LANGUAGES)
    lat, lon = _places(rng, size)
    languages = np.where(rng.random(size) < 0.6, 1, 2).astype(np.uint64) | _bits(rng, size, len(LANGUAGES), 1)
    available, asks_left = rng.random(size) < 0.9, rng.integers(0, 5, size)
    word = _bits(rng, size, len(KINDS), 3) << np.uint64(LANGUAGE_BITS) | languages
    word[available & (asks_left > 0)] |= np.uint64(ASKABLE)
    hours, vetting = _bits(rng, size, ALWAYS.bit_length(), 6), rng.integers(0, 4, size).astype(np.uint64)
    vouched = ((np.uint64(1) << vetting) - np.uint64(1)) << np.uint64(HOUR_BITS)
    newcomer = rng.random(size) < 0.3
    columns = empty(size)
    columns.word[:], columns.volunteer_id[:] = word, np.arange(1, size + 1)
    facts = columns.facts
    facts["x"], facts["y"] = to_plane(lat, lon)
    facts["times"] = vouched | hours
    facts["reach_km"] = rng.choice(np.array(REACH_KM, np.float32), size, p=REACH_SHARE)
    facts["day"] = rng.integers(9000, 9640, size)
    facts["flags"] = AVAILABLE * available | NOTICE | NEWCOMER * newcomer
    facts["means"] = rng.integers(1, 5, size)
    facts["asks_left"] = asks_left
    facts["asked_recently"] = rng.poisson(0.7, size)
    facts["said_yes"], facts["said_no"] = rng.poisson(1, size), rng.poisson(1, size)
    return Country(columns, vocabulary, lat, lon)


def needs(size: int, seed: int = 2) -> list[Need]:
    """So many needs at places where people live."""
    rng = np.random.default_rng(seed)
    lat, lon = _places(rng, size)
    return [
        Need(
            help_request_id=number,
            kind=KINDS[rng.integers(len(KINDS))],
            languages=frozenset({LANGUAGES[rng.integers(2)], LANGUAGES[rng.integers(len(LANGUAGES))]}),
            hours=int(_bits(rng, 1, 21, 4)[0]),
            lat=float(lat[number]),
            lon=float(lon[number]),
            vetting=int(rng.integers(2)),
            wanted_by=NOW,
        )
        for number in range(size)
    ]
