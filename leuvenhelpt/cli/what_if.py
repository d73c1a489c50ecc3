"""Living through a trial that the desk asked for: read, two courses in memory with no transaction open, record."""

from __future__ import annotations

import os
import time

from config import Settings, read_environment
from leuvenhelpt.bootstrap import Runtime, build_runtime
from leuvenhelpt.cli.verbs import Stop
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.domain.what_if import Change
from leuvenhelpt.services import what_if
from leuvenhelpt.simulation.own_people import answers_of
from leuvenhelpt.simulation.scenario import scenario
from leuvenhelpt.simulation.what_if import INVENTED, Beginning, Progress, beginning, try_out
from leuvenhelpt.storage.queries.last_year import YEAR, last_year
from leuvenhelpt.storage.queries.learning import past_asks
from leuvenhelpt.storage.queries.what_if import change_of

GENTLE = 10  # how far we let others go first on the processor
NOTED_EVERY_S = 1.0


def live(lease: str) -> None:
    """Live through the trial that was handed over under this lease; Stop if it is not ours any more."""
    os.nice(GENTLE)
    runtime = build_runtime(Settings.from_environment(read_environment()))
    change, begins = _read(runtime, lease)
    result = try_out(runtime.city, begins, change, noting(runtime, lease))
    with runtime.unit_of_work(MACHINE) as uow:
        what_if.record(uow, lease, result)


def _read(runtime: Runtime, lease: str) -> tuple[Change, Beginning]:
    now = runtime.clock()
    with runtime.reading() as db:
        change, year = change_of(db, lease), last_year(db, now)
        answers = answers_of(past_asks(db), now - YEAR, scenario(INVENTED).tiring)
    if change is None:
        raise Stop(
            "Nothing was handed over under this lease, or it is over: the desk begins a trial by itself."
        )
    return change, beginning(year, answers)


def noting(runtime: Runtime, lease: str) -> Progress:
    """Writes down how far it is, at most once a second."""
    noted_at = 0.0

    def note(share: float) -> None:
        nonlocal noted_at
        if time.monotonic() - noted_at >= NOTED_EVERY_S:
            with runtime.unit_of_work(MACHINE) as uow:
                what_if.note_progress(uow, lease, share)
            noted_at = time.monotonic()

    return note
