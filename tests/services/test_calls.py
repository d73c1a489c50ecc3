"""Who has no e-mail hears it by phone: what is true now, once, and is asked how it went."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import aftercare, changes, closing, desk, matches, notifications
from leuvenhelpt.storage.models import HelpRequest, Notification
from leuvenhelpt.storage.queries import errands
from tests import make
from tests.make import MACHINE, RESIDENT, VOLUNTEER
from tests.services.test_pairing import troubles
from workers.sweep import sweep


def calls(runtime: Runtime, request: int) -> list[str]:
    """What the desk is to tell over the phone."""
    with runtime.reading() as db:
        return [call.telling for call in errands.calls(db, request, runtime.clock())]


def asked_how_it_went(runtime: Runtime, clock: SetClock) -> tuple[int, int]:
    """A request of somebody without e-mail whose moment is past, so that staff is to ask; and who was to come."""
    request = make.located_request(runtime, email="")
    match_id = make.accepted_match(runtime, request)
    clock.move(hours=49)
    sweep(runtime)
    assert calls(runtime, request) == ["aftercare_requester"]
    return request, match_id


def test_who_has_no_email_is_still_asked_after_the_volunteer_said_how_it_went(
    runtime: Runtime, clock: SetClock
) -> None:
    request, match_id = asked_how_it_went(runtime, clock)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        aftercare.answer_as_volunteer(uow, match_id, went_well=True)
    assert calls(runtime, request) == ["aftercare_requester"]


def test_who_has_no_email_is_still_asked_after_the_clock_ended_it(runtime: Runtime, clock: SetClock) -> None:
    request, _match = asked_how_it_went(runtime, clock)
    clock.move(hours=73)
    sweep(runtime)
    assert make.row_of(runtime, HelpRequest, request).state == "done"
    assert calls(runtime, request) == ["aftercare_requester"]


@pytest.mark.parametrize("went_well", [True, False])
def test_what_is_said_over_the_phone_ends_it_though_nobody_else_said_so(
    runtime: Runtime, clock: SetClock, went_well: bool
) -> None:
    request, _match = asked_how_it_went(runtime, clock)
    (call,) = make.notifications(runtime, "aftercare_requester")
    with runtime.unit_of_work(MACHINE) as uow:
        desk.take_call(uow, request, call.id)
        aftercare.answer_as_requester(uow, request, went_well=went_well)
        notifications.record_sent(uow, call.id)
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.went_well, row.state, calls(runtime, request)) == (went_well, "done", [])


def test_of_what_was_withdrawn_nobody_is_told_who_comes(runtime: Runtime) -> None:
    request = make.located_request(runtime, email="")
    make.accepted_match(runtime, request)
    assert calls(runtime, request) == ["request_matched"]
    with runtime.unit_of_work(MACHINE) as uow:
        closing.withdraw(uow, request)
    must_be_left_out(runtime, request)


def test_who_told_it_on_the_page_is_not_asked_by_phone(runtime: Runtime, clock: SetClock) -> None:
    request, _match = asked_how_it_went(runtime, clock)
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request, went_well=True)
    must_be_left_out(runtime, request)


def test_who_told_it_before_we_asked_is_not_asked_by_phone(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, email="")
    make.accepted_match(runtime, request)
    clock.move(hours=49)
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request, went_well=True)
    must_be_left_out(runtime, request)


def test_a_moment_that_was_changed_is_not_told_to_be_past(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, email="")
    for hours in (2.1, 48, 24):
        clock.move(hours=hours)
        sweep(runtime)
    assert calls(runtime, request) == ["moment_passed"]
    with runtime.unit_of_work(RESIDENT) as uow:
        later = make.ask_facts(email="", wanted_by=clock.now + timedelta(days=3))
        changes.change_help_request(uow, request, facts=later)
    must_be_left_out(runtime, request)


def test_who_gave_an_address_of_email_is_not_rung_any_more(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, email="")
    clock.move(hours=2.1)
    sweep(runtime)
    assert calls(runtime, request) == ["still_looking"]
    with runtime.unit_of_work(RESIDENT) as uow:
        changes.change_help_request(
            uow, request, facts=make.ask_facts(wanted_by=clock.now + timedelta(days=2))
        )
    must_be_left_out(runtime, request)


def test_who_counts_on_somebody_that_does_not_come_is_rung_at_once(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, email="", wanted_by=timedelta(days=4))
    match_id = make.accepted_match(runtime, request)
    (told,) = make.notifications(runtime, "request_matched")
    with runtime.unit_of_work(MACHINE) as uow:
        notifications.record_sent(uow, told.id)
    clock.move(hours=3)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.drop(uow, match_id)
    (call,) = make.notifications(runtime, "request_reopened")
    assert call.due_by == clock.now
    assert make.row_of(runtime, HelpRequest, request).promised_by > clock.now


def must_be_left_out(runtime: Runtime, request: int) -> None:
    """The page of the request has the call no more, the desk after the clock came by, and it cannot be made."""
    (call,) = [row for row in make.notifications(runtime) if (row.channel, row.state) == ("call", "queued")]
    assert calls(runtime, request) == []
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(MACHINE) as uow:
        desk.take_call(uow, request, call.id)
    sweep(runtime)
    assert "call" not in troubles(runtime)
    assert make.row_of(runtime, Notification, call.id).state == "suppressed"
