"""The sweeper: each second it moves what the clock moves, and rings for rows that wait unheard."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import aftercare, matches, notifications, promises, volunteers
from leuvenhelpt.storage.queries import errands, waiting
from leuvenhelpt.storage.unit_of_work import UnitOfWork

AFTERCARE_PATIENCE = timedelta(days=3)
TENDING = waiting.Tending(rhythm.SPEAK_BEFORE, rhythm.CALL_BEFORE, rhythm.WARN_BEFORE)
log = structlog.get_logger()


def sweep(runtime: Runtime) -> int:
    """One round; returns how many rows it moved. Each row in its own unit of work, failures apart."""
    now = runtime.clock()
    with runtime.reading() as db:
        chores: list[tuple[Iterable[int], Callable[[UnitOfWork, int], None]]] = [
            (waiting.lapsed_asks(db, now), matches.lapse),
            (waiting.pauses_over(db, now), volunteers.resume_when_over),
            (waiting.over(db, now), aftercare.ask_when_over),
            (waiting.unanswered_aftercare(db, now - AFTERCARE_PATIENCE), aftercare.finish),
            (waiting.overdue(db, now), _note_overdue),
            (waiting.promises_to_tend(db, now, TENDING), _tend_promise),
            (errands.untrue_calls(db, now), notifications.record_stale),
        ]
    moved = sum(_move(runtime, row_id, chore) for ids, chore in chores for row_id in ids)
    _ring(runtime, now)
    return moved


def _move(runtime: Runtime, row_id: int, chore: Callable[[UnitOfWork, int], None]) -> int:
    try:
        with runtime.unit_of_work(MACHINE) as uow:
            chore(uow, row_id)
    except Refused:
        return 0  # somebody else moved it since we looked
    except Exception:  # one row that cannot be moved must not stop the clock for all others
        log.exception("sweep_failed", id=row_id, chore=chore.__name__)
        return 0
    return 1


def _tend_promise(uow: UnitOfWork, help_request_id: int) -> None:
    promises.tend(uow, matches.hold(uow, help_request_id))


def _note_overdue(uow: UnitOfWork, help_request_id: int) -> None:
    promises.note_overdue(uow, matches.hold(uow, help_request_id))


def _ring(runtime: Runtime, now: datetime) -> None:
    with runtime.reading() as db:
        bells = waiting.bells_to_ring(db, now)
    for bell in bells:
        runtime.bell.ring(bell)
