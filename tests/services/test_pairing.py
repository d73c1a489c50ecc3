"""Shortlists and waves: who is proposed, who is asked, and when a person must look."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import DayPart, at_brussels, bit, in_brussels
from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.messages import Candidate
from leuvenhelpt.domain.values import MACHINE, Located
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import changes, locating, matches, pairing, volunteers
from leuvenhelpt.storage.models import Attention, HelpRequest, Match
from leuvenhelpt.storage.queries.matching import pairing_task
from tests import make
from tests.make import VOLUNTEER
from tests.people import vera, wim
from workers.pair import pair


def troubles(runtime: Runtime) -> list[str]:
    with runtime.reading() as db:
        which = select(Attention.kind).where(Attention.resolved_at.is_(None)).order_by(Attention.id)
        return list(db.scalars(which))


def states(runtime: Runtime, match_ids: list[int]) -> list[str]:
    return [make.row_of(runtime, Match, match_id).state for match_id in match_ids]


def test_the_first_of_the_shortlist_are_asked_and_no_more(runtime: Runtime) -> None:
    request = make.located_request(runtime)
    found = make.shortlist(
        runtime, request, [vera(runtime), wim(runtime), make.volunteer(runtime)], wave_size=2
    )
    assert states(runtime, found) == ["asked", "asked", "proposed"]
    assert len(make.notifications(runtime, "ask")) == 2
    assert troubles(runtime) == []


def test_delicate_kinds_wait_for_the_coordinator_with_the_shortlist_ready(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    found = make.shortlist(runtime, request, [vera(runtime)])
    assert states(runtime, found) == ["proposed"]
    assert troubles(runtime) == ["review"]
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=found)
    assert states(runtime, found) == ["asked"]
    assert make.row_of(runtime, HelpRequest, request).state == "open"
    assert troubles(runtime) == []


def test_after_a_no_a_delicate_request_comes_back_to_the_desk(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    people = [vera(runtime), wim(runtime)]
    first, _second = make.shortlist(runtime, request, people)
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[first])
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.decline(uow, first)
    make.shortlist(runtime, request, people[1:])
    assert troubles(runtime) == ["review"]


def test_nobody_who_suits_is_told_to_the_desk_at_once(runtime: Runtime) -> None:
    request = make.located_request(runtime)
    make.shortlist(runtime, request, [])
    assert troubles(runtime) == ["nobody"]
    make.shortlist(runtime, request, [vera(runtime)])
    assert troubles(runtime) == []


def test_nobody_is_asked_at_night(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime)
    night = in_brussels(clock.now).replace(hour=23)
    clock.now = night
    found = make.shortlist(runtime, request, [vera(runtime)])
    assert states(runtime, found) == ["proposed"]
    morning = at_brussels(night.date() + timedelta(days=1), night.time().replace(hour=8))
    assert make.row_of(runtime, HelpRequest, request).look_at == morning
    assert troubles(runtime) == []


def test_the_weekly_limit_holds_whatever_matching_proposes(runtime: Runtime) -> None:
    busy = vera(runtime, max_asks_a_week=1)
    make.asked_match(runtime, volunteer_id=busy)
    second = make.located_request(runtime)
    assert states(runtime, make.shortlist(runtime, second, [busy])) == ["proposed"]
    assert troubles(runtime) == ["nobody"]


def test_somebody_who_paused_since_is_not_asked(runtime: Runtime) -> None:
    tired, request = vera(runtime), make.located_request(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.pause(uow, tired, until=None)
    assert states(runtime, make.shortlist(runtime, request, [tired])) == ["proposed"]


def test_a_second_run_asks_nobody_twice(runtime: Runtime) -> None:
    request, people = make.located_request(runtime), [vera(runtime), wim(runtime)]
    first = make.shortlist(runtime, request, people, wave_size=1)
    again = make.shortlist(runtime, request, people, wave_size=0)
    assert (first, states(runtime, first)) == (again, ["asked", "proposed"])
    assert len(make.notifications(runtime, "ask")) == 1


def test_asking_nobody_by_hand_is_refused(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    with pytest.raises(Refused, match="nobody_chosen"), runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[])


def test_left_to_the_machine_a_delicate_request_is_asked_by_itself(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.leave_to_machine(uow, request)
    assert states(runtime, make.shortlist(runtime, request, [vera(runtime)])) == ["asked"]


def test_a_page_of_before_the_yes_lets_the_machine_ask_nobody_later(runtime: Runtime) -> None:
    request = make.located_request(runtime, kind="company")
    (match_id,) = make.shortlist(runtime, request, [vera(runtime)])
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[match_id])
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(MACHINE) as uow:
        pairing.leave_to_machine(uow, request)
    assert make.row_of(runtime, HelpRequest, request).asking == "by_hand"


def test_while_an_ask_is_open_the_request_is_looked_at_again(runtime: Runtime) -> None:
    request, soon = make.located_request(runtime), runtime.clock() + timedelta(hours=1)
    somebody = Candidate(vera(runtime), 1.0, 0.4, ())
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.record_candidates(uow, request, candidates=[somebody], wave_size=1, look_again_at=soon)
    assert make.row_of(runtime, HelpRequest, request).look_at == soon


def test_who_was_only_proposed_is_proposed_for_what_the_request_became(runtime: Runtime) -> None:
    facts = make.ask_facts(kind="company", wanted_by=runtime.clock() + timedelta(days=2))
    request, people = make.located_request(runtime, facts), [vera(runtime)]
    make.shortlist(runtime, request, people)
    with runtime.unit_of_work(make.RESIDENT) as uow:
        changes.change_help_request(uow, request, facts=replace(facts, phone="+3216200000"))
        locating.record_help_request(uow, request, Located(make.HERE, 1.0, is_accepted=True))
    assert states(runtime, make.shortlist(runtime, request, people)) == ["proposed"]


def test_who_was_only_proposed_when_somebody_came_is_there_when_they_drop_out(runtime: Runtime) -> None:
    request, people = make.located_request(runtime), [vera(runtime), wim(runtime)]
    first, _second = make.shortlist(runtime, request, people, wave_size=1)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, first)
        matches.drop(uow, first)
    with runtime.reading() as db:
        task = pairing_task(db, request, runtime.city, runtime.clock())
    assert task is not None
    assert task.need.excluded == {people[0]}
    assert states(runtime, make.shortlist(runtime, request, people)) == ["dropped", "asked"]


def test_what_ended_without_an_ask_excludes_nobody(runtime: Runtime) -> None:
    """Rows of before such proposals were taken off."""
    request, people = make.located_request(runtime), [vera(runtime), wim(runtime)]
    old = make.shortlist(runtime, request, people, wave_size=0)
    with runtime.unit_of_work(MACHINE) as uow:
        for match_id, state in zip(old, ("filled", "cancelled"), strict=True):
            uow.session.get_one(Match, match_id).state = state
    with runtime.reading() as db:
        task = pairing_task(db, request, runtime.city, runtime.clock())
    assert task is not None
    assert task.need.excluded == frozenset()
    assert states(runtime, make.shortlist(runtime, request, people)) == ["asked", "asked"]


def test_nothing_is_planned_beyond_the_moment_help_is_wanted(runtime: Runtime, clock: SetClock) -> None:
    """On a Sunday, who can only be rung is promised a word on Monday, and wants help the evening before."""
    clock.now = at_brussels(date(2026, 11, 22), time(9, 40))
    wanted_by = at_brussels(date(2026, 11, 22), time(19))
    request = make.located_request(runtime, email="", wanted_by=wanted_by)
    with runtime.reading() as db:
        task = pairing_task(db, request, runtime.city, clock.now)
    assert task is not None
    assert task.promised_by is not None
    assert task.promised_by > wanted_by
    assert task.deadline(clock.now) == wanted_by
    assert task.deadline(wanted_by) == task.promised_by
    assert task.deadline(task.promised_by) == wanted_by


def test_who_is_free_only_at_a_moment_that_is_past_is_not_asked(runtime: Runtime, clock: SetClock) -> None:
    wednesday, friday = (bit(day, DayPart.MORNING) for day in (2, 4))
    until = at_brussels(date(2026, 11, 27), time(12))
    request = make.located_request(runtime, timing=Timing.MOMENTS, hours=wednesday | friday, wanted_by=until)
    clock.now = at_brussels(date(2026, 11, 25), time(16))
    _late, free = (make.volunteer(runtime, hours=hours) for hours in (wednesday, friday))
    pair(runtime)
    assert [ask.volunteer_id for ask in make.notifications(runtime, "ask")] == [free]
    clock.now = until
    make.volunteer(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        matches.look_again(uow, request)
    pair(runtime)
    assert [ask.volunteer_id for ask in make.notifications(runtime, "ask")] == [free]
