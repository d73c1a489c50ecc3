"""Ringing: telling a worker, through RQ, that there is something to look at. Never more than a hint."""

import time
from typing import Any, Protocol

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.job import Job

from leuvenhelpt.domain.jobs import ALLOWED_JOBS, Bell, job_name

ENOUGH_WAITING = 4
SILENT_AFTER_FAILURE_S = 5.0
RESULT_TTL_S, FAILURE_TTL_S, JOB_TIMEOUT_S = 60, 7 * 24 * 3600, 120


class AllowedJob(Job):
    """A job that runs only what is on our list, and no callbacks: writing to Redis must not run code."""

    @property
    def func(self) -> Any:
        if self.func_name not in ALLOWED_JOBS:
            raise PermissionError("a job off the list")
        return super().func

    @property
    def success_callback(self) -> Any:
        return None

    @property
    def failure_callback(self) -> Any:
        return None

    @property
    def stopped_callback(self) -> Any:
        return None


class Ringer(Protocol):
    """Whatever can be rung."""

    def ring(self, bell: Bell) -> bool:
        """Ring; False if nobody could be told. Never raises: the sweeper rings again."""

    def is_reachable(self) -> bool:
        """Whether somebody could be told now."""


def connect(redis_url: str, *, timeout_s: float = 0.5) -> Redis:
    """A connection that fails soon instead of retrying long."""
    return Redis.from_url(
        redis_url,
        socket_timeout=timeout_s,
        socket_connect_timeout=timeout_s,
        retry=Retry(NoBackoff(), 0),
    )


def queue_of(bell: Bell, connection: Redis) -> Queue:
    """The queue of one bell, as both sides must open it."""
    return Queue(bell.value, connection=connection, serializer="json", job_class=AllowedJob)


class RqBell:
    """Rings through RQ. A full queue is not rung again; after a failure there is silence for five seconds."""

    def __init__(self, redis_url: str) -> None:
        self.connection = connect(redis_url)
        self._silent_until = 0.0

    def ring(self, bell: Bell) -> bool:
        if time.monotonic() < self._silent_until:
            return False
        try:
            queue = queue_of(bell, self.connection)
            with self.connection.pipeline() as pipeline:  # one way there and back instead of three
                job = queue.enqueue(
                    job_name(bell),
                    job_timeout=JOB_TIMEOUT_S,
                    result_ttl=RESULT_TTL_S,
                    failure_ttl=FAILURE_TTL_S,
                    pipeline=pipeline,
                )
                pipeline.llen(queue.key)
                *_, waiting = pipeline.execute()
            if waiting > ENOUGH_WAITING:
                job.delete()
        except (RedisError, OSError):
            self._silent_until = time.monotonic() + SILENT_AFTER_FAILURE_S
            return False
        return True

    def is_reachable(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(self.connection.ping())
        except (RedisError, OSError):
            return False


class RememberedBell:
    """The fake: remembers what was rung."""

    def __init__(self) -> None:
        self.rung: list[Bell] = []

    def ring(self, bell: Bell) -> bool:
        self.rung.append(bell)
        return True

    def is_reachable(self) -> bool:
        return True
