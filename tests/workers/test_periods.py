"""Periodic work: each period once, whoever's clock strikes; and what housekeeping forgets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import closing
from leuvenhelpt.storage.models import Account, HelpRequest, Volunteer
from tests import make, people
from tests.make import RESIDENT
from workers import periods

ALL = [task.name for task in periods.TASKS]


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    periods._done.clear()


def another_process() -> None:
    """What this process knows of periods that are done, another does not."""
    periods._done.clear()


def test_two_clocks_do_each_period_once(runtime: Runtime, clock: SetClock) -> None:
    assert periods.run_due(runtime) == ALL
    another_process()
    assert periods.run_due(runtime) == []
    clock.move(days=1)
    assert periods.run_due(runtime) == ALL


def test_the_night_of_the_clock_change_has_one_period(runtime: Runtime, clock: SetClock) -> None:
    clock.now = datetime(2026, 10, 24, 22, tzinfo=UTC)  # midnight in Brussels, before the longer night
    runs = 0
    for _ in range(26):
        another_process()
        runs += len(periods.run_due(runtime))
        clock.move(hours=1)
    assert runs == len(ALL)


def test_who_asked_is_forgotten_after_ninety_days_and_not_before(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, people.an(wanted_by=make.timedelta(days=2)))
    with runtime.unit_of_work(RESIDENT) as uow:
        closing.withdraw(uow, request)
    clock.move(days=89)
    periods.run_due(runtime)
    assert make.row_of(runtime, HelpRequest, request).person_name == "An Peeters"
    clock.move(days=1)
    periods.run_due(runtime)
    row = make.row_of(runtime, HelpRequest, request)
    left = [str(value) for value in vars(row).values()]
    assert [word for word in people.AN_SECRETS if any(word in value for value in left)] == []
    assert (row.state, row.kind, row.area, row.lat) == ("withdrawn", "groceries", "Leuven centrum", None)


def test_a_live_request_is_never_forgotten(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, people.an(wanted_by=make.timedelta(days=2)))
    clock.move(days=400)
    periods.run_due(runtime)
    assert make.row_of(runtime, HelpRequest, request).person_name == "An Peeters"


def test_an_offer_never_confirmed_is_let_go_and_may_be_made_again(runtime: Runtime, clock: SetClock) -> None:
    first = make.applicant(runtime, email="vera@post.example", name="Vera Claes")
    clock.move(days=7, minutes=1)
    periods.run_due(runtime)
    row = make.row_of(runtime, Volunteer, first)
    assert (row.state, row.name, row.address, row.look_at) == ("left", "", "", None)
    with runtime.reading() as db:
        assert db.query(Account).filter_by(email="vera@post.example").count() == 0
    assert make.applicant(runtime, email="vera@post.example") != first


def test_housekeeping_leaves_fresh_sign_ins_alone(runtime: Runtime, clock: SetClock) -> None:
    make.applicant(runtime, email="vera@post.example")
    clock.move(days=120)
    periods.run_due(runtime)
    assert [told.sign_in_link_id for told in make.notifications(runtime, "confirm_address")] == [None]
