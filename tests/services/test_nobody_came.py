"""A visit that counted as done, and to which nobody came: the request goes on, the address does not."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import aftercare, changes
from leuvenhelpt.storage.models import HelpRequest, Match
from leuvenhelpt.storage.queries import tasks
from tests import make, people
from tests.make import RESIDENT
from tests.services.test_pairing import troubles
from workers.sweep import sweep

STEF = Actor(ActorKind.STAFF, 1)


def unhappy(runtime: Runtime, clock: SetClock, *, hours: int = 49) -> tuple[int, int]:
    """Vera said yes, and An says some hours later that it did not go well; the ids of request and match."""
    request = make.located_request(runtime, people.an())
    match_id = make.accepted_match(runtime, request, people.vera(runtime))
    clock.move(hours=hours)
    sweep(runtime)
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request, went_well=False)
    return request, match_id


def test_the_desk_takes_it_up_again_and_who_did_not_come_sees_no_address(
    runtime: Runtime, clock: SetClock
) -> None:
    request, match_id = unhappy(runtime, clock)
    with runtime.reading() as db:
        assert tasks.whereabouts(db, match_id, clock.now).address == "Naamsestraat 147"
    with runtime.unit_of_work(STEF) as uow:
        aftercare.note_nobody_came(uow, request)
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.places_taken, row.went_well, row.closed_at) == ("open", 0, None, None)
    assert make.row_of(runtime, Match, match_id).state == "dropped"
    assert troubles(runtime) == ["overdue"]
    with pytest.raises(NotFound), runtime.reading() as db:
        tasks.whereabouts(db, match_id, clock.now)


def test_for_another_moment_others_are_looked_for(runtime: Runtime, clock: SetClock) -> None:
    request, _match_id = unhappy(runtime, clock)
    with runtime.unit_of_work(STEF) as uow:
        aftercare.note_nobody_came(uow, request)
    with runtime.unit_of_work(STEF) as uow:
        changes.change_help_request(
            uow, request, facts=people.an(wanted_by=clock.now + make.timedelta(days=2))
        )
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.look_at) == ("submitted", clock.now)
    assert row.promised_by is not None
    assert troubles(runtime) == []


def test_before_the_moment_is_past_others_are_looked_for_at_once(runtime: Runtime, clock: SetClock) -> None:
    request, _match_id = unhappy(runtime, clock, hours=5)
    with runtime.unit_of_work(STEF) as uow:
        aftercare.note_nobody_came(uow, request)
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.look_at, row.promised_by is not None) == ("open", clock.now, True)
    assert troubles(runtime) == []


@pytest.mark.parametrize("went_well", [None, True])
def test_what_nobody_complained_of_stays_done(runtime: Runtime, went_well: bool | None) -> None:
    match_id = make.done_match(runtime)
    request = make.row_of(runtime, Match, match_id).help_request_id
    with runtime.unit_of_work(RESIDENT) as uow:
        if went_well is not None:
            aftercare.answer_as_requester(uow, request, went_well=went_well)
    with pytest.raises(Refused), runtime.unit_of_work(STEF) as uow:
        aftercare.note_nobody_came(uow, request)
    assert make.row_of(runtime, Match, match_id).state == "done"
