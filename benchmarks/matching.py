"""Best ten of N volunteers: our pool against what people would otherwise write, interleaved need by need.

    python -m benchmarks.matching --volunteers 1000000 --json

CPU time of one process; `exact` says whether every answer was that of a scan over everybody. `in_a_row`: the pool
alone, asked one need after another as a worker does that drains what waits.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from time import perf_counter, process_time_ns

import numpy as np
from numba import njit

from benchmarks import rivals
from benchmarks.country import KINDS, LANGUAGES, NOW, Country, country, needs
from benchmarks.postgis import postgis
from leuvenhelpt.domain.messages import Need, VolunteerOffer
from leuvenhelpt.matching.loops import stretch_of
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.questions import questions_of
from leuvenhelpt.matching.weights import WEIGHTS

Clock = Callable[[], int]
WARM_UP = 20
SLOW = {"geopy_loop": 20_000, "sql_haversine": 2_000_000}


@njit()
def _read_words(word: np.ndarray, lookup: tuple[np.ndarray, ...], x: float, y: float) -> int:
    bands, starts, box = lookup
    seen = np.uint64(0)
    for band in bands:
        begin, end = stretch_of(band, x - box[0], y - box[1], starts)
        for one in word[begin:end]:
            seen |= one
    return seen


def floor_of(pool: Pool, country: Country) -> rivals.Engine:
    """Reading the words of the same cells and nothing more, compiled like the pool's own loop."""

    def ask(need: Need) -> list[int]:
        question = questions_of([need], country.vocabulary, WEIGHTS).rows[0]
        settled = pool._settled  # the floor lies inside the engine
        _read_words(settled.columns.word, settled.lookup, question["x"], question["y"])
        return []

    return ask


def engines_for(land: Country, pool: Pool) -> dict[str, rivals.Engine]:
    """All engines that answer in bearable time at this size."""
    engines: dict[str, rivals.Engine] = {
        "pool": lambda need: [one for one, _ in pool.best_ids(need, 10)],
        "pool_with_reasons": lambda need: [one.volunteer_id for one in pool.best(need, 10)],
        "floor": floor_of(pool, land),
        "numpy_scan": rivals.scan(land),
        "balltree": rivals.balltree(land),
        "balltree_distances": rivals.balltree_distances(land),
        "balltree_by_reach": rivals.balltree_by_reach(land),
        "sql_haversine": rivals.sql_haversine(land),
    }
    if len(land.columns) <= SLOW["geopy_loop"]:
        engines["geopy_loop"] = rivals.geopy_loop(land)
    return engines


def race(
    engines: dict[str, rivals.Engine], asked: list[Need], rounds: int = 1, clocks: Mapping[str, Clock] = {}
) -> dict[str, dict[str, object]]:
    """CPU milliseconds and exactness of each engine, all asked each need in turn.

    Of several rounds the quickest answer to each need counts: what other processes do to the caches is not ours.
    `clocks`: nanoseconds of CPU, for engines that work in another process too.
    """
    spent: dict[str, dict[int, float]] = {name: {} for name in engines}
    is_exact = dict.fromkeys(engines, True)
    shuffle = np.random.default_rng(4).permutation
    for number, need in list(enumerate(asked)) * rounds:
        answers: dict[str, list[int]] = {}
        # Each time in another order: who comes after another may find the same rows in the processor's cache.
        for name in shuffle(list(engines)).tolist():
            if name == "geopy_loop" and number >= 12:
                continue
            clock = clocks.get(name, process_time_ns)
            start = clock()
            answers[name] = engines[name](need)
            took = (clock() - start) / 1e6
            spent[name][number] = min(took, spent[name].get(number, took))
        for name, answer in answers.items():
            is_exact[name] &= answer == answers.get("numpy_scan", answer)
    return {name: _figures(list(spent[name].values())) | {"exact": is_exact[name]} for name in engines}


def _figures(spent: list[float]) -> dict[str, object]:
    p50, p99 = np.percentile(spent, [50, 99])
    return {"p50_ms": round(p50, 4), "p99_ms": round(p99, 4), "mean_ms": round(float(np.mean(spent)), 4)}


def freshness(pool: Pool, changes: int = 2000) -> dict[str, float]:
    """CPU milliseconds to apply a change, half in place and half a move."""
    spent = []
    for number in range(changes):
        one = VolunteerOffer(
            volunteer_id=number + 1, kinds=frozenset(KINDS[:2]), languages=frozenset(LANGUAGES[:1]), hours=7,
            lat=50.9, lon=4.7 + number * 1e-5, reach_km=5, means="bike", vetting=0, is_available=True,
            has_notice=True, asks_left=1, asked_recently=number % 3, said_yes=1, said_no=0, last_asked=NOW,
            since=NOW,
        )  # fmt: skip
        start = process_time_ns()
        pool.apply(one)
        spent.append((process_time_ns() - start) / 1e6)
    return {"p50_ms": round(float(np.median(spent)), 4), "p99_ms": round(float(np.percentile(spent, 99)), 4)}


def run(
    land: Country, engines: dict[str, rivals.Engine], asked: list[Need], rounds: int, dsn: str
) -> dict[str, dict[str, object]]:
    """The race of all engines, PostGIS among them if there is one, after a few needs that do not count."""
    clocks: dict[str, Clock] = {}
    with ExitStack() as stack:
        if dsn:
            rival = stack.enter_context(postgis(dsn, land))
            engines |= {"postgis_reach_box": rival.best, "postgis_knn": rival.nearest}
            clocks = dict.fromkeys(("postgis_reach_box", "postgis_knn"), rival.cpu_ns)
        quick = {name: engine for name, engine in engines.items() if name not in SLOW}
        race(quick, asked[:WARM_UP], 1, clocks)
        return race(engines, asked[WARM_UP:], rounds, clocks)


def measure(volunteers: int, questions: int, rounds: int = 1, dsn: str = "") -> dict[str, object]:
    """The whole report."""
    land = rivals.prepared(country(volunteers))
    start = perf_counter()
    pool = Pool.from_columns(land.columns, land.vocabulary, NOW, WEIGHTS)
    built = perf_counter() - start
    asked = needs(questions + WARM_UP)
    engines = engines_for(land, pool)
    figures = run(land, engines, asked, rounds, dsn)
    alone = race({"pool": engines["pool"]}, asked[WARM_UP:], rounds)["pool"]
    mean = figures["pool"]["mean_ms"]
    ratios = {name: round(float(str(one["mean_ms"])) / float(str(mean)), 2) for name, one in figures.items()}
    return {
        "volunteers": volunteers, "questions": questions, "engines": figures, "mean_over_pool": ratios,
        "in_a_row": {name: alone[name] for name in ("p50_ms", "p99_ms", "mean_ms")},
        "build_s": round(built, 3), "bytes_each": round(pool.nbytes / volunteers, 1), "apply": freshness(pool),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--volunteers", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument(
        "--rounds", type=int, default=1, help="ask all so often, and count the quickest of each"
    )
    parser.add_argument("--postgis", default="", help="a DSN; see benchmarks/postgis.py")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    report = measure(arguments.volunteers, arguments.questions, arguments.rounds, arguments.postgis)
    print(json.dumps(report, indent=None if arguments.json else 1))


if __name__ == "__main__":
    main()
