"""What coordinators do at the desk."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import desk, notifications
from leuvenhelpt.storage.models import JournalEntry
from tests import make
from tests.services.test_pairing import troubles

STEF, ANS = Actor(ActorKind.STAFF, 1), Actor(ActorKind.STAFF, 2)


def test_who_saw_an_address_and_why_is_written_once_a_visit(runtime: Runtime, clock: SetClock) -> None:
    one, other = make.help_request(runtime), make.help_request(runtime)
    visits = [(0, STEF, one, "bellen"), (59, STEF, one, "bellen"), (59, ANS, one, "bellen"),
              (59, STEF, one, "bezoek"), (59, STEF, other, "bellen"), (61, STEF, one, "bellen")]  # fmt: skip
    start, written = clock.now, []
    for minutes, who, about, reason in visits:
        clock.now = start
        clock.move(minutes=minutes)
        with runtime.unit_of_work(who) as uow:
            desk.note_address_seen(uow, about, reason=reason)
        written.append(lines(runtime))
    assert written == [1, 1, 2, 3, 4, 5]


def test_of_volunteers_too(runtime: Runtime) -> None:
    vera = make.volunteer(runtime)
    for _click in range(3):
        with runtime.unit_of_work(STEF) as uow:
            desk.note_contact_seen(uow, vera, reason="bellen")
    assert lines(runtime) == 1


def test_a_call_that_a_colleague_made_meanwhile_does_not_come_back(runtime: Runtime) -> None:
    make.accepted_match(runtime, make.located_request(runtime, email=""))
    (call,) = make.notifications(runtime, "request_matched")
    with runtime.unit_of_work(make.MACHINE) as uow:
        notifications.record_sent(uow, call.id)
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(STEF) as uow:
        notifications.record_no_answer(uow, call.id)
    assert troubles(runtime) == []


def lines(runtime: Runtime) -> int:
    with runtime.reading() as db:
        steps = db.scalars(select(JournalEntry.step)).all()
    return sum(step in {"see_address", "see_contact"} for step in steps)
