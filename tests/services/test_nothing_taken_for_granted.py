"""What is looked into goes on by no clock: nobody asks how it went, nothing is done, nobody forgotten before that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import aftercare, concerns, desk, housekeeping, matches, volunteers
from leuvenhelpt.storage.models import Attention, HelpRequest, Match, Volunteer
from tests import make, people
from tests.make import MACHINE, RESIDENT, VOLUNTEER
from tests.services.test_concerns import reported, settled
from tests.services.test_pairing import troubles
from workers.sweep import sweep


def asked_how_it_went(runtime: Runtime) -> list[str]:
    kinds = [row.kind for row in make.notifications(runtime)]
    return sorted(kind for kind in kinds if kind.startswith("aftercare"))


def request_of(runtime: Runtime, match_id: int) -> int:
    return int(make.row_of(runtime, Match, match_id).help_request_id)


@pytest.mark.parametrize("is_about_another", [False, True])
def test_how_it_went_is_asked_only_after_it_is_settled_and_there_was_time(
    runtime: Runtime, clock: SetClock, is_about_another: bool
) -> None:
    vera = people.vera(runtime)
    visit = make.accepted_match(runtime, volunteer_id=vera)
    another = make.accepted_match(runtime, volunteer_id=vera)
    concern = reported(runtime, request_of(runtime, another if is_about_another else visit))
    clock.move(days=7)
    sweep(runtime)
    assert asked_how_it_went(runtime) == []
    settled(runtime, concern)
    clock.move(hours=23)
    sweep(runtime)
    assert asked_how_it_went(runtime) == []
    clock.move(hours=2)
    sweep(runtime)
    assert asked_how_it_went(runtime) == ["aftercare_requester"] * 2 + ["aftercare_volunteer"] * 2


def test_silence_about_what_is_looked_into_means_nothing(runtime: Runtime, clock: SetClock) -> None:
    visit = make.accepted_match(runtime)
    clock.move(days=3)
    sweep(runtime)
    assert len(asked_how_it_went(runtime)) == 2
    concern = reported(runtime, request_of(runtime, visit))
    clock.move(days=4)
    sweep(runtime)
    settled(runtime, concern)
    for hours, state in ((0, "accepted"), (23, "accepted"), (2, "done")):
        clock.move(hours=hours)
        for _ in range(2):  # the first sees that the time to come is over
            sweep(runtime)
        assert make.row_of(runtime, Match, visit).state == state
    assert len(asked_how_it_went(runtime)) == 2


def test_silence_of_one_who_came_counts_although_another_could_not(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        uow.session.get_one(HelpRequest, request).places_needed = 2
    both = make.shortlist(runtime, request, [people.vera(runtime), people.wim(runtime)])
    for match_id in both:
        with runtime.unit_of_work(VOLUNTEER) as uow:
            matches.accept(uow, match_id)
    clock.move(days=3)
    sweep(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.drop(uow, both[0])
    clock.move(days=4)
    sweep(runtime)
    assert [make.row_of(runtime, Match, match_id).state for match_id in both] == ["dropped", "done"]


def test_who_stands_still_cannot_say_that_it_is_done_and_the_resident_can(runtime: Runtime) -> None:
    visit = make.accepted_match(runtime)
    reported(runtime, request := request_of(runtime, visit))
    for deed in (
        lambda uow: aftercare.finish(uow, visit),
        lambda uow: aftercare.answer_as_volunteer(uow, visit, went_well=True),
    ):
        with pytest.raises(Refused, match="on_hold"), runtime.unit_of_work(VOLUNTEER) as uow:
            deed(uow)
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request, went_well=False)
    assert make.row_of(runtime, HelpRequest, request).state == "done"
    assert "unwell" in troubles(runtime)


def test_nobody_is_forgotten_at_night_whose_concern_or_complaint_is_not_settled(
    runtime: Runtime, clock: SetClock
) -> None:
    worried, unhappy, content = (request_of(runtime, make.done_match(runtime)) for _ in range(3))
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, unhappy, went_well=False)
    concern = reported(runtime, worried)
    clock.move(days=91)
    assert forgotten(runtime) == {content}
    settled(runtime, concern)
    with runtime.unit_of_work(MACHINE) as uow:
        which = select(Attention.id).where(Attention.kind == "unwell")
        desk.settle(uow, uow.session.scalars(which).one(), unhappy, words="Gebeld.")
    assert forgotten(runtime) == {worried, unhappy, content}


def forgotten(runtime: Runtime) -> set[int]:
    """The requests of which no name is left after the nightly round."""
    with runtime.unit_of_work(MACHINE) as uow:
        housekeeping.forget_persons(uow)
    with runtime.reading() as db:
        return set(db.scalars(select(HelpRequest.id).where(HelpRequest.person_name == "")))


def test_who_may_help_again_says_when_whatever_pause_there_was(runtime: Runtime, clock: SetClock) -> None:
    vera = people.vera(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.pause(uow, vera, until=clock.now + timedelta(days=10))
    clock.move(days=20)
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.block(uow, vera, reason="klacht")
        volunteers.unblock(uow, vera, reason="uitgeklaard")
    sweep(runtime)
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.paused_until) == ("paused", None)


def test_who_goes_on_although_somebody_is_kept_out_gets_time_too(runtime: Runtime, clock: SetClock) -> None:
    visit = make.accepted_match(runtime, volunteer_id=(vera := people.vera(runtime)))
    concern = reported(runtime, request_of(runtime, visit), volunteer_id=vera)
    clock.move(days=7)
    with runtime.unit_of_work(MACHINE) as uow:
        concerns.settle_by_blocking(uow, concern, words="Niemand wachtte erop.")
    sweep(runtime)
    assert (make.row_of(runtime, Match, visit).state, asked_how_it_went(runtime)) == ("accepted", [])


@pytest.mark.parametrize("is_about_another", [False, True])
def test_who_was_kept_from_answering_was_not_silent_and_may_be_asked_again(
    runtime: Runtime, clock: SetClock, is_about_another: bool
) -> None:
    vera, elsewhere = people.vera(runtime), make.located_request(runtime)
    make.accepted_match(runtime, elsewhere, vera)
    request = make.located_request(runtime)
    ask = make.asked_match(runtime, request, vera)
    concern = reported(runtime, elsewhere if is_about_another else request)
    clock.move(hours=5)
    sweep(runtime)
    assert make.row_of(runtime, Match, ask).state == "cancelled"
    settled(runtime, concern)
    assert make.shortlist(runtime, request, [vera]) == [ask]
    # What a concern was about, a colleague goes on with.
    assert make.row_of(runtime, Match, ask).state == ("asked" if is_about_another else "proposed")


def test_a_pause_that_was_made_longer_is_not_ended_by_a_clock_that_read_it_before(
    runtime: Runtime, clock: SetClock
) -> None:
    vera = people.vera(runtime)
    for days in (1, 30):
        with runtime.unit_of_work(VOLUNTEER) as uow:
            volunteers.pause(uow, vera, until=clock.now + timedelta(days=days))
    clock.move(days=2)
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(MACHINE) as uow:
        volunteers.resume_when_over(uow, vera)
    assert make.row_of(runtime, Volunteer, vera).state == "paused"
    clock.move(days=29)
    sweep(runtime)
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.paused_until) == ("active", None)
