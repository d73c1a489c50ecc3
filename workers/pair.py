"""Finding the right neighbours for requests that wait for it."""

from datetime import datetime
from functools import partial

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.waves import Plan, plan, still_likely
from leuvenhelpt.services import pairing, promises
from leuvenhelpt.storage.queries.matching import PairingTask, pairing_task
from workers.draining import drain
from workers.neighbours import Neighbours

SHORTLIST = 10


def pair(runtime: Runtime, neighbours: Neighbours | None = None) -> int:
    """Pair every request that waits; returns how many were looked at. `neighbours`: kept from call to call."""
    return drain(runtime, Wait.REQUEST_TO_PAIR, partial(_pair_one, neighbours or Neighbours()))


def _pair_one(neighbours: Neighbours, runtime: Runtime, help_request_id: int) -> None:
    now = runtime.clock()
    with runtime.reading() as db:
        task = pairing_task(db, help_request_id, runtime.city, now)
        pool = neighbours.fresh(db, now)
    if task is None:
        return
    candidates = pool.best(task.need, SHORTLIST, now)
    waves = _plan(runtime, pool, task, [candidate.volunteer_id for candidate in candidates], now)
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.record_candidates(
            uow,
            help_request_id,
            candidates=candidates,
            wave_size=waves.ask_now,
            why_not=[(dropped.rule, dropped.count) for dropped in pool.why_not(task.need)],
            chance=waves.chance,
            look_again_at=waves.look_again_at,
        )


def _plan(runtime: Runtime, pool: Pool, task: PairingTask, volunteer_ids: list[int], now: datetime) -> Plan:
    promise = task.promised_by
    waiting = zip(pool.yes_probabilities(task.need, task.asked), task.asked.values(), strict=True)
    return plan(
        pool.yes_probabilities(task.need, volunteer_ids),
        now=now,
        deadline=promise if promise and promise > now else task.need.wanted_by,
        rhythm=promises.rhythm_for(runtime.city, task.need.wanted_by, now),
        places=task.need.places_open,
        pending=[still_likely(chance, silent) for chance, silent in waiting],
    )
