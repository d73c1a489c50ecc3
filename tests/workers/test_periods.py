"""Periodic work: each period once, whoever's clock strikes; and what housekeeping forgets."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import accounts, closing, concerns, housekeeping, matches, notifications, volunteers
from leuvenhelpt.storage.models import Account, Concern, HelpRequest, JournalEntry, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from tests import make, people
from tests.make import MACHINE, RESIDENT
from workers import periods
from workers.notify import notify

ALL = [task.name for task in periods.TASKS]


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    periods._done.clear()
    periods._again_at.clear()


def another_process() -> None:
    """What this process knows of periods that are done, another does not."""
    periods._done.clear()


def test_two_clocks_do_each_period_once(runtime: Runtime, clock: SetClock) -> None:
    assert periods.run_due(runtime) == ALL
    another_process()
    assert periods.run_due(runtime) == []
    clock.move(days=1)
    assert periods.run_due(runtime) == ALL


def test_a_task_that_fails_keeps_no_other_waiting_and_is_tried_again(
    runtime: Runtime, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = list[datetime]()

    def fail_twice(_uow: UnitOfWork) -> None:
        tried.append(clock.now)
        if len(tried) < 3:
            raise ValueError

    broken = periods.Task("broken", periods.nightly, fail_twice)
    monkeypatch.setattr(periods, "TASKS", (broken, *periods.TASKS))
    start, done = clock.now, []
    for _look in range(8):
        done += periods.run_due(runtime)
        clock.now += make.timedelta(seconds=20)
    assert done == [*ALL, "broken"]
    assert [(moment - start).seconds for moment in tried] == [0, 60, 120]


def test_the_night_of_the_clock_change_has_one_period(runtime: Runtime, clock: SetClock) -> None:
    clock.now = datetime(2026, 10, 24, 22, tzinfo=UTC)  # midnight in Brussels, before the longer night
    runs = 0
    for _ in range(26):
        another_process()
        runs += len(periods.run_due(runtime))
        clock.move(hours=1)
    assert runs == len(ALL)


def test_who_asked_is_forgotten_after_ninety_days_and_not_before(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, people.an(wanted_by=make.timedelta(days=2)))
    with runtime.unit_of_work(RESIDENT) as uow:
        closing.withdraw(uow, request)
    clock.move(days=89)
    periods.run_due(runtime)
    assert make.row_of(runtime, HelpRequest, request).person_name == "An Peeters"
    clock.move(days=1)
    periods.run_due(runtime)
    row = make.row_of(runtime, HelpRequest, request)
    left = [str(value) for value in vars(row).values()]
    assert [word for word in people.AN_SECRETS if any(word in value for value in left)] == []
    assert (row.state, row.kind, row.area, row.lat) == ("withdrawn", "groceries", "Leuven centrum", None)


def test_a_live_request_is_never_forgotten(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, people.an(wanted_by=make.timedelta(days=2)))
    clock.move(days=400)
    periods.run_due(runtime)
    assert make.row_of(runtime, HelpRequest, request).person_name == "An Peeters"


def test_an_offer_never_confirmed_is_let_go_and_may_be_made_again(runtime: Runtime, clock: SetClock) -> None:
    first = make.applicant(runtime, email="vera@post.example", name="Vera Claes")
    clock.move(days=7, minutes=1)
    periods.run_due(runtime)
    row = make.row_of(runtime, Volunteer, first)
    assert (row.state, row.name, row.address, row.look_at) == ("left", "", "", None)
    with runtime.reading() as db:
        assert db.query(Account).filter_by(email="vera@post.example").count() == 0
    assert make.applicant(runtime, email="vera@post.example") != first


def a_night(runtime: Runtime, clock: SetClock, days: int, *, mails: bool = True) -> None:
    clock.move(days=days)
    another_process()
    periods.run_due(runtime)
    if mails:
        notify(runtime)


def test_who_falls_silent_is_asked_once_and_forgotten_after_a_year(runtime: Runtime, clock: SetClock) -> None:
    vera = people.vera(runtime)
    a_night(runtime, clock, 334)
    assert make.notifications(runtime, "still_with_us") == []
    for days in (1, 1, 28):
        a_night(runtime, clock, days)
        assert len(make.notifications(runtime, "still_with_us")) == 1
        assert make.row_of(runtime, Volunteer, vera).name == "Vera Claes"
    a_night(runtime, clock, 1)
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.name, row.lat) == ("left", "", None)


def test_nobody_is_forgotten_for_not_answering_a_mail_that_was_never_sent(
    runtime: Runtime, clock: SetClock
) -> None:
    vera = people.vera(runtime)
    notify(runtime)
    a_night(runtime, clock, 335, mails=False)
    a_night(runtime, clock, 60)  # it goes out only now, or not at all any more
    assert make.row_of(runtime, Volunteer, vera).state == "active"


def test_who_could_not_be_asked_is_asked_again_a_month_later(runtime: Runtime, clock: SetClock) -> None:
    vera = people.vera(runtime)
    notify(runtime)
    a_night(runtime, clock, 335, mails=False)
    (asked,) = make.notifications(runtime, "still_with_us")
    with runtime.unit_of_work(MACHINE) as uow:
        notifications.start_sending(uow, [asked.id], owner="test")
        notifications.record_failure(uow, asked.id, error="smtp 550", is_permanent=True)
    for days, mails in ((29, 1), (1, 2), (29, 2)):
        a_night(runtime, clock, days)
        assert len(make.notifications(runtime, "still_with_us")) == mails
        assert make.row_of(runtime, Volunteer, vera).state == "active"
    a_night(runtime, clock, 1)
    assert make.row_of(runtime, Volunteer, vera).state == "left"


def silent_for_a_year(runtime: Runtime, clock: SetClock) -> None:
    """All who are there were asked whether to stay, and did not answer."""
    notify(runtime)
    a_night(runtime, clock, 335)
    clock.move(days=30)


def test_who_acts_while_the_night_looks_at_them_is_not_forgotten(runtime: Runtime, clock: SetClock) -> None:
    vera = people.vera(runtime)
    silent_for_a_year(runtime, clock)
    night = threading.Thread(target=periods.run_due, args=(runtime,))
    with runtime.unit_of_work(Actor(ActorKind.VOLUNTEER, vera)) as uow:
        volunteers.pause(uow, vera, until=None)
        uow.session.flush()
        another_process()
        night.start()
        night.join(1)  # it found Vera silent, and waits for what she is doing
    night.join()
    assert make.row_of(runtime, Volunteer, vera).state == "paused"


def test_the_night_holds_requests_in_one_order_before_any_volunteer(
    runtime: Runtime, clock: SetClock
) -> None:
    vera, wim = people.vera(runtime), people.wim(runtime)
    silent_for_a_year(runtime, clock)
    first, second = make.located_request(runtime), make.located_request(runtime)
    make.asked_match(runtime, second, vera)
    make.asked_match(runtime, first, wim)
    touched = list[str]()

    def note(_connection: object, _cursor: object, statement: str, facts: Any, *_rest: object) -> None:
        if statement.startswith("UPDATE help_request SET wave"):
            (request,) = facts.values() if isinstance(facts, dict) else facts
            touched.append(f"request {request}")
        elif statement.startswith("UPDATE volunteer"):
            touched.append("volunteer")

    event.listen(runtime.engine, "before_cursor_execute", note)
    try:
        with runtime.unit_of_work(MACHINE) as uow:
            assert housekeeping.forget_silent(uow) == 2
    finally:
        event.remove(runtime.engine, "before_cursor_execute", note)
    order = list(dict.fromkeys(touched))  # what is held already may be held again
    assert order == [f"request {first}", f"request {second}", "volunteer"]


def test_who_says_to_stay_is_kept_for_another_year(runtime: Runtime, clock: SetClock) -> None:
    vera = people.vera(runtime)
    a_night(runtime, clock, 335)
    with runtime.unit_of_work(Actor(ActorKind.VOLUNTEER, vera)) as uow:
        assert volunteers.stay(uow, vera)
    a_night(runtime, clock, 60)
    assert make.row_of(runtime, Volunteer, vera).state == "active"
    a_night(runtime, clock, 275)
    assert len(make.notifications(runtime, "still_with_us")) == 2
    a_night(runtime, clock, 30)
    assert make.row_of(runtime, Volunteer, vera).state == "left"


@pytest.mark.parametrize("sign", ["sign_in", "answer", "vet"])
def test_whatever_a_volunteer_does_is_a_sign_of_life(runtime: Runtime, clock: SetClock, sign: str) -> None:
    vera = people.vera(runtime)
    clock.move(days=300)
    if sign == "answer":
        match_id = make.asked_match(runtime, volunteer_id=vera)
    with runtime.unit_of_work(Actor(ActorKind.STAFF if sign == "vet" else ActorKind.VOLUNTEER)) as uow:
        if sign == "sign_in":
            accounts.sign_in(uow, uow.session.query(Account).filter_by(volunteer_id=vera).one().id)
        elif sign == "answer":
            matches.decline(uow, match_id)
        else:
            volunteers.vet(uow, vera, level=1, reason="gesprek")
    a_night(runtime, clock, 100)
    assert make.notifications(runtime, "still_with_us") == []


def test_of_who_is_not_let_in_a_mark_is_left_after_a_year(runtime: Runtime, clock: SetClock) -> None:
    vera = people.vera(runtime)
    with runtime.unit_of_work(Actor(ActorKind.STAFF)) as uow:
        volunteers.block(uow, vera, reason="klacht")
    a_night(runtime, clock, 364)
    assert make.row_of(runtime, Volunteer, vera).name == "Vera Claes"
    a_night(runtime, clock, 1)
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.name, row.email[:7]) == ("blocked", "", "barred-")


def test_who_stopped_during_a_concern_is_forgotten_the_night_after_it(
    runtime: Runtime, clock: SetClock
) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    make.accepted_match(runtime, request, vera)
    with runtime.unit_of_work(RESIDENT) as uow:
        concerns.report(
            uow, facts=concerns.ConcernFacts(idempotency_key="k", words="?", help_request_id=request)
        )
        volunteers.leave(uow, vera)
    a_night(runtime, clock, 1)
    assert make.row_of(runtime, Volunteer, vera).name == "Vera Claes"
    with runtime.unit_of_work(Actor(ActorKind.STAFF)) as uow:
        concerns.settle(uow, 1, words="Gebeld.")
    a_night(runtime, clock, 1)
    assert make.row_of(runtime, Volunteer, vera).name == ""


def test_who_stopped_and_was_not_let_in_any_more_is_forgotten_when_no_other_concern_waits(
    runtime: Runtime, clock: SetClock
) -> None:
    vera, requests = people.vera(runtime), [make.located_request(runtime) for _ in range(2)]
    wim = people.wim(runtime)
    for request in requests:
        make.accepted_match(runtime, request, vera)
    for request in requests:
        facts = concerns.ConcernFacts(idempotency_key=f"k{request}", words="?", help_request_id=request)
        with runtime.unit_of_work(RESIDENT) as uow:
            concerns.report(uow, facts=facts)
    with runtime.unit_of_work(Actor(ActorKind.STAFF)) as uow:
        volunteers.leave(uow, vera)
        concerns.settle_by_blocking(uow, 1, words="Mag niet terugkomen.")
        volunteers.block(uow, wim, reason="klacht")
    assert make.row_of(runtime, Volunteer, vera).name == "Vera Claes"
    with runtime.unit_of_work(Actor(ActorKind.STAFF)) as uow:
        concerns.settle(uow, 2, words="Gebeld.")
    a_night(runtime, clock, 1)
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.name, row.email[:7]) == ("blocked", "", "barred-")
    assert make.row_of(runtime, Volunteer, wim).name == "Wim De Smet"


def test_who_reported_a_concern_about_what_is_forgotten_already_is_forgotten_once_it_is_settled(
    runtime: Runtime, clock: SetClock
) -> None:
    request = make.located_request(runtime, people.an())
    with runtime.unit_of_work(RESIDENT) as uow:
        closing.withdraw(uow, request)
    a_night(runtime, clock, 90)
    told = concerns.ConcernFacts(
        "k", "Er is geld weg.", name="Noor", phone="+32470123456", help_request_id=request
    )
    with runtime.unit_of_work(RESIDENT) as uow:
        concerns.report(uow, facts=told)
    a_night(runtime, clock, 1)
    assert make.row_of(runtime, Concern, 1).name == "Noor"
    with runtime.unit_of_work(Actor(ActorKind.STAFF)) as uow:
        concerns.note_reporter_seen(uow, 1, reason="Noor terugbellen")
        concerns.settle(uow, 1, words="Gebeld.")
    a_night(runtime, clock, 1)
    row = make.row_of(runtime, Concern, 1)
    assert (row.name, row.phone, row.words) == ("", "", "Er is geld weg.")
    with runtime.reading() as db:
        assert set(db.scalars(select(JournalEntry.reason))) == {""}


def test_housekeeping_leaves_fresh_sign_ins_alone(runtime: Runtime, clock: SetClock) -> None:
    make.applicant(runtime, email="vera@post.example")
    clock.move(days=120)
    periods.run_due(runtime)
    assert [told.sign_in_link_id for told in make.notifications(runtime, "confirm_address")] == [None]
