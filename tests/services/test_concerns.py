"""A concern holds up what it is about, until a coordinator decides; nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Update, event, select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.services import changes, concerns, desk, matches, pairing, volunteers
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import Attention, HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries import tasks, volunteer_pages
from leuvenhelpt.storage.queries.concerns import waiting
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from tests import make, people
from tests.make import MACHINE, RESIDENT, VOLUNTEER


def reported(runtime: Runtime, request: int, **facts: object) -> int:
    """A concern about a request; its id."""
    told = concerns.ConcernFacts(f"k{request}{facts}", "Niet pluis.", help_request_id=request, **facts)  # type: ignore[arg-type]
    with runtime.unit_of_work(RESIDENT) as uow:
        concerns.report(uow, facts=told)
        return uow.session.scalars(select(concerns.Concern.id).order_by(concerns.Concern.id.desc())).all()[0]


def settled(runtime: Runtime, concern_id: int) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        concerns.settle(uow, concern_id, words="Gebeld.")


def sees_address(runtime: Runtime, match_id: int) -> bool:
    with runtime.reading() as db:
        try:
            tasks.whereabouts(db, match_id, runtime.clock())
        except NotFound:
            return False
    return True


def code_words(runtime: Runtime, volunteer_id: int) -> set[str]:
    """What stands beside what was asked and promised on the volunteer's own page."""
    with runtime.reading() as db:
        return {match.code_word for match in volunteer_pages.matches(db, volunteer_id)}


def state_of(runtime: Runtime, volunteer_id: int) -> str:
    return str(make.row_of(runtime, Volunteer, volunteer_id).state)


def test_who_said_yes_is_shown_and_asked_nothing_until_it_is_settled(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime, people.an()), people.vera(runtime)
    here = make.accepted_match(runtime, request, vera)
    elsewhere = make.accepted_match(runtime, make.located_request(runtime), vera)
    waiting = make.asked_match(runtime, make.located_request(runtime), vera)
    assert (sees_address(runtime, here), sees_address(runtime, elsewhere)) == (True, True)
    assert len(code_words(runtime, vera) - {""}) > 0
    concern = reported(runtime, request)
    assert state_of(runtime, vera) == "frozen"
    assert (sees_address(runtime, here), sees_address(runtime, elsewhere)) == (False, False)
    assert code_words(runtime, vera) == {""}
    with pytest.raises(Refused, match="on_hold"), runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, waiting)
    (proposed,) = make.shortlist(runtime, make.located_request(runtime), [vera])
    assert make.row_of(runtime, Match, proposed).state == "proposed"
    settled(runtime, concern)
    assert state_of(runtime, vera) == "active"
    assert (sees_address(runtime, here), sees_address(runtime, elsewhere)) == (True, True)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, waiting)


def test_a_volunteer_who_reports_holds_up_the_request_and_no_colleague(runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an())
    vera, wim = people.vera(runtime), people.wim(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        uow.session.get_one(HelpRequest, request).places_needed = 2
    veras, wims = make.shortlist(runtime, request, [vera, wim])
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, veras)
    concern = reported(runtime, request, volunteer_id=vera)
    assert (state_of(runtime, vera), state_of(runtime, wim)) == ("active", "active")
    assert not sees_address(runtime, veras)
    assert code_words(runtime, vera) == {""}
    with pytest.raises(Refused, match="on_hold"), runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, wims)
    settled(runtime, concern)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, wims)


def test_the_machine_asks_nobody_more_for_it(runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an())
    reported(runtime, request)
    with runtime.unit_of_work(MACHINE) as uow:
        # As with one from before a concern held anything up.
        uow.session.get_one(HelpRequest, request).asking = "automatic"
    (proposed,) = make.shortlist(runtime, request, [people.vera(runtime)])
    assert make.row_of(runtime, Match, proposed).state == "proposed"


def test_a_coordinator_settles_it_before_anybody_is_asked(runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an())
    concern = reported(runtime, request)
    found = make.shortlist(runtime, request, [people.vera(runtime)])
    deeds: list[Callable[[UnitOfWork], None]] = [
        lambda uow: pairing.ask_by_hand(uow, request, match_ids=found),
        lambda uow: pairing.leave_to_machine(uow, request),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="on_hold_desk"), runtime.unit_of_work(MACHINE) as uow:
            deed(uow)
    settled(runtime, concern)
    for deed in deeds:
        with runtime.unit_of_work(MACHINE) as uow:
            deed(uow)
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.asking, make.row_of(runtime, Match, found[0]).state) == ("automatic", "asked")


def test_changing_the_request_does_not_let_the_machine_go_on(runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an())
    concern = reported(runtime, request)
    for words, asking in (("Brood.", "by_hand"), ("Melk.", "automatic")):
        if asking == "automatic":
            settled(runtime, concern)
        facts = people.an(wanted_by=runtime.clock() + make.timedelta(days=2), words=words)
        with runtime.unit_of_work(RESIDENT) as uow:
            changes.change_help_request(uow, request, facts=facts)
        assert make.row_of(runtime, HelpRequest, request).asking == asking


def test_who_was_on_a_pause_goes_back_to_it(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    make.accepted_match(runtime, request, vera)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.pause(uow, vera, until=None)
    settled(runtime, reported(runtime, request))
    assert state_of(runtime, vera) == "paused"


@pytest.mark.parametrize("days", [None, 30])
def test_who_asks_for_a_pause_meanwhile_gets_it_afterwards(runtime: Runtime, days: int | None) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    make.accepted_match(runtime, request, vera)
    concern = reported(runtime, request)
    until = runtime.clock() + make.timedelta(days=days) if days else None
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.pause(uow, vera, until=until)
    assert state_of(runtime, vera) == "frozen"
    settled(runtime, concern)
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.paused_until) == ("paused", until)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.resume(uow, vera)
    settled(runtime, reported(runtime, request, name="Els"))
    assert state_of(runtime, vera) == "active"


def test_of_two_concerns_both_are_waited_for(runtime: Runtime) -> None:
    vera, requests = people.vera(runtime), [make.located_request(runtime) for _ in range(2)]
    for request in requests:
        make.accepted_match(runtime, request, vera)
    first, second = (reported(runtime, request) for request in requests)
    settled(runtime, first)
    assert state_of(runtime, vera) == "frozen"
    settled(runtime, second)
    assert state_of(runtime, vera) == "active"


def test_who_only_was_asked_is_left_in_peace(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    make.asked_match(runtime, request, vera)
    reported(runtime, request)
    assert state_of(runtime, vera) == "active"


def test_who_said_no_and_is_asked_anew_is_left_in_peace(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    match_id = make.asked_match(runtime, request, vera)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.decline(uow, match_id)
    with runtime.unit_of_work(MACHINE) as uow:
        take_step(uow, Subject.MATCH, "renew", match_id)
    concern = reported(runtime, request)
    assert state_of(runtime, vera) == "active"
    with runtime.reading() as db:
        assert waiting(db, concern) == ()


def test_who_said_yes_waits_although_it_was_taken_back_and_may_be_asked_anew(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    match_id = make.accepted_match(runtime, request, vera)
    with runtime.unit_of_work(MACHINE) as uow:
        take_step(uow, Subject.MATCH, "cancel", match_id)
        take_step(uow, Subject.MATCH, "renew", match_id, answered_at=None)
    concern = reported(runtime, request)
    assert state_of(runtime, vera) == "frozen"
    with runtime.reading() as db:
        assert [one.name for one in waiting(db, concern)] == ["Vera Claes"]


def test_who_stops_meanwhile_sees_no_address_again(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    yesterday = make.done_match(runtime, volunteer_id=vera)
    make.accepted_match(runtime, request, vera)
    reported(runtime, request)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    assert not sees_address(runtime, yesterday)


def test_somebody_who_stops_meanwhile_can_still_be_kept_out(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime), people.vera(runtime)
    make.accepted_match(runtime, request, vera)
    concern = reported(runtime, request)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    with runtime.unit_of_work(MACHINE) as uow:
        concerns.settle_by_blocking(uow, concern, words="Mag niet terugkomen.")
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.name, row.email[:7]) == ("blocked", "", "barred-")


def test_all_requests_are_held_in_one_order_before_anybody_is_kept_out(runtime: Runtime) -> None:
    vera, wim = people.vera(runtime), people.wim(runtime)
    veras, first, wims, last = [make.located_request(runtime) for _ in range(4)]
    with runtime.unit_of_work(MACHINE) as uow:
        uow.session.get_one(HelpRequest, first).places_needed = 2
    make.accepted_match(runtime, veras, vera)
    make.accepted_match(runtime, wims, wim)
    make.asked_match(runtime, last, vera)
    for match_id in make.shortlist(runtime, first, [vera, wim]):
        with runtime.unit_of_work(VOLUNTEER) as uow:
            matches.accept(uow, match_id)
    concern, done = reported(runtime, first), list[object]()

    def note(_db: object, statement: object, _many: object, params: dict[str, int], _options: object) -> None:
        written = str(statement.table) if isinstance(statement, Update) else ""
        if written == "help_request" and "row_id" in params:
            done.append(params["row_id"])
        elif written == "volunteer":
            done.append("volunteer")

    event.listen(runtime.engine, "before_execute", note)
    with runtime.unit_of_work(MACHINE) as uow:
        concerns.settle_by_blocking(uow, concern, words="Mag niet terugkomen.")
    event.remove(runtime.engine, "before_execute", note)
    assert list(dict.fromkeys(done)) == [*sorted([veras, first, wims, last]), "volunteer"]
    assert {state_of(runtime, vera), state_of(runtime, wim)} == {"blocked"}


def test_it_leaves_the_desk_only_by_its_own_page(runtime: Runtime) -> None:
    request = make.located_request(runtime)
    reported(runtime, request)
    with runtime.reading() as db:
        line = db.scalars(select(Attention.id).where(Attention.kind == "concern")).one()
    with pytest.raises(Refused, match="decide_first"), runtime.unit_of_work(MACHINE) as uow:
        desk.settle(uow, line, request, words="weg ermee")
