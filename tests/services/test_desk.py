"""What coordinators do at the desk."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import attention, desk, help_requests, notifications
from leuvenhelpt.storage.models import Attention, JournalEntry
from tests import make
from tests.services.test_pairing import troubles
from workers.pair import pair
from workers.sweep import sweep

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


def test_only_what_waits_about_this_request_is_settled_here(runtime: Runtime) -> None:
    here, there = make.help_request(runtime), make.help_request(runtime)
    for about in (here, there):
        with runtime.unit_of_work(make.RESIDENT) as uow:
            help_requests.complain_unheard(uow, about)
    with runtime.reading() as db:
        matter = db.query(Attention).filter_by(help_request_id=there).one().id
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(make.MACHINE) as uow:
        desk.settle(uow, matter, here, words="gebeld")
    with runtime.unit_of_work(make.MACHINE) as uow:
        desk.settle(uow, matter, there, words="gebeld")
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(make.MACHINE) as uow:
        desk.settle(uow, matter, there, words="gebeld")
    assert troubles(runtime) == ["unheard"]


def test_only_what_waits_about_this_volunteer_alone_is_settled_here(runtime: Runtime) -> None:
    vera, wim, about = make.volunteer(runtime), make.volunteer(runtime), make.help_request(runtime)
    raised = [("volunteer_place", vera, None), ("undeliverable", vera, about), ("concern", vera, None)]
    with runtime.unit_of_work(make.MACHINE) as uow:
        for kind, volunteer_id, help_request_id in raised:
            attention.raise_trouble(
                uow, Trouble(kind), due_at=uow.now, volunteer_id=volunteer_id, help_request_id=help_request_id
            )
    with runtime.reading() as db:
        place, mail, concern = db.scalars(select(Attention.id).order_by(Attention.id))
    for matter, whose in ((place, wim), (mail, vera), (concern, vera)):
        with pytest.raises(Refused), runtime.unit_of_work(make.MACHINE) as uow:
            desk.settle_volunteer(uow, matter, whose, words="gebeld")
    with runtime.unit_of_work(make.MACHINE) as uow:
        desk.settle_volunteer(uow, place, vera, words="gebeld")
    assert troubles(runtime) == ["undeliverable", "concern"]


def test_a_call_of_another_request_is_not_taken_in_hand(runtime: Runtime) -> None:
    here, there = (make.located_request(runtime, email="") for _ in range(2))
    make.accepted_match(runtime, there)
    (call,) = make.notifications(runtime, "request_matched")
    for about, call_id in ((here, call.id), (there, call.id + 1)):
        with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(STEF) as uow:
            desk.take_call(uow, about, call_id)
    with runtime.unit_of_work(make.MACHINE) as uow:
        desk.take_call(uow, there, call.id)
        notifications.record_sent(uow, call.id)
        with pytest.raises(SomebodyWasFirst):
            desk.take_call(uow, there, call.id)


def lines(runtime: Runtime) -> int:
    with runtime.reading() as db:
        steps = db.scalars(select(JournalEntry.step)).all()
    return sum(step in {"see_address", "see_contact"} for step in steps)


def test_what_the_desk_put_aside_comes_back_with_the_promise_not_before(
    runtime: Runtime, clock: SetClock
) -> None:
    request, raised = make.located_request(runtime), list[list[str]]()
    pair(runtime)
    with runtime.reading() as db:
        about = db.scalars(select(Attention.id).where(Attention.kind == Trouble.NOBODY)).one()
    with runtime.unit_of_work(Actor(ActorKind.STAFF, make.staff(runtime))) as uow:
        desk.settle(uow, about, request, words="Ik bel zelf rond.")
    for _ in range(4):
        clock.move(hours=1)
        sweep(runtime)
        pair(runtime)
        raised.append(troubles(runtime))
    assert raised[1] == []
    assert raised[-1] == ["nobody"]
