"""One request a second to the outside, whichever process asks: a token in Redis that only one can hold."""

import time
from collections.abc import Callable
from typing import Protocol

from redis import Redis
from redis.exceptions import RedisError

from leuvenhelpt.domain.errors import TemporaryFailure

KEY = "leuvenhelpt:geocoder:turn"
A_TURN_MS = 1000
LONGEST_WAIT_S = 1.5  # with the time-out of the geocoder well within the lease of a row


class Turns(Protocol):
    """Whatever hands out turns."""

    def take(self) -> None:
        """Waits for a turn; TemporaryFailure if none comes soon."""


class RedisTurns:
    """Turns through Redis; when Redis is away there are none, so that the limit always holds."""

    def __init__(self, redis: Redis, sleep: Callable[[float], None] = time.sleep) -> None:
        self._redis = redis
        self._sleep = sleep

    def take(self) -> None:
        waited = 0.0
        while not self._taken():
            if waited >= LONGEST_WAIT_S:
                raise TemporaryFailure("no turn to ask the geocoder")
            self._sleep(0.1)
            waited += 0.1

    def _taken(self) -> bool:
        try:
            return bool(self._redis.set(KEY, "1", nx=True, px=A_TURN_MS))
        except RedisError as error:
            raise TemporaryFailure(type(error).__name__) from error


class CountedTurns:
    """The fake: counts the turns, and has none when told so."""

    def __init__(self) -> None:
        self.taken = 0
        self.failure: TemporaryFailure | None = None

    def take(self) -> None:
        if self.failure is not None:
            raise self.failure
        self.taken += 1
