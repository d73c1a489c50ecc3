"""Many requests at one moment: whom a first wave reaches, chosen one by one and chosen together.

    python -m benchmarks.storm --requests 120 --scenario normal-year

One by one means as a worker without the joint choice would: each request takes the best who are below their weekly
limit by then. Prints JSON.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.messages import Candidate
from leuvenhelpt.matching.choosing import Choice, Chooser, Search
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.simulation.people import START, Town, Volunteer, town
from leuvenhelpt.simulation.scenario import scenario

NOW = START + timedelta(hours=2)
Wave = Sequence[Candidate]


def searches(people: Town, count: int) -> list[Search]:
    """So many requests that all began now."""
    promised_by = NOW + timedelta(hours=4)
    return [
        Search(replace(one.need, wanted_by=NOW + timedelta(days=2)), promised_by, {})
        for one in people.requests[:count]
    ]


def wave_of(choice: Choice) -> Wave:
    return choice.candidates[: choice.plan.ask_now]


def one_by_one(pool: Pool, found: list[Search], here: dict[int, Volunteer]) -> list[Wave]:
    """Each in turn; who was asked is asked again only below the weekly limit."""
    waves = []
    for search in found:
        waves.append(wave_of(Chooser().choose(pool, search, NOW)))
        for one in waves[-1]:
            here[one.volunteer_id].asked_at.append(NOW)
            pool.apply(here[one.volunteer_id].offer(NOW, is_spared=True))
    return waves


def figures(waves: list[Wave], seconds: float) -> dict[str, float]:
    """What came of it."""
    asks = Counter(one.volunteer_id for wave in waves for one in wave)
    far = [one.distance_km for wave in waves for one in wave if one.distance_km is not None]
    return {
        "requests": len(waves),
        "without_an_ask": sum(not wave for wave in waves),
        "asks": asks.total(),
        "asked_by_several_at_once": sum(count > 1 for count in asks.values()),
        "km_mean": round(sum(far) / max(len(far), 1), 2),
        "cpu_ms_a_request": round(1000 * seconds / len(waves), 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--requests", type=int, default=120)
    parser.add_argument("--scenario", default="normal-year")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    people = town(load_city("leuven"), scenario(chosen.scenario), 60, chosen.seed)
    found, report = searches(people, chosen.requests), {}
    for name in ("one by one", "together"):
        here = {one.number: replace(one, asked_at=[]) for one in people.volunteers if one.since <= START}
        pool = Pool.from_offers((one.offer(NOW, is_spared=True) for one in here.values()), NOW)
        begin = time.process_time()
        if name == "together":
            waves = [wave_of(choice) for choice in Chooser().choose_together(pool, found, NOW)]
        else:
            waves = one_by_one(pool, found, here)
        report[name] = figures(waves, time.process_time() - begin)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
