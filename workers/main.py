"""Starting one worker process: no fork a job, everything loaded before it listens."""

import gc
import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import timedelta

import structlog
from redis import Redis
from redis.client import Pipeline
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.utils import now

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.bell import AllowedJob, connect, queue_of
from leuvenhelpt.services import periodic
from workers import jobs
from workers.periods import run_due
from workers.refresh import Refresh
from workers.sweep import sweep
from workers.what_if import Trials

BEAT_EVERY_S = 5.0
SWEEP_EVERY_S = 1.0
SCHEDULER_LOCK, LOCK_LASTS_S = "lh:scheduler", 15
log = structlog.get_logger()


class Listener(SimpleWorker):
    """Tells Redis every few seconds that it is alive, not three more times around each job.

    What RQ makes of a beat lasts a minute and more, and our own heartbeat stands in the database.
    """

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        is_fresh = self.last_heartbeat and now() - self.last_heartbeat < timedelta(seconds=BEAT_EVERY_S)
        if pipeline is not None or timeout is not None or not is_fresh:
            super().heartbeat(timeout, pipeline)


def listen(runtime: Runtime, bells: Sequence[Bell]) -> None:
    """Work off what waits, then whenever one of the bells rings, until told to stop."""
    jobs.use(runtime, bells)
    beat(runtime, *bells)
    for bell in bells:
        jobs.get_ready(bell)
    for bell in bells:
        jobs.BY_BELL[bell]()
    # What was loaded by now stays until the end: the garbage collector need not walk it in the middle of a job.
    gc.freeze()
    connection = Redis.from_url(runtime.settings.redis_url)
    worker = Listener(
        [queue_of(bell, connection) for bell in bells],
        connection=connection,
        serializer="json",
        job_class=AllowedJob,
        worker_ttl=30,
        job_monitoring_interval=5,
        maintenance_interval=15,
        log_job_description=False,
    )
    worker.work(logging_level="WARNING")


def keep_time(runtime: Runtime, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Sweep each second. Of several such processes one works; the others wait until it is gone.

    Without Redis it sweeps all the same: every chore is safe to do twice.
    """
    connection = connect(runtime.settings.redis_url)
    token = f"{os.uname().nodename}:{os.getpid()}"
    beside = (Refresh(), Trials())
    beat(runtime, "scheduler")
    try:
        while not is_stopping():
            if _holds_lock(connection, token):
                _sweep_once(runtime, beside)
            time.sleep(SWEEP_EVERY_S)
    finally:
        for one in beside:
            one.stop()
        _give_up_lock(connection, token)


def beat(runtime: Runtime, *names: str) -> None:
    """Say every five seconds, from a thread beside the work, that this process is there, under each of its names."""

    def beating() -> None:
        while True:
            try:
                with runtime.unit_of_work(MACHINE) as uow:
                    for name in names:
                        periodic.note_alive(uow, name)
            except Exception:  # a missed beat is seen from outside; it must not end the work
                log.exception("no_heartbeat", name=",".join(names))
            time.sleep(BEAT_EVERY_S)

    threading.Thread(target=beating, name="heartbeat", daemon=True).start()


def _sweep_once(runtime: Runtime, beside: Iterable[Refresh | Trials]) -> None:
    try:
        sweep(runtime)
        run_due(runtime)
        for one in beside:
            one.tend(runtime)
    except Exception:  # the clock goes on; the next second tries again
        log.exception("sweep_failed")


def _give_up_lock(connection: Redis, token: str) -> None:
    """Let the next one begin at once."""
    with suppress(RedisError, OSError):
        if connection.get(SCHEDULER_LOCK) == token.encode():
            connection.delete(SCHEDULER_LOCK)


def _holds_lock(connection: Redis, token: str) -> bool:
    try:
        if connection.set(SCHEDULER_LOCK, token, nx=True, ex=LOCK_LASTS_S):
            return True
        holder = connection.get(SCHEDULER_LOCK)
        if holder == token.encode():
            connection.expire(SCHEDULER_LOCK, LOCK_LASTS_S)
            return True
    except (RedisError, OSError) as error:  # sweeping twice is better than not at all
        log.warning("no_redis", error=type(error).__name__)
        return True
    return False
