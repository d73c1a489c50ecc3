"""What people would otherwise write: each answers the ids of the best ten, on the same data."""

import sqlite3
from collections.abc import Callable
from math import radians

import numpy as np
from sklearn.neighbors import BallTree

from benchmarks.country import NOW, Country
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.columns import HOUR_BITS, Columns, Rows, day_of
from leuvenhelpt.matching.grid import REACHES_KM
from leuvenhelpt.matching.questions import questions_of, wishes_of
from leuvenhelpt.matching.rules import objections
from leuvenhelpt.matching.sight import distances, volunteers_at
from leuvenhelpt.matching.vocabulary import LANGUAGE_BITS
from leuvenhelpt.matching.weights import MINUTES_PER_KM, WAY_MINUTES, WEIGHTS

Engine = Callable[[Need], list[int]]
EARTH_KM = 6371.0088


def _asked(country: Country, need: Need) -> np.void:
    return questions_of([need], country.vocabulary, WEIGHTS).rows[0]


def _whose_word_suits(country: Country, need: Need, rows: Rows) -> Rows:
    question = _asked(country, need)
    return rows[country.columns.word[rows] & question["mask"] >= question["least"]]


def _ranked(country: Country, need: Need, rows: Rows, k: int = 10) -> list[int]:
    """The best of some rows: the other rules and the points, in NumPy."""
    question, wishes = _asked(country, need), wishes_of(WEIGHTS)[0]
    rows = _whose_word_suits(country, need, rows)
    some = country.columns.taken(rows)
    far = distances(some, need)
    free = some.facts["times"] & question["times"] >= question["least_times"]
    fit = np.flatnonzero(free & (far <= some.facts["reach_km"]))
    facts, ids = some.facts[fit], some.volunteer_id[fit]
    score = facts["standing"] + np.maximum(
        wishes["near"] - far[fit] * wishes["paces"][facts["means"]], np.float32(0)
    )
    score += np.bitwise_count(facts["times"] & question["hours"]).astype(np.float32) * question["an_hour"]
    if len(score) > k:
        leading = np.flatnonzero(score >= np.partition(score, -k)[-k])
        score, ids = score[leading], ids[leading]
    return [int(number) for number in ids[np.lexsort((ids, -score))][:k]]


def scan(country: Country) -> Engine:
    """NumPy over all rows, the word first: the oracle of the large runs."""

    def ask(need: Need) -> list[int]:
        question, word = _asked(country, need), country.columns.word
        return _ranked(country, need, np.flatnonzero(word & question["mask"] >= question["least"]))

    return ask


def _balltree(country: Country, rows: Rows) -> BallTree:
    return BallTree(np.radians(np.column_stack([country.lat[rows], country.lon[rows]])), metric="haversine")


def balltree(country: Country) -> Engine:
    """scikit-learn's BallTree asked for rows only, then our own filter: our word first, distances last."""
    tree = _balltree(country, np.arange(len(country.columns)))
    furthest = float(country.columns.facts["reach_km"].max()) * 1.005 / EARTH_KM

    def ask(need: Need) -> list[int]:
        at = [[radians(need.lat or 0), radians(need.lon or 0)]]
        return _ranked(country, need, tree.query_radius(at, furthest)[0])

    return ask


def balltree_distances(country: Country) -> Engine:
    """The same as most would write it: the tree gives the distances too, and each fact is a table of its own."""
    columns, tree = country.columns, _balltree(country, np.arange(len(country.columns)))
    reach = (
        np.ascontiguousarray(columns.facts["reach_km"]) * 1.005 / EARTH_KM
    )  # a sphere is that far off at most
    furthest = float(reach.max())
    bits = np.arange(63, dtype=np.uint64)
    has = np.stack([columns.word >> bit & np.uint64(1) for bit in bits]).astype(bool)
    may_be_asked = columns.word >> np.uint64(63) != 0

    def ask(need: Need) -> list[int]:
        at = [[radians(need.lat or 0), radians(need.lon or 0)]]
        found, far = tree.query_radius(at, furthest, return_distance=True)
        rows = found[0][far[0] <= reach[found[0]]]
        kind = country.vocabulary.kinds.find(need.kind)
        spoken = [country.vocabulary.languages.number(name) for name in need.languages]
        rows = rows[may_be_asked[rows] & has[LANGUAGE_BITS + (kind or 0)][rows]]
        return _ranked(country, need, rows[has[spoken][:, rows].any(axis=0)])

    return ask


def balltree_by_reach(country: Country) -> Engine:
    """One BallTree for each class of reach: the better way to use it."""
    reach_class = np.searchsorted(REACHES_KM, country.columns.facts["reach_km"])
    groups = [np.flatnonzero(reach_class == number) for number in np.unique(reach_class)]
    trees = [(rows, _balltree(country, rows), REACHES_KM[reach_class[rows[0]]]) for rows in groups]

    def ask(need: Need) -> list[int]:
        at = [[radians(need.lat or 0), radians(need.lon or 0)]]
        found = [rows[tree.query_radius(at, reach * 1.005 / EARTH_KM)[0]] for rows, tree, reach in trees]
        return _ranked(country, need, np.concatenate(found))

    return ask


def geopy_loop(country: Country) -> Engine:
    """A loop over everybody with geopy's geodesic, then the rules, then a sort."""
    from geopy.distance import geodesic  # noqa: PLC0415  # only this rival needs it

    columns = country.columns
    oracle = scan(country)

    def ask(need: Need) -> list[int]:
        place = (need.lat, need.lon)
        fit = []
        for row in range(len(columns)):
            if geodesic(place, (country.lat[row], country.lon[row])).km <= columns.facts["reach_km"][row]:
                (volunteer,) = volunteers_at(columns, [row], need, country.vocabulary)
                if not objections(need, volunteer):
                    fit.append(volunteer.volunteer_id)
        return _ranked(country, need, np.array(fit, np.intp) - 1) if fit else oracle(need)[:0]

    return ask


_SQL = """
WITH near AS (
  SELECT id, standing, means, hours, reach, 2 * 6371.0088 * asin(sqrt(
      pow(sin(radians(lat - :lat) / 2), 2)
      + cos(radians(lat)) * cos(radians(:lat)) * pow(sin(radians(lon - :lon) / 2), 2))) AS km
  FROM volunteer
  WHERE askable AND (word & :kind) != 0 AND (word & :languages) != 0 AND (hours & :hours) != 0
    AND vetting >= :vetting)
SELECT id FROM near WHERE km <= reach
ORDER BY standing + max(0, :near - km * :near * pace(means)) + bits(hours & :hours) * :per_hour DESC, id
LIMIT 10
"""


def _table(columns: Columns, country: Country) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE TABLE volunteer (id INTEGER PRIMARY KEY, word INT, hours INT, askable INT, lat REAL,"
        " lon REAL, reach REAL, standing REAL, vetting INT, means INT)"
    )
    word = (columns.word & np.uint64((1 << 63) - 1)).tolist()
    askable = (columns.word >> np.uint64(63)).tolist()
    vetting = np.bitwise_count(columns.facts["times"] >> np.uint32(HOUR_BITS))
    rows = zip(
        columns.volunteer_id.tolist(), word, (columns.facts["times"] & ALWAYS).tolist(), askable, country.lat.tolist(),
        country.lon.tolist(), columns.facts["reach_km"].tolist(), columns.facts["standing"].tolist(), vetting.tolist(),
        columns.facts["means"].tolist(), strict=True,
    )  # fmt: skip
    db.executemany("INSERT INTO volunteer VALUES (?,?,?,?,?,?,?,?,?,?)", rows)
    paces = [minutes / WAY_MINUTES for minutes in MINUTES_PER_KM.values()]
    db.create_function("pace", 1, paces.__getitem__, deterministic=True)
    db.create_function("bits", 1, int.bit_count, deterministic=True)
    return db


def sql_haversine(country: Country) -> Engine:
    """SQLite in memory, haversine over the rows that fit: on a sphere, so not the same promise of reach."""
    db = _table(country.columns, country)

    def ask(need: Need) -> list[int]:
        kind = country.vocabulary.word([need.kind], [])
        languages = country.vocabulary.word([], need.languages)
        facts = {
            "lat": need.lat, "lon": need.lon, "kind": kind, "languages": languages, "hours": need.hours,
            "vetting": need.vetting, "near": WEIGHTS.near, "per_hour": WEIGHTS.hours / need.hours.bit_count(),
        }  # fmt: skip
        return [row[0] for row in db.execute(_SQL, facts)]

    return ask


def prepared(country: Country) -> Country:
    """The same country with `standing` reckoned, which every engine may use."""
    country.columns.stand(day_of(NOW), WEIGHTS)
    return country
