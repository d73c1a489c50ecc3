"""Finding the right neighbours for requests that wait for it."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.messages import LeftOut, Need
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.matching.choosing import Choice, Chooser, Search
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.yes import YesModel
from leuvenhelpt.services import pairing
from leuvenhelpt.services.claims import Waiting
from leuvenhelpt.storage.queries.matching import PairingTask, pairing_task
from leuvenhelpt.storage.queries.waiting import waiting_ids
from workers.draining import OWNER, drain
from workers.learn import Experience
from workers.neighbours import Neighbours
from workers.reading import Reading

TOGETHER = 100
NEARLY = 5
Proposal = tuple[PairingTask, Choice]


@dataclass
class Kept:
    """What the pairing process keeps from one bell to the next. `foreseen`: choices made for rows still to come."""

    neighbours: Neighbours = field(default_factory=Neighbours)
    experience: Experience = field(default_factory=Experience)
    reading: Reading = field(default_factory=Reading)
    foreseen: dict[int, Proposal] = field(default_factory=dict)


def get_ready(now: datetime) -> None:
    """Load what matching runs on, or compile it after an update: seconds for which no resident then waits."""
    need = Need(
        help_request_id=0, kind="", languages=frozenset(), hours=0, lat=None, lon=None, vetting=0, wanted_by=now
    )  # fmt: skip
    pool = Pool.from_offers([], now)
    pool.lists([need])
    pool.why_not(need)


def pair(runtime: Runtime, kept: Kept | None = None) -> int:
    """Pair every request that waits, then learn if it is night; returns how many were looked at."""
    kept = kept or Kept()
    kept.foreseen.clear()
    done = drain(runtime, Wait.REQUEST_TO_PAIR, partial(_pair_one, kept))
    if kept.experience.learn_if_night(runtime) or done:
        # Whom we asked ourselves and what was learned is read now, when nobody waits, rather than at the next bell.
        with runtime.reading() as db:
            kept.neighbours.fresh(db, runtime.clock())
            kept.experience.model(db)
    return done


def _pair_one(kept: Kept, runtime: Runtime, request: Waiting) -> None:
    """Pair one request; those that wait behind it are kept in mind."""
    now, help_request_id = runtime.clock(), request.id
    foreseen = kept.foreseen.pop(help_request_id, None)
    with runtime.reading() as db:
        task = pairing_task(db, help_request_id, runtime.city, now)
        if task is None:
            return
        pool = kept.neighbours.fresh(db, now)
        if foreseen is None or foreseen[0] != task:
            tasks = {help_request_id: task} | _beside(db, runtime, task, now)
            kept.foreseen |= _chosen(kept, kept.experience.known(db), pool, tasks, now)
            foreseen = kept.foreseen.pop(help_request_id)
    _record(runtime, pool, help_request_id, *foreseen)


def _beside(db: Session, runtime: Runtime, task: PairingTask, now: datetime) -> dict[int, PairingTask]:
    """If volunteers are asked for this one by itself, all others of which that is true and that wait behind it."""
    if not task.is_asked_by_machine:
        return {}
    behind = waiting_ids(db, Wait.REQUEST_TO_PAIR, now, TOGETHER - 1)
    others = {other: pairing_task(db, other, runtime.city, now) for other in behind}
    return {other: beside for other, beside in others.items() if beside and beside.is_asked_by_machine}


def _chosen(
    kept: Kept, model: YesModel, pool: Pool, tasks: dict[int, PairingTask], now: datetime
) -> dict[int, Proposal]:
    """Whom to ask for each, so that together they are served best."""
    read = partial(kept.reading.sorted_by_words, words=kept.neighbours.words)
    chooser = Chooser(model=model, read=read, genders=kept.neighbours.genders)
    searches = [Search(task.need, task.deadline(now), task.asked) for task in tasks.values()]
    choices = chooser.choose_together(pool, searches, now)
    return dict(zip(tasks, zip(tasks.values(), choices, strict=True), strict=True))


def _left_out(pool: Pool, need: Need, *, has_choice: bool) -> list[LeftOut]:
    """Why not the others; where nobody suits also who nearly does, for the desk to ring."""
    nearest: dict[str, list[tuple[int, float | None]]] = {}
    for one in () if has_choice else pool.nearly(need, NEARLY):
        nearest.setdefault(one.reasons[0].rule, []).append((one.volunteer_id, one.distance_km))
    return [
        LeftOut(dropped.rule, dropped.count, tuple(nearest.get(dropped.rule, ())))
        for dropped in pool.why_not(need)
    ]


def _record(runtime: Runtime, pool: Pool, help_request_id: int, task: PairingTask, choice: Choice) -> None:
    """The choice proposes, the database disposes: who was asked elsewhere meanwhile is left out there."""
    why_not = _left_out(pool, task.need, has_choice=bool(choice.candidates))
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.record_candidates(
            uow,
            help_request_id,
            candidates=choice.candidates,
            wave_size=choice.plan.ask_now,
            why_not=why_not,
            chance=choice.plan.chance,
            look_again_at=choice.plan.look_again_at,
            owner=OWNER,
        )
