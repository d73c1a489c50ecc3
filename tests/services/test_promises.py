"""Every request ends in a person, a service or an honest word by the promised time."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import at_brussels, end_of_day
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import changes, closing, matches, notifications, pairing
from leuvenhelpt.storage.models import Attention, HelpRequest, Notification
from tests import make
from tests.make import RESIDENT, VOLUNTEER
from tests.services.test_pairing import troubles
from workers.sweep import sweep


def promised_by(runtime: Runtime, request: int) -> object:
    return make.row_of(runtime, HelpRequest, request).promised_by


def test_a_promise_is_in_waking_hours(runtime: Runtime, clock: SetClock) -> None:
    request = make.help_request(runtime)
    assert promised_by(runtime, request) == clock.now + timedelta(hours=runtime.city.soon.promise_hours)


def test_who_can_only_be_rung_is_promised_a_moment_when_somebody_rings(
    runtime: Runtime, clock: SetClock
) -> None:
    clock.now = at_brussels(date(2026, 11, 22), time(9, 40))  # a Sunday
    by_mail, by_phone = make.help_request(runtime), make.help_request(runtime, email="")
    assert promised_by(runtime, by_mail) == at_brussels(date(2026, 11, 22), time(13, 40))
    assert promised_by(runtime, by_phone) == at_brussels(date(2026, 11, 23), time(10))


def test_who_can_only_be_rung_now_is_promised_what_can_be_kept(runtime: Runtime, clock: SetClock) -> None:
    clock.now = at_brussels(date(2026, 11, 28), time(10))  # a Saturday
    facts = make.ask_facts(wanted_by=clock.now + timedelta(days=2))
    request = make.located_request(runtime, facts)
    assert promised_by(runtime, request) == at_brussels(date(2026, 11, 28), time(14))
    clock.move(hours=0.5)
    with runtime.unit_of_work(RESIDENT) as uow:
        changes.change_help_request(uow, request, facts=replace(facts, email=""))
    assert promised_by(runtime, request) == at_brussels(date(2026, 11, 30), time(10))


def test_an_ask_cannot_be_answered_after_help_was_wanted(runtime: Runtime, clock: SetClock) -> None:
    clock.now = at_brussels(date(2026, 11, 24), time(20, 30))
    request = make.located_request(runtime, timing=Timing.BEFORE, wanted_by=end_of_day(date(2026, 11, 24)))
    match_id = make.asked_match(runtime, request)
    clock.now = at_brussels(date(2026, 11, 25), time(9, 30))
    with runtime.unit_of_work(VOLUNTEER) as uow, pytest.raises(Refused) as refused:
        matches.accept(uow, match_id)
    assert refused.value.code == "too_late"
    sweep(runtime)
    assert make.row_of(runtime, make.Match, match_id).state == "lapsed"


def test_who_is_asked_by_hand_after_the_moment_may_still_come(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, kind="company", wanted_by=timedelta(hours=1))
    (match_id,) = make.shortlist(runtime, request, [make.volunteer(runtime, vetting=2)])
    clock.move(hours=2)
    with runtime.unit_of_work(make.MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[match_id])
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    assert make.row_of(runtime, HelpRequest, request).state == "matched"


def test_the_desk_is_warned_and_the_resident_hears_before_it_breaks(
    runtime: Runtime, clock: SetClock
) -> None:
    request = make.located_request(runtime)
    before = promised_by(runtime, request)
    clock.move(hours=3.1)
    sweep(runtime)
    assert troubles(runtime) == ["promise"]
    assert make.notifications(runtime, "still_looking") == []
    clock.move(hours=0.7)
    sweep(runtime)
    (told,) = make.notifications(runtime, "still_looking")
    assert (told.channel, told.due_by) == ("email", before)
    assert told.created_at < told.due_by
    assert promised_by(runtime, request) > before  # type: ignore[operator]
    sweep(runtime)
    assert len(make.notifications(runtime, "still_looking")) == 1


def test_who_has_no_email_is_rung_in_time(runtime: Runtime, clock: SetClock) -> None:
    make.located_request(runtime, email="")
    clock.move(hours=2.1)
    sweep(runtime)
    (call,) = make.notifications(runtime, "still_looking")
    assert (call.channel, call.state, call.look_at) == ("call", "queued", None)
    assert troubles(runtime) == ["call"]
    with runtime.unit_of_work(make.MACHINE) as uow:
        notifications.record_no_answer(uow, call.id)
    with runtime.reading() as db:
        open_calls = select(Attention).where(Attention.resolved_at.is_(None))
        (attention,) = db.scalars(open_calls).all()
    assert attention.due_at == clock.now + timedelta(hours=2)
    with runtime.unit_of_work(make.MACHINE) as uow:
        notifications.record_sent(uow, call.id)
    assert make.row_of(runtime, Notification, call.id).state == "sent"
    assert troubles(runtime) == []


@pytest.mark.parametrize(
    ("close", "state", "telling"),
    [
        (lambda uow, id: closing.reject(uow, id, words="Dat doen wij niet."), "rejected", "request_rejected"),
        (
            lambda uow, id: closing.refer(uow, id, service="ocmw", words=""),
            "referred",
            "request_referred",
        ),
        (
            lambda uow, id: closing.give_up(uow, id, words="Wij vonden niemand."),
            "unresolved",
            "request_unresolved",
        ),
    ],
)
def test_every_end_is_told(runtime: Runtime, close: object, state: str, telling: str) -> None:
    match_id = make.asked_match(runtime)
    request = make.notifications(runtime, "ask")[0].help_request_id
    with runtime.unit_of_work(make.MACHINE) as uow:
        close(uow, request)  # type: ignore[operator]
    row = make.row_of(runtime, HelpRequest, request)  # type: ignore[arg-type]
    assert (row.state, row.promised_by, row.closed_at) == (state, None, runtime.clock())
    assert len(make.notifications(runtime, telling)) == 1
    assert [told.match_id for told in make.notifications(runtime, "ask_cancelled")] == [match_id]


def test_withdrawing_tells_who_was_coming(runtime: Runtime) -> None:
    match_id = make.accepted_match(runtime)
    request = make.notifications(runtime, "ask")[0].help_request_id
    with runtime.unit_of_work(RESIDENT) as uow:
        closing.withdraw(uow, request)  # type: ignore[arg-type]
    assert [told.match_id for told in make.notifications(runtime, "task_cancelled")] == [match_id]


def test_asks_lapse_and_the_next_are_looked_for(runtime: Runtime, clock: SetClock) -> None:
    match_id = make.asked_match(runtime)
    assert sweep(runtime) == 0
    clock.move(hours=3.01)
    sweep(runtime)
    assert make.row_of(runtime, make.Match, match_id).state == "lapsed"
    request = make.row_of(runtime, make.Match, match_id).help_request_id
    assert make.row_of(runtime, HelpRequest, request).look_at == clock.now
    assert set(runtime.bell.rung[-2:]) == {"pair", "notify"}  # type: ignore[attr-defined]


def test_both_sides_are_asked_how_it_went_and_silence_ends_it(runtime: Runtime, clock: SetClock) -> None:
    match_id = make.accepted_match(runtime)
    request = make.row_of(runtime, make.Match, match_id).help_request_id
    clock.move(days=2, hours=1)
    sweep(runtime)
    kinds = [told.kind for told in make.notifications(runtime)]
    assert kinds[-2:] == ["aftercare_volunteer", "aftercare_requester"]
    clock.move(days=3, hours=1)
    sweep(runtime)
    assert make.row_of(runtime, HelpRequest, request).state == "done"


def test_a_pause_ends_by_itself(runtime: Runtime, clock: SetClock) -> None:
    from leuvenhelpt.services import volunteers  # noqa: PLC0415

    someone = make.volunteer(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.pause(uow, someone, until=clock.now + timedelta(days=7))
    clock.move(days=7, minutes=1)
    sweep(runtime)
    assert make.row_of(runtime, volunteers.Volunteer, someone).state == "active"


def test_once_the_moment_is_past_that_is_said_once_and_nothing_promised(
    runtime: Runtime, clock: SetClock
) -> None:
    request = make.located_request(runtime, timing=Timing.BEFORE, wanted_by=end_of_day(date(2026, 11, 24)))
    for _ in range(72):
        clock.move(hours=1)
        sweep(runtime)
    told = [told.kind for told in make.notifications(runtime)]
    assert told == ["request_received", "still_looking", "still_looking", "moment_passed"]
    assert promised_by(runtime, request) is None
    assert troubles(runtime) == ["overdue"]


def test_who_changes_it_is_promised_a_word_anew(runtime: Runtime, clock: SetClock) -> None:
    facts = make.ask_facts(timing=Timing.BEFORE, wanted_by=end_of_day(date(2026, 12, 1)))
    request = make.located_request(runtime, facts)
    assert promised_by(runtime, request) == clock.now + timedelta(days=1)
    with runtime.unit_of_work(RESIDENT) as uow:
        changes.change_help_request(
            uow, request, facts=replace(facts, wanted_by=end_of_day(date(2026, 11, 24)))
        )
    assert promised_by(runtime, request) == clock.now + timedelta(hours=4)
    clock.move(days=3)
    sweep(runtime)
    assert promised_by(runtime, request) is None
    with runtime.unit_of_work(RESIDENT) as uow:
        changes.change_help_request(uow, request, facts=facts)
    assert promised_by(runtime, request) == clock.now + timedelta(days=1)


def test_one_call_tells_the_newest_and_is_due_when_the_first_was(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, email="")
    first_due = promised_by(runtime, request)
    for _ in range(3):
        clock.move(hours=5)
        sweep(runtime)
    calls = make.notifications(runtime, "still_looking")
    assert [call.state for call in calls] == ["suppressed"] * (len(calls) - 1) + ["queued"]
    assert len(calls) > 1
    assert calls[-1].due_by == first_due
    assert troubles(runtime).count("call") == 1


def test_what_the_desk_has_already_is_not_told_twice_and_gets_the_new_moment(
    runtime: Runtime, clock: SetClock
) -> None:
    request = make.located_request(runtime, kind="company")
    clock.move(hours=3.5)
    assert [sweep(runtime), sweep(runtime)] == [0, 0]
    assert troubles(runtime) == ["review"]
    clock.move(hours=0.4)
    sweep(runtime)
    assert len(make.notifications(runtime, "still_looking")) == 1
    with runtime.reading() as db:
        assert db.scalars(select(Attention.due_at)).one() == promised_by(runtime, request)
