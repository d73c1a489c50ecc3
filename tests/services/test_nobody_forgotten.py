"""No request ends in silence, whatever the clock, the desk or a volunteer does meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import NotFound, Refused, SomebodyWasFirst
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import (
    aftercare,
    changes,
    desk,
    help_requests,
    locating,
    matches,
    pairing,
    promises,
    volunteers,
)
from leuvenhelpt.storage.models import Attention, HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries import tasks
from tests import make
from tests.make import RESIDENT, VOLUNTEER
from tests.services.test_matches import accepting, at_once
from tests.services.test_pairing import troubles
from workers.pair import pair
from workers.sweep import sweep


def request_of(runtime: Runtime, match_id: int) -> HelpRequest:
    match = make.row_of(runtime, Match, match_id)
    row = make.row_of(runtime, HelpRequest, match.help_request_id)
    assert isinstance(row, HelpRequest)
    return row


@pytest.mark.parametrize("end", ["leave", "block"])
def test_who_counted_on_a_volunteer_that_goes_hears_so(runtime: Runtime, end: str) -> None:
    someone = make.volunteer(runtime)
    accepted, asked = (make.asked_match(runtime, volunteer_id=someone) for _ in range(2))
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, accepted)
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.leave(uow, someone) if end == "leave" else volunteers.block(uow, someone, reason="zorg")
    assert [make.row_of(runtime, Match, one).state for one in (accepted, asked)] == ["dropped", "cancelled"]
    assert request_of(runtime, accepted).state == "open"
    assert [told.match_id for told in make.notifications(runtime, "request_reopened")] == [accepted]
    assert request_of(runtime, asked).look_at == runtime.clock()


def test_who_is_not_let_in_any_more_gets_no_address(runtime: Runtime) -> None:
    someone = make.volunteer(runtime)
    done = make.done_match(runtime, volunteer_id=someone)
    asked = make.asked_match(runtime, volunteer_id=someone)
    with runtime.unit_of_work(MACHINE) as uow:
        uow.session.get_one(Volunteer, someone).state = "blocked"
    with pytest.raises(Refused, match="too_late"), runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, asked)
    with runtime.reading() as db, pytest.raises(NotFound):
        tasks.whereabouts(db, done, runtime.clock())


def test_a_moment_that_passes_without_anybody_is_the_desks(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime)
    pair(runtime)
    clock.move(days=2, minutes=1)
    sweep(runtime)
    assert "overdue" in troubles(runtime)
    someone = make.volunteer(runtime)
    make.shortlist(runtime, request, [someone])
    assert make.notifications(runtime, "ask") == []


def test_after_its_moment_a_resident_is_not_written_three_times_a_day(
    runtime: Runtime, clock: SetClock
) -> None:
    make.located_request(runtime)
    clock.move(days=2, minutes=1)
    for _ in range(24):
        clock.move(hours=1)
        sweep(runtime)
    assert len(make.notifications(runtime, "still_looking")) <= 2


def test_going_on_looking_is_true(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime)
    pair(runtime)
    assert troubles(runtime) == ["nobody"]
    someone = make.volunteer(runtime)
    clock.move(hours=3.9)
    sweep(runtime)
    pair(runtime)
    (ask,) = make.notifications(runtime, "ask")
    assert (ask.volunteer_id, ask.help_request_id) == (someone, request)


def test_without_a_place_nobody_is_asked_and_the_desk_still_knows(runtime: Runtime) -> None:
    make.volunteer(runtime)
    request = make.located_request(runtime, place=None)
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.leave_to_machine(uow, request)
    pair(runtime)
    assert make.row_of(runtime, HelpRequest, request).state == "open"
    assert (troubles(runtime), make.notifications(runtime, "ask")) == (["place"], [])
    with runtime.unit_of_work(MACHINE) as uow:
        locating.place_by_hand(uow, request, place=make.POINTED_AT)
    pair(runtime)
    assert "place" not in troubles(runtime)
    assert len(make.notifications(runtime, "ask")) == 1


def test_what_is_approved_is_looked_at(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    pair(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.approve(uow, request)
    pair(runtime)
    assert troubles(runtime) == ["nobody"]


def test_words_alone_do_not_take_a_request_in_review_off_the_desk(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    with runtime.reading() as db:
        (row,) = db.query(Attention).all()
    with pytest.raises(Refused, match="decide_first"), runtime.unit_of_work(MACHINE) as uow:
        desk.settle(uow, row.id, request, words="gezien")
    assert troubles(runtime) == ["review"]


def test_who_is_found_late_gets_time_to_come(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime)
    match_id = make.asked_match(runtime, request)
    clock.move(hours=2.9)
    with runtime.unit_of_work(MACHINE) as uow:
        uow.session.get_one(HelpRequest, request).wanted_by = clock.now - timedelta(hours=1)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    sweep(runtime)
    assert make.notifications(runtime, "aftercare_requester") == []
    clock.move(days=1)
    sweep(runtime)
    assert len(make.notifications(runtime, "aftercare_requester")) == 1


def test_a_place_said_for_a_matched_request_does_not_end_it(runtime: Runtime) -> None:
    row = request_of(runtime, make.accepted_match(runtime))
    with runtime.unit_of_work(MACHINE) as uow:
        locating.place_by_hand(uow, row.id, place=make.POINTED_AT)
    sweep(runtime)
    assert make.notifications(runtime, "aftercare_requester") == []


def test_how_it_went_is_not_asked_when_nobody_came_after_all(runtime: Runtime) -> None:
    match_id = make.accepted_match(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.drop(uow, match_id)
    row = request_of(runtime, match_id)
    with runtime.unit_of_work(MACHINE) as uow:  # the sweeper saw it matched a moment ago
        aftercare.ask_when_over(uow, row.id)
    assert make.notifications(runtime, "aftercare_requester") == []
    assert request_of(runtime, match_id).look_at == runtime.clock()


def test_a_promise_is_not_renewed_for_who_is_matched_meanwhile(runtime: Runtime, clock: SetClock) -> None:
    row = request_of(runtime, make.accepted_match(runtime))
    clock.move(hours=4)
    with runtime.unit_of_work(MACHINE) as uow:
        promises.tend(uow, matches.hold(uow, row.id))
    assert make.notifications(runtime, "still_looking") == []


def test_many_who_wait_for_mail_do_not_hide_who_must_be_rung(
    runtime: Runtime, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leuvenhelpt.storage.queries.waiting.AT_ONCE", 2)
    for _ in range(4):
        make.located_request(runtime)
    make.located_request(runtime, email="")
    clock.move(hours=2.1)
    sweep(runtime)
    assert [told.channel for told in make.notifications(runtime, "still_looking")] == ["call"]


def test_by_hand_too_nobody_is_asked_who_may_not_be(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    gone, tired, free = (
        make.volunteer(runtime),
        make.volunteer(runtime, max_asks_a_week=1),
        make.volunteer(runtime),
    )
    make.asked_match(runtime, volunteer_id=tired)
    found = make.shortlist(runtime, request, [gone, tired, free])
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, gone)
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=found)
    assert [make.row_of(runtime, Match, one).state for one in found] == ["proposed", "proposed", "asked"]
    with pytest.raises(Refused, match="no_longer_suits"), runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=found)
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=found[2:])


def test_a_complaint_survives_a_change(runtime: Runtime) -> None:
    facts = make.ask_facts()
    request = make.located_request(runtime, facts)
    with runtime.unit_of_work(RESIDENT) as uow:
        help_requests.complain_unheard(uow, request)
        changed = replace(facts, wanted_by=runtime.clock() + timedelta(days=3))
        changes.change_help_request(uow, request, facts=changed)
    assert troubles(runtime) == ["unheard"]


def test_asked_by_two_at_once_a_weekly_limit_still_holds(runtime: Runtime) -> None:
    tired = [make.volunteer(runtime, max_asks_a_week=1) for _ in range(3)]
    requests = [make.located_request(runtime) for _ in range(6)]
    at_once(
        [
            lambda request=request, turn=turn: make.shortlist(runtime, request, tired[turn:] + tired[:turn])  # type: ignore[misc]
            for turn, request in enumerate(requests)
        ]
    )
    asked = [told.volunteer_id for told in make.notifications(runtime, "ask")]
    assert sorted(who for who in asked if who) == sorted(tired)


def test_who_is_blocked_while_saying_yes_goes_nowhere(runtime: Runtime) -> None:
    someone = make.volunteer(runtime)
    match_ids = [make.asked_match(runtime, volunteer_id=someone) for _ in range(4)]

    def blocking() -> None:
        with runtime.unit_of_work(MACHINE) as uow:
            volunteers.block(uow, someone, reason="zorg")

    at_once([blocking, *(accepting(runtime, match_id) for match_id in match_ids)])
    assert {make.row_of(runtime, Match, one).state for one in match_ids} <= {"dropped", "cancelled"}
