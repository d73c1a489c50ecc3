"""Draining: working off, one by one, the rows that wait for the same thing."""

import os
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

import structlog

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.bell import JOB_TIMEOUT_S
from leuvenhelpt.services import claims
from leuvenhelpt.services.claims import Waiting
from leuvenhelpt.storage.queries.waiting import waiting_ids
from leuvenhelpt.storage.unit_of_work import UnitOfWork

OWNER = f"{socket.gethostname()}:{os.getpid()}"
# A fourth of the queue's limit: one job works off up to three kinds of rows, and still ends within it.
LONGEST_S = JOB_TIMEOUT_S / 4
log = structlog.get_logger()

TakenT = TypeVar("TakenT")
Work: TypeAlias = Callable[[Runtime, Waiting], None]
WorkOnSome: TypeAlias = Callable[[Runtime, Sequence[int]], None]


def prove(uow: UnitOfWork, wait: Wait, row_id: int) -> None:
    """Before recording: this row must still be ours; see claims.prove."""
    claims.prove(uow, wait, row_id, owner=OWNER)


def drain(runtime: Runtime, wait: Wait, work: Work, at_once: int = 1) -> int:
    """Claim rows and work on each, until none waits; returns how many were looked at.

    One row that fails does not stop the others. `at_once`: how many are claimed together; of who dies in the middle
    as many wait until the lease ends.
    """

    def claimed() -> Sequence[Waiting]:
        with runtime.unit_of_work(MACHINE) as uow:
            return claims.claim_longest_waiting(uow, wait, at_once, owner=OWNER)

    done = 0
    for rows in _pages(claimed, at_once):
        for row in rows:
            _work_one(runtime, wait, row, work)
        done += len(rows)
    return done


def drain_some(runtime: Runtime, wait: Wait, work: WorkOnSome, at_once: int) -> int:
    """Hand over what waits, some rows at a time, to `work`, which claims them; returns how many."""

    def waiting() -> Sequence[int]:
        with runtime.reading() as db:
            return waiting_ids(db, wait, runtime.clock(), at_once)

    done = 0
    for row_ids in _pages(waiting, at_once):
        work(runtime, row_ids)
        done += len(row_ids)
    return done


def _pages(take: Callable[[], Sequence[TakenT]], at_once: int) -> Iterator[Sequence[TakenT]]:
    """What is taken, time after time, until it is less than asked for: that was all; what came since has rung.

    Ends before the queue's own time limit would strike in the middle of a row; the sweeper rings again.
    """
    began = time.monotonic()
    while time.monotonic() - began < LONGEST_S:
        taken = take()
        if taken:
            yield taken
        if len(taken) < at_once:
            return


def _work_one(runtime: Runtime, wait: Wait, row: Waiting, work: Work) -> None:
    """Work on a row that is ours; if that fails, it comes back later."""
    try:
        work(runtime, row)
    except SomebodyWasFirst:
        # Somebody moved the row on while we worked; what we found is not needed any more.
        log.info("row_moved_on", wait=wait.value, id=row.id)
    except Exception as error:  # whatever it is, this row must come back and the others must go on
        log.exception("row_failed", wait=wait.value, id=row.id)
        _put_off(runtime, wait, row.id, type(error).__name__)


def _put_off(runtime: Runtime, wait: Wait, row_id: int, error: str) -> None:
    """Let a row that failed wait a while longer, if it is still ours."""
    try:
        with runtime.unit_of_work(MACHINE) as uow:
            claims.put_off(uow, wait, row_id, error=error, owner=OWNER)
    except SomebodyWasFirst:
        log.info("row_moved_on", wait=wait.value, id=row_id)
