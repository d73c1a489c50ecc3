"""A trial lived through by a process of its own; what breaks, or takes too long, is told."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import update

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.domain.what_if import Certainty, Change
from leuvenhelpt.gateways.clock import SetClock, real_clock
from leuvenhelpt.storage.models import WhatIf
from leuvenhelpt.storage.queries import what_if as query
from tests import make
from tests.services.test_what_if import TWICE, asked, told
from workers.what_if import Trials

ENDS_WITHIN_S = 120
SHORT = Change(volunteers=2.0, requests=1.0, certainty=Certainty.MORE, days=3)


@pytest.fixture(autouse=True)
def now(clock: SetClock) -> None:
    """The other process has no clock but the real one."""
    clock.now = real_clock()


def tend_to_the_end(trials: Trials, runtime: Runtime, clock: SetClock) -> list[float]:
    """Tend as the clock does until nothing runs any more; how far it was meanwhile."""
    end, seen = time.monotonic() + ENDS_WITHIN_S, [0.0]
    trials.tend(runtime)
    assert trials.is_running
    while trials.is_running and time.monotonic() < end:
        time.sleep(0.2)
        clock.now = real_clock()
        trials.tend(runtime)
        with runtime.reading() as db:
            seen += [one.progress for one in query.latest(db, clock()) if one.progress != seen[-1]]
    assert not trials.is_running
    return seen


@pytest.mark.slow
def test_a_trial_is_lived_through_beside_the_clock(runtime: Runtime, clock: SetClock) -> None:
    make.located_request(runtime)
    number, trials = asked(runtime, SHORT), Trials()
    seen = tend_to_the_end(trials, runtime, clock)
    assert (told(runtime, number), seen) == (("done", 1.0, ""), sorted(seen))
    result = make.row_of(runtime, WhatIf, number).result
    assert result["base"] == "invented"
    assert result["today"]["requests"] == result["changed"]["requests"] > 5
    assert (result["today"]["volunteers"], result["changed"]["volunteers"]) == (140, 281)
    assert set(result["today"]["solved_by_area"]) <= {part.name for part in runtime.city.parts}
    trials.tend(runtime)
    assert not trials.is_running


def test_what_takes_too_long_is_ended_and_told(runtime: Runtime, clock: SetClock) -> None:
    number = asked(runtime)
    tend_to_the_end(Trials(longest_s=0.0), runtime, clock)
    assert told(runtime, number) == ("failed", 0.0, "too_long")


def test_what_breaks_is_told(runtime: Runtime, clock: SetClock) -> None:
    number = asked(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        uow.execute(update(WhatIf).values(certainty="perhaps"))
    trials = Trials()
    trials.tend(runtime)
    end = time.monotonic() + ENDS_WITHIN_S
    while trials.is_running and time.monotonic() < end:
        time.sleep(0.2)
        trials.tend(runtime)
    row = make.row_of(runtime, WhatIf, number)
    assert (row.failure, row.ended_at is None) == ("broke", False)


def test_who_stops_leaves_the_trial_to_the_next(runtime: Runtime, clock: SetClock) -> None:
    number, trials = asked(runtime, TWICE), Trials()
    trials.tend(runtime)
    trials.stop()
    other = Trials()
    other.tend(runtime)
    assert (told(runtime, number)[0], other.is_running) == ("running", False)
    clock.move(minutes=3)
    other.tend(runtime)
    assert other.is_running
    other.stop()
