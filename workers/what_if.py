"""What a colleague wants to know of "what if": lived through beside the clock, one at a time."""

from contextlib import suppress
from uuid import uuid4

import structlog

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.domain.what_if import Failure
from leuvenhelpt.services import what_if
from leuvenhelpt.storage.queries.what_if import is_one_due
from workers.beside import Beside

LONGEST_S = 15 * 60.0
log = structlog.get_logger()


class Trials:
    """Begins what waits. Whoever dies over a trial leaves a lease that ends, and it is begun anew."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._trial: Beside | None = None
        self._lease = ""

    @property
    def is_running(self) -> bool:
        """Whether a trial is lived through."""
        return self._trial is not None

    def tend(self, runtime: Runtime) -> None:
        """Begin what waits, and record what failed. Never waits: to be called each second."""
        if self._trial is not None:
            self._follow(runtime, self._trial)
        elif _is_one_due(runtime):
            self._begin(runtime)

    def stop(self) -> None:
        """End a trial that runs; it is begun anew by whoever keeps time next."""
        if self._trial is not None:
            self._trial.stop()
            self._trial = None

    def _begin(self, runtime: Runtime) -> None:
        self._lease = uuid4().hex
        with runtime.unit_of_work(MACHINE) as uow:
            is_ours = what_if.claim(uow, self._lease)
        if is_ours:
            command = ("simulate", "--what-if", self._lease)
            self._trial = Beside(runtime.settings, *command, longest_s=self._longest_s)

    def _follow(self, runtime: Runtime, trial: Beside) -> None:
        code = trial.code()
        if code is None:
            return
        self._trial = None
        log.info("what_if_ended", code=code)
        if code:
            # It may have recorded its result at the last moment, or lost its lease to another.
            with suppress(SomebodyWasFirst), runtime.unit_of_work(MACHINE) as uow:
                what_if.fail(uow, self._lease, Failure.TOO_LONG if trial.was_too_long else Failure.BROKE)


def _is_one_due(runtime: Runtime) -> bool:
    with runtime.reading() as db:
        return is_one_due(db, runtime.clock())
