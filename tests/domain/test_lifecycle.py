"""The whole table: every step from every state of its subject, through the one door."""

import pytest
from sqlalchemy import update

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.lifecycle import (
    STEPS,
    HelpRequestState,
    MatchState,
    NotificationState,
    Step,
    Subject,
    VolunteerState,
)
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services.steps import TABLES, take_step
from leuvenhelpt.storage.models import Notification
from tests import make

STATES = {
    Subject.HELP_REQUEST: HelpRequestState,
    Subject.MATCH: MatchState,
    Subject.NOTIFICATION: NotificationState,
    Subject.VOLUNTEER: VolunteerState,
}


def a_row(runtime: Runtime, subject: Subject) -> int:
    match_id = make.asked_match(runtime)
    match = make.row_of(runtime, TABLES[Subject.MATCH], match_id)
    return {
        Subject.MATCH: match_id,
        Subject.HELP_REQUEST: match.help_request_id,
        Subject.VOLUNTEER: match.volunteer_id,
        Subject.NOTIFICATION: make.notifications(runtime)[0].id,
    }[subject]


@pytest.mark.parametrize("subject", list(STATES))
def test_every_step_from_every_state(runtime: Runtime, subject: Subject) -> None:
    table, row_id = TABLES[subject], a_row(runtime, subject)
    for step in [step for (of, _), step in STEPS.items() if of == subject]:
        for state in STATES[subject]:
            with runtime.unit_of_work(MACHINE) as uow:
                uow.session.execute(update(table).where(table.id == row_id).values(state=state))
            assert _takes(runtime, step, row_id) is (state in step.before), (step, state)
            after = step.after if state in step.before else state
            assert make.row_of(runtime, table, row_id).state == after


def _takes(runtime: Runtime, step: Step, row_id: int) -> bool:
    try:
        with runtime.unit_of_work(MACHINE) as uow:
            take_step(uow, step.subject, step.name, row_id)
    except SomebodyWasFirst:
        return False
    return True


def test_every_state_but_the_first_can_be_reached() -> None:
    for subject, states in STATES.items():
        reached = {step.after for step in STEPS.values() if step.subject == subject}
        first = {Subject.HELP_REQUEST: "submitted", Subject.MATCH: "proposed", Subject.VOLUNTEER: "applied"}
        assert set(states) - reached <= {first.get(subject)}


def test_names_of_tables_are_names_of_subjects() -> None:
    assert {subject: table.__tablename__ for subject, table in TABLES.items()} == {
        subject: subject.value for subject in STATES
    }
    assert Notification.__tablename__ == Subject.NOTIFICATION
