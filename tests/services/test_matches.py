"""Answering: one winner, everybody hears, dropping out opens again."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import closing, matches
from leuvenhelpt.storage.models import HelpRequest, Match
from tests import make
from tests.make import MACHINE, RESIDENT, VOLUNTEER
from tests.services.test_concerns import reported

CONTENDERS, ROUNDS = 32, 3


def asked(runtime: Runtime, count: int) -> tuple[int, list[int]]:
    help_request_id = make.located_request(runtime)
    people = [make.volunteer(runtime) for _ in range(count)]
    return help_request_id, make.shortlist(runtime, help_request_id, people, wave_size=count)


def at_once(calls: list[Callable[[], None]]) -> list[str]:
    """Make all calls at the same moment; for each "ok" or the refusal's code."""
    barrier, outcomes = threading.Barrier(len(calls)), ["" for _ in calls]

    def run(number: int, call: Callable[[], None]) -> None:
        barrier.wait()
        try:
            call()
            outcomes[number] = "ok"
        except Refused as refused:
            outcomes[number] = refused.code

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def accepting(runtime: Runtime, match_id: int) -> Callable[[], None]:
    def call() -> None:
        with runtime.unit_of_work(VOLUNTEER) as uow:
            matches.accept(uow, match_id)

    return call


def dropping(runtime: Runtime, match_id: int) -> Callable[[], None]:
    def call() -> None:
        with runtime.unit_of_work(VOLUNTEER) as uow:
            matches.drop(uow, match_id)

    return call


def test_of_many_who_accept_at_once_one_wins(runtime: Runtime) -> None:
    for _ in range(ROUNDS):
        help_request_id, match_ids = asked(runtime, CONTENDERS)
        outcomes = at_once([accepting(runtime, match_id) for match_id in match_ids])
        assert sorted(outcomes) == ["ok"] + ["somebody_was_first"] * (CONTENDERS - 1)
        states = [make.row_of(runtime, Match, match_id).state for match_id in match_ids]
        assert sorted(states) == ["accepted"] + ["filled"] * (CONTENDERS - 1)
        request = make.row_of(runtime, HelpRequest, help_request_id)
        assert (request.state, request.places_taken) == ("matched", 1)
    assert len(make.notifications(runtime, "task_accepted")) == ROUNDS
    assert len(make.notifications(runtime, "ask_filled")) == ROUNDS * (CONTENDERS - 1)


def test_withdrawing_and_accepting_at_once_leaves_nobody_on_the_way(runtime: Runtime) -> None:
    help_request_id, match_ids = asked(runtime, 6)

    def withdrawing() -> None:
        with runtime.unit_of_work(RESIDENT) as uow:
            closing.withdraw(uow, help_request_id)

    at_once([withdrawing, *(accepting(runtime, match_id) for match_id in match_ids)])
    assert make.row_of(runtime, HelpRequest, help_request_id).state == "withdrawn"
    states = {make.row_of(runtime, Match, match_id).state for match_id in match_ids}
    assert states <= {"cancelled", "filled"}


def test_dropping_out_and_accepting_at_once_keeps_the_places_right(runtime: Runtime) -> None:
    help_request_id, match_ids = asked(runtime, 4)
    accepting(runtime, match_ids[0])()
    at_once([dropping(runtime, match_ids[0]), *(accepting(runtime, match) for match in match_ids[1:])])
    request = make.row_of(runtime, HelpRequest, help_request_id)
    states = [make.row_of(runtime, Match, match_id).state for match_id in match_ids]
    assert request.places_taken == states.count(MatchState.ACCEPTED)
    assert (request.state == "matched") == (request.places_taken == 1)


def test_as_many_win_as_are_needed(runtime: Runtime) -> None:
    help_request_id, match_ids = asked(runtime, 8)
    with runtime.unit_of_work(RESIDENT) as uow:
        uow.session.get_one(HelpRequest, help_request_id).places_needed = 3
    outcomes = at_once([accepting(runtime, match_id) for match_id in match_ids])
    assert outcomes.count("ok") == 3
    places = [make.row_of(runtime, Match, match_id).place_no for match_id in match_ids]
    assert sorted(place for place in places if place) == [1, 2, 3]


def test_saying_yes_twice_changes_nothing(runtime: Runtime) -> None:
    match_id = make.accepted_match(runtime)
    accepting(runtime, match_id)()
    assert len(make.notifications(runtime, "request_matched")) == 1


def test_dropping_out_opens_again_and_the_resident_hears(runtime: Runtime) -> None:
    match_id = make.accepted_match(runtime)
    dropping(runtime, match_id)()
    match = make.row_of(runtime, Match, match_id)
    request = make.row_of(runtime, HelpRequest, match.help_request_id)
    assert (match.state, match.place_no) == ("dropped", None)
    assert (request.state, request.places_taken) == ("open", 0)
    assert request.look_at == runtime.clock()
    assert request.promised_by is not None
    assert len(make.notifications(runtime, "request_reopened")) == 1


def test_a_late_no_reopens_nothing(runtime: Runtime) -> None:
    help_request_id, (first, second) = asked(runtime, 2)
    accepting(runtime, first)()
    with pytest.raises(Refused, match="too_late"), runtime.unit_of_work(VOLUNTEER) as uow:
        matches.decline(uow, second)
    assert make.row_of(runtime, HelpRequest, help_request_id).state == "matched"


def test_a_no_brings_the_next_in_line_at_once(runtime: Runtime) -> None:
    match_id = make.asked_match(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.decline(uow, match_id, remark="Ik ben op reis")
    match = make.row_of(runtime, Match, match_id)
    assert (match.state, match.remark) == ("declined", "Ik ben op reis")
    assert make.row_of(runtime, HelpRequest, match.help_request_id).look_at == runtime.clock()


def test_an_answer_after_the_time_is_too_late(runtime: Runtime, clock: SetClock) -> None:
    match_id = make.asked_match(runtime)
    clock.move(days=2)
    with pytest.raises(Refused, match="too_late"):
        accepting(runtime, match_id)()


def test_an_ask_does_not_lapse_before_its_time(runtime: Runtime, clock: SetClock) -> None:
    """As when the clock read one that is over, and they were asked anew before it moved it."""
    match_id = make.asked_match(runtime)
    clock.now = make.row_of(runtime, Match, match_id).lapses_at - timedelta(minutes=1)
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(MACHINE) as uow:
        matches.lapse(uow, match_id)
    clock.move(minutes=1)
    with runtime.unit_of_work(MACHINE) as uow:
        matches.lapse(uow, match_id)
    assert make.row_of(runtime, Match, match_id).state == "lapsed"


def test_a_yes_does_not_lapse(runtime: Runtime, clock: SetClock) -> None:
    match_id = make.accepted_match(runtime, make.located_request(runtime))
    reported(runtime, make.row_of(runtime, Match, match_id).help_request_id)
    clock.move(hours=30)
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(make.MACHINE) as uow:
        matches.lapse(uow, match_id)
    assert make.row_of(runtime, Match, match_id).state == "accepted"
