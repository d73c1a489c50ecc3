"""Many requests at once: our auction against SciPy's sparse matching, on the pool's own lists of twenty.

    python -m benchmarks.together --requests 100000 --volunteers 150000 --json
    python -m benchmarks.together --requests 100000 --volunteers 150000 --capacity 3

CPU seconds of one process, one after the other; the gap is what the auction certifies of itself. `--capacity 3`:
volunteers take one to three; SciPy then gets a column for each of their places.
"""

import argparse
import json
from time import process_time

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.country import NOW, country, needs
from leuvenhelpt.matching.assignment import NOBODY, Gains, Whole, assign
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.weights import WEIGHTS

LIST = 20


def lists(requests: int, volunteers: int) -> tuple[Whole, Gains, float]:
    """The best twenty of the pool for each need; and the CPU seconds, what was made up before not counted."""
    land, asked = country(volunteers), needs(requests)
    Pool.from_offers([], NOW).lists(asked[:1])  # loads or compiles, as a worker does before it listens
    start = process_time()
    pool = Pool.from_columns(land.columns, land.vocabulary, NOW, WEIGHTS)
    candidates, gains = np.full((requests, LIST), NOBODY), np.zeros((requests, LIST))
    for row, found in enumerate(pool.lists(asked, LIST)):
        if found:
            numbers, scores = zip(*found, strict=True)
            candidates[row, : len(found)] = np.array(numbers) - 1
            gains[row, : len(found)] = scores
    return candidates, gains, process_time() - start


def scipy_gain(candidates: Whole, gains: Gains, capacity: Whole) -> float:
    """The optimum by SciPy: each request has a column of its own that stands for nobody, at no gain."""
    requests = len(candidates)
    row, place = np.nonzero(candidates != NOBODY)
    volunteer = candidates[row, place]
    copies, end = capacity[volunteer], np.cumsum(capacity)
    which = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    columns = np.repeat((end - capacity)[volunteer], copies) + which
    rows = np.concatenate([np.repeat(row, copies), np.arange(requests)])
    columns = np.concatenate([columns, end[-1] + np.arange(requests)])
    costs = np.concatenate([10.0 - np.repeat(gains[row, place], copies), np.full(requests, 10.0)])
    table = csr_array(coo_array((costs, (rows, columns)), shape=(requests, end[-1] + requests)))
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    chosen_rows, chosen = min_weight_full_bipartite_matching(table)
    return float(10.0 * requests - np.asarray(table[chosen_rows, chosen]).sum())


def one_by_one(candidates: Whole, gains: Gains, capacity: Whole) -> float:
    """First come, first served: each takes the best that is left."""
    free, total = np.append(capacity, 0), 0.0
    for row in range(len(candidates)):
        left = np.flatnonzero(free[candidates[row]])
        if len(left):
            total += gains[row, left[0]]
            free[candidates[row, left[0]]] -= 1
    return total


def auction(candidates: Whole, gains: Gains, capacity: Whole, step: float) -> dict[str, object]:
    """One auction and what it says of itself."""
    start = process_time()
    found = assign(candidates, gains, capacity, step)
    return {
        "cpu_s": round(process_time() - start, 3),
        "gain": round(found.gain, 2),
        "certified_gap": round(found.gap, 6),
        "served": int((found.volunteer != NOBODY).sum()),
        "rounds": found.rounds,
    }


def measure(requests: int, volunteers: int, most: int, *, with_scipy: bool) -> dict[str, object]:
    """The whole report."""
    candidates, gains, listed = lists(requests, volunteers)
    capacity = np.random.default_rng(3).integers(1, most + 1, volunteers)
    engines = {
        f"auction step {step:g}": auction(candidates, gains, capacity, step) for step in (0.05, 0.01, 0.001)
    }
    for name, solve in {"one by one": one_by_one, "scipy sparse": scipy_gain}.items():
        if with_scipy or solve is not scipy_gain:
            start = process_time()
            gain = solve(candidates, gains, capacity)
            engines[name] = {"cpu_s": round(process_time() - start, 3), "gain": round(gain, 2)}
    return {
        "requests": requests, "volunteers": volunteers, "places": int(capacity.sum()),
        "listing_s": round(listed, 2), "engines": engines,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--volunteers", type=int, default=15_000)
    parser.add_argument("--capacity", type=int, default=1, help="volunteers take one to so many")
    parser.add_argument(
        "--without-scipy", action="store_true", help="the optimum takes minutes when it is large"
    )
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    report = measure(chosen.requests, chosen.volunteers, chosen.capacity, with_scipy=not chosen.without_scipy)
    print(json.dumps(report, indent=None if chosen.json else 1))


if __name__ == "__main__":
    main()
