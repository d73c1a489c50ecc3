"""Finding the right neighbours for requests that wait for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.matching.waves import Plan, plan, still_likely
from leuvenhelpt.services import pairing, promises
from leuvenhelpt.storage.queries.matching import PairingTask, pairing_task
from workers.draining import drain, prove
from workers.learn import Experience
from workers.neighbours import Neighbours
from workers.reading import Reading

SHORTLIST = 10
CONSIDERED = 30  # words decide among the best thirty
Chances = Callable[[Iterable[int]], list[float]]


@dataclass
class Kept:
    """What the pairing process keeps from one bell to the next."""

    neighbours: Neighbours = field(default_factory=Neighbours)
    experience: Experience = field(default_factory=Experience)
    reading: Reading = field(default_factory=Reading)


def pair(runtime: Runtime, kept: Kept | None = None) -> int:
    """Pair every request that waits, then learn if it is night; returns how many were looked at."""
    kept = kept or Kept()
    done = drain(runtime, Wait.REQUEST_TO_PAIR, partial(_pair_one, kept))
    kept.experience.learn_if_night(runtime)
    return done


def _pair_one(kept: Kept, runtime: Runtime, help_request_id: int) -> None:
    now = runtime.clock()
    with runtime.reading() as db:
        task = pairing_task(db, help_request_id, runtime.city, now)
        pool = kept.neighbours.fresh(db, now)
    if task is None:
        return
    fitting = pool.best(task.need, CONSIDERED, now)
    candidates = kept.reading.sorted_by_words(task.need, fitting, kept.neighbours.words)[:SHORTLIST]
    chances = partial(pool.yes_probabilities, task.need, model=kept.experience.model(runtime))
    waves = _plan(runtime, chances, task, [candidate.volunteer_id for candidate in candidates], now)
    with runtime.unit_of_work(MACHINE) as uow:
        prove(uow, Wait.REQUEST_TO_PAIR, help_request_id)
        pairing.record_candidates(
            uow,
            help_request_id,
            candidates=candidates,
            wave_size=waves.ask_now,
            why_not=[(dropped.rule, dropped.count) for dropped in pool.why_not(task.need)],
            chance=waves.chance,
            look_again_at=waves.look_again_at,
        )


def _plan(
    runtime: Runtime, chances: Chances, task: PairingTask, volunteer_ids: list[int], now: datetime
) -> Plan:
    promise = task.promised_by
    waiting = zip(chances(task.asked), task.asked.values(), strict=True)
    return plan(
        chances(volunteer_ids),
        now=now,
        deadline=promise if promise and promise > now else task.need.wanted_by,
        rhythm=promises.rhythm_for(runtime.city, task.need.wanted_by, now),
        places=task.need.places_open,
        pending=[still_likely(chance, silent) for chance, silent in waiting],
    )
