"""Who has no e-mail hears it by phone: what is true now, once, and is asked how it went."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import aftercare, desk, notifications
from leuvenhelpt.storage.models import HelpRequest
from leuvenhelpt.storage.queries import errands
from tests import make
from tests.make import MACHINE, VOLUNTEER
from workers.sweep import sweep


def calls(runtime: Runtime, request: int) -> list[str]:
    """What is to be told over the phone."""
    with runtime.reading() as db:
        return [call.telling for call in errands.calls(db, request)]


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
