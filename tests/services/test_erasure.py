"""Whoever stops, or asks to be forgotten, is: a mark put in every text of theirs is nowhere afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from sqlalchemy import JSON, String, inspect, select, text, update

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import (
    accounts,
    aftercare,
    closing,
    concerns,
    desk,
    erasure,
    letters,
    locating,
    matches,
    volunteers,
)
from leuvenhelpt.storage.models import (
    Account,
    Base,
    Concern,
    HelpRequest,
    JournalEntry,
    Match,
    Notification,
    RatherNot,
    SignInSession,
    Volunteer,
)
from leuvenhelpt.storage.personal import OF_RESIDENT, OF_VOLUNTEER, Columns
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from tests import make, people
from tests.make import MACHINE, RESIDENT, VOLUNTEER
from tests.services.test_pairing import troubles

MARK = "onuitwisbaar"
MARKED_PLACE = replace(make.HERE, label=MARK)
Late: TypeAlias = Callable[[UnitOfWork, int], object]


def mark_all(runtime: Runtime, lists: Any, person: str, row_id: int) -> None:
    """Put the mark in every text that is said to be erased, in every row that hangs on a person."""
    with runtime.unit_of_work(MACHINE) as uow:
        for table, columns in lists.items():
            name = "id" if table.__tablename__ == person else f"{person}_id"
            marked = {each: marked_as(table, each, row_id) for each in texts(table, columns)}
            uow.execute(update(table).where(getattr(table, name) == row_id).values(marked))


def texts(table: type[Base], columns: Columns) -> list[str]:
    found = table.__table__.columns
    return [name for name in columns.erased if isinstance(found[name].type, (String, JSON))]


def marked_as(table: type[Base], name: str, row_id: int) -> object:
    column = table.__table__.columns[name]
    return [MARK] if isinstance(column.type, JSON) else f"{MARK}-{name}-{row_id}"


def where_it_is(runtime: Runtime, words: str = MARK) -> list[str]:
    """Every table and column, whatever the models say of it, in which a word stands."""
    found = []
    with runtime.reading() as db:
        for table in inspect(runtime.engine).get_table_names():
            for row in db.execute(text(f'SELECT * FROM "{table}"')).mappings():  # noqa: S608 - names of our tables
                found += [
                    f"{table}.{name}"
                    for name, value in row.items()
                    if words in json.dumps(value, default=str)
                ]
    return sorted(set(found))


def everything_of(runtime: Runtime) -> tuple[int, int]:
    """Vera helped An, and about all that can hang on either does; the ids of both rows."""
    request = make.located_request(runtime, people.an())
    vera = people.vera(runtime, words="Ik ben gepensioneerd.", will_not="Geen trappen.")
    match_id = make.done_match(runtime, request, vera)
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request, went_well=True)
        aftercare.thank(uow, request, words="Dank u!")
        aftercare.rather_not_as_volunteer(uow, match_id)
        account = uow.session.scalars(select(Account).where(Account.volunteer_id == vera)).one()
        accounts.request_link(uow, email="vera@post.example")
        accounts.sign_in(uow, account.id)
        desk.write_volunteer_note(uow, vera, words="Belt liever na zes uur.")
        desk.write_note(uow, request, words="De zus belde.")
        facts = concerns.ConcernFacts(
            idempotency_key="k", words="Een losse tegel.", name="Vera", volunteer_id=vera
        )
        concerns.report(uow, facts=facts)
        concerns.settle(uow, uow.session.scalars(select(Concern)).one().id, words="Gemeld aan de dienst.")
    return request, vera


def test_of_whoever_is_forgotten_no_thanks_are_written_any_more(runtime: Runtime) -> None:
    match_id = make.done_match(runtime)
    request = make.row_of(runtime, Match, match_id).help_request_id
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request, went_well=True)
        erasure.forget_resident_on_request(uow, request, why="asked")
    with pytest.raises(Refused), runtime.unit_of_work(RESIDENT) as uow:
        aftercare.thank(uow, request, words="Dank u, zegt An Peeters.")


def test_who_works_at_the_city_still_does_when_they_stop_helping(runtime: Runtime) -> None:
    nele = make.volunteer(runtime, email="nele@stad.example")
    make.staff(runtime, email="nele@stad.example")
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, nele)
        account = accounts.check_password(uow, email="nele@stad.example", password=make.PASSWORD)
    assert account is not None


def test_a_volunteer_who_stops_is_nowhere_any_more(runtime: Runtime) -> None:
    _request, vera = everything_of(runtime)
    mark_all(runtime, OF_VOLUNTEER, "volunteer", vera)
    assert len(where_it_is(runtime)) > 20
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    assert where_it_is(runtime) == []
    row = make.row_of(runtime, Volunteer, vera)
    assert (row.state, row.lat, row.lon, row.hours, row.kinds, row.vetting) == ("left", None, None, 0, [], 0)
    with runtime.reading() as db:
        assert db.scalars(select(RatherNot)).all() == []
        assert all(session.ended_at for session in db.scalars(select(SignInSession)))
        assert [line.reason for line in db.scalars(select(JournalEntry)) if line.step == "forget"] == ["left"]


def test_nothing_of_what_a_volunteer_typed_is_left(runtime: Runtime) -> None:
    _request, vera = everything_of(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    for words in ("Vera", "vera@post", "471000000", "Parkstraat", "gepensioneerd", "trappen", "Belt liever"):
        assert where_it_is(runtime, words) == [], words


def test_a_resident_who_asks_is_nowhere_any_more(runtime: Runtime) -> None:
    request, _vera = everything_of(runtime)
    mark_all(runtime, OF_RESIDENT, "help_request", request)
    with runtime.unit_of_work(MACHINE) as uow:
        uow.execute(update(Match).values(thanks=MARK))
        erasure.forget_resident_on_request(uow, request, why=erasure.BY_PHONE)
    assert where_it_is(runtime) == []
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.kind, row.area, row.lat) == ("done", "groceries", "Leuven centrum", None)


def test_nothing_of_what_a_resident_typed_is_left(runtime: Runtime) -> None:
    request, _vera = everything_of(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        erasure.forget_resident_on_request(uow, request, why=erasure.BY_PHONE)
    for words in (*people.AN_SECRETS, "aardappelen", "Dank u!", "De zus"):
        assert where_it_is(runtime, words) == [], words


def test_a_live_request_is_withdrawn_before_it_is_forgotten(runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an(channel="phone"))
    match_id = make.accepted_match(runtime, request)
    with runtime.unit_of_work(MACHINE) as uow:
        letters.want(uow, request)
        erasure.forget_resident_on_request(uow, request, why=erasure.AT_DESK)
    assert make.row_of(runtime, Match, match_id).state == "cancelled"
    assert make.row_of(runtime, HelpRequest, request).state == "withdrawn"
    assert {row.state for row in make.notifications(runtime) if row.channel == "letter"} == {"suppressed"}
    assert [row.kind for row in make.notifications(runtime, "task_cancelled")] == ["task_cancelled"]


@pytest.mark.parametrize(
    "late",
    [
        lambda uow, row_id: desk.write_note(uow, row_id, words=MARK),
        lambda uow, row_id: locating.place_by_hand(uow, row_id, place=MARKED_PLACE),
        lambda uow, row_id: aftercare.answer_as_requester(uow, row_id, went_well=False),
    ],
    ids=["note", "place", "no"],
)
def test_nothing_is_written_of_a_resident_who_was_forgotten_meanwhile(runtime: Runtime, late: Late) -> None:
    request = make.located_request(runtime, people.an())
    make.done_match(runtime, request)
    with runtime.unit_of_work(MACHINE) as uow:
        erasure.forget_resident_on_request(uow, request, why=erasure.BY_PHONE)
    with pytest.raises(Refused), runtime.unit_of_work(MACHINE) as uow:
        late(uow, request)
    assert where_it_is(runtime) == []
    assert troubles(runtime) == []


@pytest.mark.parametrize(
    "late",
    [
        lambda uow, row_id: desk.write_volunteer_note(uow, row_id, words=MARK),
        lambda uow, row_id: desk.note_contact_seen(uow, row_id, reason=MARK),
        lambda uow, row_id: volunteers.vet(uow, row_id, level=1, reason=MARK),
        lambda uow, row_id: locating.place_volunteer_by_hand(uow, row_id, place=MARKED_PLACE),
    ],
    ids=["note", "look", "vetting", "place"],
)
def test_nothing_is_written_of_a_volunteer_who_was_forgotten_meanwhile(runtime: Runtime, late: Late) -> None:
    vera = people.vera(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    with pytest.raises(Refused), runtime.unit_of_work(MACHINE) as uow:
        late(uow, vera)
    assert where_it_is(runtime) == []
    assert make.row_of(runtime, Volunteer, vera).lat is None


def test_who_counted_on_a_volunteer_hears_it_and_the_address_may_offer_again(runtime: Runtime) -> None:
    vera = people.vera(runtime)
    match_id = make.accepted_match(runtime, make.located_request(runtime, people.an()), vera)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    assert make.row_of(runtime, Match, match_id).state == "dropped"
    assert len(make.notifications(runtime, "request_reopened")) == 1
    assert people.vera(runtime) != vera


def test_what_is_learned_from_stays_and_tells_of_nobody(runtime: Runtime) -> None:
    vera = people.vera(runtime)
    match_id = make.done_match(runtime, make.located_request(runtime, people.an()), vera)
    with runtime.unit_of_work(MACHINE) as uow:
        free = {"rule": "free_then", "is_for": True, "facts": {"hours": 7}}
        spoken = {"rule": "speaks", "is_for": True, "facts": {"languages": "nl"}}
        matches.get(uow, match_id).reasons = [free, spoken]
        uow.session.flush()
        volunteers.leave(uow, vera)
    assert make.row_of(runtime, Match, match_id).reasons == [free]
    assert make.row_of(runtime, Match, match_id).distance_km == 0.6


@pytest.mark.parametrize("is_blocked", [True, False])
def test_who_was_not_let_in_any_more_cannot_come_back_and_cannot_be_read(
    runtime: Runtime, is_blocked: bool
) -> None:
    vera = people.vera(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        if is_blocked:
            volunteers.block(uow, vera, reason="klacht")
        volunteers.forget_on_request(uow, vera, why=erasure.IN_WRITING)
    assert where_it_is(runtime, "vera") == []
    assert where_it_is(runtime, "klacht") == []
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.offer(uow, email="vera@post.example", facts=make.offer_facts())
    with runtime.reading() as db:
        assert db.query(Volunteer).count() == (1 if is_blocked else 2)
        assert db.query(Notification).filter_by(kind="confirm_address").count() == (1 if is_blocked else 2)
    if is_blocked:
        with pytest.raises(Refused), runtime.unit_of_work(MACHINE) as uow:
            volunteers.unblock(uow, vera, reason="toch")


def test_what_is_looked_into_is_settled_before_anybody_is_forgotten(
    runtime: Runtime, clock: SetClock
) -> None:
    request = make.located_request(runtime, people.an())
    vera = people.vera(runtime)
    make.done_match(runtime, request, vera)
    with runtime.unit_of_work(RESIDENT) as uow:
        concerns.report(
            uow, facts=concerns.ConcernFacts(idempotency_key="k", words="?", help_request_id=request)
        )
    with pytest.raises(Refused), runtime.unit_of_work(MACHINE) as uow:
        erasure.forget_resident_on_request(uow, request, why=erasure.BY_PHONE)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    assert make.row_of(runtime, Volunteer, vera).name == "Vera Claes"
    with pytest.raises(Refused), runtime.unit_of_work(MACHINE) as uow:
        volunteers.forget_on_request(uow, vera, why=erasure.BY_PHONE)
    with runtime.unit_of_work(MACHINE) as uow:
        concerns.settle(uow, uow.session.scalars(select(Concern)).one().id, words="Gebeld.")
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.forget_on_request(uow, vera, why=erasure.BY_PHONE)
    assert where_it_is(runtime, "Vera") == []


def test_who_reported_a_concern_goes_with_the_request_and_what_was_said_stays(runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an())
    with runtime.unit_of_work(RESIDENT) as uow:
        concerns.report(uow, facts=concerns.ConcernFacts(
            idempotency_key="k", words="Er is geld weg.", name="An Peeters", phone="+32470123456",
            email="an.peeters@post.example", help_request_id=request,
        ))  # fmt: skip
        concerns.settle(uow, 1, words="Gebeld.")
        erasure.forget_resident_on_request(uow, request, why=erasure.BY_PHONE)
    for words in people.AN_SECRETS:
        assert where_it_is(runtime, words) == [], words
    assert (make.row_of(runtime, Concern, 1).words, make.row_of(runtime, Concern, 1).outcome) == (
        "Er is geld weg.",
        "Gebeld.",
    )


def test_whose_visit_was_called_off_waits_for_the_concern_about_it_too(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime, people.an()), people.vera(runtime)
    make.accepted_match(runtime, request, vera)
    with runtime.unit_of_work(RESIDENT) as uow:
        closing.withdraw(uow, request)
        facts = concerns.ConcernFacts(idempotency_key="k", words="?", help_request_id=request)
        concerns.report(uow, facts=facts)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    assert make.row_of(runtime, Volunteer, vera).name == "Vera Claes"


def test_mail_that_waits_for_the_forgotten_is_not_sent(runtime: Runtime) -> None:
    from workers.notify import notify  # noqa: PLC0415

    vera = people.vera(runtime)
    make.asked_match(runtime, make.located_request(runtime, people.an()), vera)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, vera)
    notify(runtime)
    states = {row.state for row in make.notifications(runtime) if row.volunteer_id == vera}
    assert states == {"suppressed"}
