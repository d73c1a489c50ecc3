"""Finding the right neighbours for requests that wait for it."""

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.waves import wave_size
from leuvenhelpt.services import pairing
from leuvenhelpt.storage.queries.matching import PairingTask, pairing_task, volunteer_offers
from workers.draining import drain

SHORTLIST = 10


def pair(runtime: Runtime) -> int:
    """Pair every request that waits; returns how many were looked at."""
    return drain(runtime, Wait.REQUEST_TO_PAIR, _pair_one)


def _pair_one(runtime: Runtime, help_request_id: int) -> None:
    now = runtime.clock()
    with runtime.reading() as db:
        task = pairing_task(db, help_request_id, runtime.city, now)
        offers = volunteer_offers(db, now)
    if task is None:
        return
    candidates = Pool.from_offers(offers, now).best(task.need, SHORTLIST)
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.record_candidates(
            uow, help_request_id, candidates=candidates, wave_size=_still_to_ask(task, len(candidates))
        )


def _still_to_ask(task: PairingTask, available: int) -> int:
    return max(0, wave_size(available, places=task.need.places_open) - task.asks_out)
