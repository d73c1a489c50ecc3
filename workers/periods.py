"""Periodic work: what is done once an hour or once a night, whoever's clock strikes first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import in_brussels
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import concerns, housekeeping, periodic, what_if
from leuvenhelpt.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
NIGHT = 3  # o'clock in Brussels
TRY_AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Task:
    """One periodic task; `period_of` names the period a moment falls in, or "" while it must not run."""

    name: str
    period_of: Callable[[datetime], str]
    work: Callable[[UnitOfWork], object]


def nightly(moment: datetime) -> str:
    """A day, from three o'clock on: a night that was missed is caught up in the morning."""
    local = in_brussels(moment)
    return f"{local:%Y-%m-%d}" if local.hour >= NIGHT else ""


TASKS = (
    # Rung, not done here: learning takes long and much memory, and the pairing worker needs what it gives.
    Task("wake_learner", nightly, lambda uow: uow.ring(Bell.PAIR)),
    Task("forget_persons", nightly, housekeeping.forget_persons),
    Task("forget_unconfirmed", nightly, housekeeping.forget_unconfirmed),
    Task("forget_left", nightly, housekeeping.forget_left),
    Task("forget_silent", nightly, housekeeping.forget_silent),
    Task("ask_silent", nightly, housekeeping.ask_silent),
    Task("forget_concerns", nightly, concerns.forget_old),
    Task("forget_sign_ins", nightly, housekeeping.forget_sign_ins),
    Task("forget_what_if", nightly, what_if.forget_old),
)


def run_due(runtime: Runtime) -> list[str]:
    """Do every task whose period nobody did yet; the names of those done now.

    The claim and the work commit together: a task that fails is tried again in a minute, and keeps no other waiting.
    """
    return [task.name for task in TASKS if _is_done_now(runtime, task)]


def _is_done_now(runtime: Runtime, task: Task) -> bool:
    now = runtime.clock()
    if now < _again_at.get(task.name, now):
        return False
    try:
        return _run(runtime, task)
    except Exception:  # whatever is wrong with one, the others are due all the same
        _again_at[task.name] = now + TRY_AGAIN_AFTER
        log.exception("periodic_failed", name=task.name)
        return False


def _run(runtime: Runtime, task: Task) -> bool:
    period = task.period_of(runtime.clock())
    if not period or (task.name, period) in _done:
        return False
    with runtime.unit_of_work(MACHINE) as uow:
        is_ours = periodic.claim_period(uow, task.name, period)
        if is_ours:
            task.work(uow)
    _done.add((task.name, period))
    if is_ours:
        log.info("periodic", name=task.name)
    return is_ours


# Periods known to be done, so that the database is not asked each second.
_done: set[tuple[str, str]] = set()
# Until when a task that failed is left alone.
_again_at: dict[str, datetime] = {}
