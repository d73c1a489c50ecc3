"""Draining: working off, one by one, the rows that wait for the same thing."""

import os
import socket
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias

import structlog

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.bell import JOB_TIMEOUT_S
from leuvenhelpt.services import claims
from leuvenhelpt.storage.queries.waiting import waiting_ids
from leuvenhelpt.storage.unit_of_work import UnitOfWork

OWNER = f"{socket.gethostname()}:{os.getpid()}"
# A third of the queue's limit: the last page of rows, each slow, still ends within it.
LONGEST_S = JOB_TIMEOUT_S / 3
log = structlog.get_logger()

Work: TypeAlias = Callable[[Runtime, int], None]
WorkOnSome: TypeAlias = Callable[[Runtime, Sequence[int]], None]


def prove(uow: UnitOfWork, wait: Wait, row_id: int) -> None:
    """Before recording: this row must still be ours; see claims.prove."""
    claims.prove(uow, wait, row_id, owner=OWNER)


def drain(runtime: Runtime, wait: Wait, work: Work) -> int:
    """Claim and work rows, one by one, until none waits; returns how many were looked at.

    One row that fails does not stop the others.
    """

    def work_each(runtime: Runtime, row_ids: Sequence[int]) -> None:
        for row_id in row_ids:
            work_one(runtime, wait, row_id, work)

    return drain_some(runtime, wait, work_each)


def drain_some(runtime: Runtime, wait: Wait, work: WorkOnSome, at_once: int = 20) -> int:
    """Hand over what waits, some rows at a time, to `work`, which claims them; returns how many.

    Stops before the queue's own time limit would strike in the middle of a row; the sweeper rings again.
    """
    done, began = 0, time.monotonic()
    while time.monotonic() - began < LONGEST_S:
        with runtime.reading() as db:
            ids = waiting_ids(db, wait, runtime.clock(), at_once)
        if ids:
            work(runtime, ids)
        done += len(ids)
        if len(ids) < at_once:  # that was all; what came since has rung
            break
    return done


def work_one(runtime: Runtime, wait: Wait, row_id: int, work: Work) -> None:
    """Claim a row, if it still waits, and work on it; if that fails, it comes back later."""
    with runtime.unit_of_work(MACHINE) as uow:
        if not claims.claim(uow, wait, [row_id], owner=OWNER):
            return
    try:
        work(runtime, row_id)
    except SomebodyWasFirst:
        # Somebody moved the row on while we worked; what we found is not needed any more.
        log.info("row_moved_on", wait=wait.value, id=row_id)
    except Exception as error:  # whatever it is, this row must come back and the others must go on
        log.exception("row_failed", wait=wait.value, id=row_id)
        _put_off(runtime, wait, row_id, type(error).__name__)


def _put_off(runtime: Runtime, wait: Wait, row_id: int, error: str) -> None:
    """Let a row that failed wait a while longer, if it is still ours."""
    try:
        with runtime.unit_of_work(MACHINE) as uow:
            claims.put_off(uow, wait, row_id, error=error, owner=OWNER)
    except SomebodyWasFirst:
        log.info("row_moved_on", wait=wait.value, id=row_id)
