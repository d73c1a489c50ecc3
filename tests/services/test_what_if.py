"""Trials of "what if": asked for once, handed over one at a time, tried again, forgotten."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import NotFound, Refused, SomebodyWasFirst
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind
from leuvenhelpt.domain.what_if import DAYS, TIMES, Certainty, Change, Failure
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import what_if
from leuvenhelpt.storage.queries import what_if as query
from tests import make

TWICE = Change(volunteers=2.0, requests=1.0, certainty=Certainty.AS_NOW, days=30)
HALF = Change(volunteers=0.5, requests=1.0, certainty=Certainty.MORE, days=60)


def asked(runtime: Runtime, change: Change = TWICE, account: int | None = None) -> int:
    actor = MACHINE if account is None else Actor(ActorKind.STAFF, account)
    with runtime.unit_of_work(actor) as uow:
        return what_if.ask(uow, change)


def claimed(runtime: Runtime, lease: str) -> bool:
    with runtime.unit_of_work(MACHINE) as uow:
        return what_if.claim(uow, lease)


def noted(runtime: Runtime, lease: str, share: float) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        what_if.note_progress(uow, lease, share)


def ended(runtime: Runtime, lease: str, why: Failure | None = None) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        if why:
            what_if.fail(uow, lease, why)
        else:
            what_if.record(uow, lease, {"today": {}})


def told(runtime: Runtime, trial_id: int) -> tuple[str, float, str]:
    with runtime.reading() as db:
        found = query.trial(db, trial_id, runtime.clock())
    assert found is not None
    return found.state, found.progress, found.failure


def test_the_same_is_asked_for_once(runtime: Runtime) -> None:
    stef = make.staff(runtime, name="Stef")
    first = asked(runtime, TWICE, stef)
    assert asked(runtime, TWICE) == first
    assert asked(runtime, HALF) != first
    with runtime.reading() as db:
        assert [(one.change, one.who) for one in query.latest(db, runtime.clock())] == [
            (HALF, ""),
            (TWICE, "Stef"),
        ]


def test_no_more_than_five_wait(runtime: Runtime) -> None:
    for times in TIMES:
        asked(runtime, Change(times, 1.0, Certainty.LESS, DAYS[0]))
    asked(runtime, Change(1.0, 2.0, Certainty.LESS, DAYS[0]))
    with pytest.raises(Refused, match="too_many_trials"):
        asked(runtime)


def test_one_at_a_time_in_the_order_in_which_they_were_asked(runtime: Runtime) -> None:
    first, second = asked(runtime), asked(runtime, HALF)
    assert [claimed(runtime, lease) for lease in ("a", "b")] == [True, False]
    noted(runtime, "a", 0.4)
    assert [told(runtime, one) for one in (first, second)] == [("running", 0.4, ""), ("waiting", 0.0, "")]
    with runtime.reading() as db:
        assert (query.change_of(db, "a"), query.is_one_due(db, runtime.clock())) == (TWICE, False)
    ended(runtime, "a")
    assert claimed(runtime, "b")
    assert [told(runtime, one) for one in (first, second)] == [("done", 1.0, ""), ("running", 0.0, "")]


def test_a_lease_that_ended_is_nobodys_and_the_third_death_is_the_last(
    runtime: Runtime, clock: SetClock
) -> None:
    number = asked(runtime)
    for lease in "abc":
        assert claimed(runtime, lease)
        clock.move(minutes=3)
        assert told(runtime, number)[0] == "waiting"
    assert claimed(runtime, "d") is False
    assert told(runtime, number) == ("failed", 0.0, "interrupted")
    with pytest.raises(SomebodyWasFirst):
        noted(runtime, "a", 0.9)


def test_progress_keeps_the_lease(runtime: Runtime, clock: SetClock) -> None:
    asked(runtime)
    claimed(runtime, "a")
    for _ in range(4):
        clock.move(minutes=1)
        noted(runtime, "a", 0.5)
    assert claimed(runtime, "b") is False


def test_what_failed_can_be_tried_again_and_nothing_else(runtime: Runtime) -> None:
    number = asked(runtime)
    with pytest.raises(Refused), runtime.unit_of_work(MACHINE) as uow:
        what_if.try_again(uow, number)
    with pytest.raises(NotFound), runtime.unit_of_work(MACHINE) as uow:
        what_if.try_again(uow, number + 1)
    claimed(runtime, "a")
    ended(runtime, "a", Failure.TOO_LONG)
    assert told(runtime, number) == ("failed", 0.0, "too_long")
    with runtime.unit_of_work(MACHINE) as uow:
        what_if.try_again(uow, number)
    assert told(runtime, number) == ("waiting", 0.0, "")
    assert claimed(runtime, "b")


def test_it_is_forgotten_after_ninety_days(runtime: Runtime, clock: SetClock) -> None:
    asked(runtime)
    clock.move(days=89)
    kept = asked(runtime, HALF)
    clock.move(days=1)
    with runtime.unit_of_work(MACHINE) as uow:
        what_if.forget_old(uow)
    with runtime.reading() as db:
        assert [one.id for one in query.latest(db, runtime.clock())] == [kept]
