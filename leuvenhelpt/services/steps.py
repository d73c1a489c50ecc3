"""The one door through which a state changes."""

from typing import Any, TypeAlias, cast

from sqlalchemy import update

from leuvenhelpt.domain.errors import NotFound, SomebodyWasFirst
from leuvenhelpt.domain.lifecycle import Step, Subject, step
from leuvenhelpt.services import journal
from leuvenhelpt.storage.models import HelpRequest, Match, Notification, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork

Table: TypeAlias = type[HelpRequest] | type[Match] | type[Notification] | type[Volunteer]

TABLES: dict[Subject, Table] = {
    Subject.HELP_REQUEST: HelpRequest,
    Subject.MATCH: Match,
    Subject.NOTIFICATION: Notification,
    Subject.VOLUNTEER: Volunteer,
}


def take_step(
    uow: UnitOfWork, subject: Subject, name: str, row_id: int, *, reason: str = "", **facts: Any
) -> None:
    """Take the step `name` on one row, set `facts` beside its state, and write the journal.

    One conditional UPDATE, so of two at once exactly one wins; the other gets SomebodyWasFirst (NotFound if
    there is no such row). Rows loaded in this session are refreshed.
    """
    arrow = step(subject, name)
    row = _row(uow, TABLES[subject], row_id)
    before = row.state
    while not _moved(uow, arrow, row_id, before, facts):
        uow.session.refresh(row)
        # Another legal state means it moved while we looked: the step may still be taken from there.
        if row.state == before or row.state not in arrow.before:
            raise SomebodyWasFirst(f"{subject}_{name}")
        before = row.state
    uow.session.refresh(row)
    journal.write(uow, subject, row, name, before=before, after=arrow.after, reason=reason)


def _moved(uow: UnitOfWork, arrow: Step, row_id: int, before: str, facts: dict[str, Any]) -> bool:
    table = TABLES[arrow.subject]
    result = uow.session.execute(
        update(table)
        .where(table.id == row_id, table.state == before, table.state.in_(arrow.before))
        .values(state=arrow.after, **facts)
        .returning(table.id)
        .execution_options(synchronize_session=False)
    )
    return result.one_or_none() is not None


def _row(uow: UnitOfWork, table: Table, row_id: int) -> journal.Row:
    """The row as the database has it now; NotFound if there is none."""
    uow.session.flush()
    row = uow.session.get(table, row_id, populate_existing=True)
    if row is None:
        raise NotFound(table.__tablename__)
    return cast(journal.Row, row)
