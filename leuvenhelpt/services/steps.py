"""The one door through which a state changes."""

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias, cast

from sqlalchemy import select, update

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
    while before not in arrow.before or not _move(uow, arrow, [row_id], before, facts):
        row = _row(uow, TABLES[subject], row_id, is_seen=True)
        # Another legal state means it moved while we looked: the step may still be taken from there.
        if row.state == before or row.state not in arrow.before:
            raise SomebodyWasFirst(f"{subject}_{name}")
        before = row.state
    journal.write(uow, subject, row, name, before=before, after=arrow.after, reason=reason)


def take_steps(
    uow: UnitOfWork, subject: Subject, name: str, row_ids: Collection[int], **facts: Any
) -> list[int]:
    """Take one step on several rows at once, as take_step does on one; ids of those it was taken on.

    A row in another state than the step needs, or that somebody moves in this moment, is left out.
    """
    if not row_ids:
        return []
    arrow, table = step(subject, name), TABLES[subject]
    uow.session.flush()
    standing = uow.session.execute(select(table.state, table.id).where(table.id.in_(row_ids)))
    by_state: dict[str, list[int]] = {}
    for state, row_id in standing:
        by_state.setdefault(state, []).append(row_id)
    taken: list[int] = []
    for before in by_state.keys() & arrow.before:
        moved = _move(uow, arrow, by_state[before], before, facts)
        if moved:
            journal.write_each(uow, subject, moved, name, before=before, after=arrow.after)
        taken += [row.id for row in moved]
    return sorted(taken)


def _move(
    uow: UnitOfWork, arrow: Step, row_ids: Collection[int], before: str, facts: dict[str, Any]
) -> Sequence[journal.Row]:
    """Those of the rows that stood in `before` and do not any more, as they are now."""
    table = TABLES[arrow.subject]
    moved = uow.session.scalars(
        update(table)
        .where(table.id.in_(row_ids), table.state == before)
        .values(state=arrow.after, **facts)
        .returning(table)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return cast(Sequence[journal.Row], moved.all())


def _row(uow: UnitOfWork, table: Table, row_id: int, *, is_seen: bool = False) -> journal.Row:
    """The row as this session knows it, or, when that was seen to be old, as the database has it now."""
    uow.session.flush()
    row = uow.session.get(table, row_id, populate_existing=is_seen)
    if row is None:
        raise NotFound(table.__tablename__)
    return cast(journal.Row, row)
