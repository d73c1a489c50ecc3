"""The one door through which a state changes."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, cast

from sqlalchemy import Executable, Integer, bindparam, select, update
from sqlalchemy.orm import QueryableAttribute

from leuvenhelpt.domain.errors import NotFound, SomebodyWasFirst
from leuvenhelpt.domain.lifecycle import Step, Subject, step
from leuvenhelpt.services import journal
from leuvenhelpt.storage.models import HelpRequest, Match, Notification, Volunteer
from leuvenhelpt.storage.unit_of_work import AS_WRITTEN, UnitOfWork

Table: TypeAlias = type[HelpRequest] | type[Match] | type[Notification] | type[Volunteer]

TABLES: dict[Subject, Table] = {
    Subject.HELP_REQUEST: HelpRequest,
    Subject.MATCH: Match,
    Subject.NOTIFICATION: Notification,
    Subject.VOLUNTEER: Volunteer,
}
_SOME = bindparam("row_ids", type_=Integer(), expanding=True)
_STANDING = {
    subject: select(table.state, table.id).where(table.id.in_(_SOME)) for subject, table in TABLES.items()
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
) -> list[journal.Row]:
    """Take one step on several rows at once, as take_step does on one; those it was taken on, by id.

    A row in another state than the step needs, or that somebody moves in this moment, is left out.
    """
    if not row_ids:
        return []
    arrow = step(subject, name)
    taken: list[journal.Row] = []
    for before, some in _standing(uow, arrow, row_ids).items():
        moved = _move(uow, arrow, some, before, facts)
        if moved:
            journal.write_each(uow, subject, moved, name, before=before, after=arrow.after)
        taken += moved
    return sorted(taken, key=lambda row: row.id)


def _standing(uow: UnitOfWork, arrow: Step, row_ids: Collection[int]) -> Mapping[str, Collection[int]]:
    """The rows from which the step can be taken, by state; where that is only one, the step itself will find them."""
    if len(arrow.before) == 1:
        return dict.fromkeys(arrow.before, row_ids)
    by_state: dict[str, list[int]] = {}
    for row in uow.execute(_STANDING[arrow.subject], {"row_ids": list(row_ids)}):
        if row.state in arrow.before:
            by_state.setdefault(row.state, []).append(row.id)
    return by_state


def _move(
    uow: UnitOfWork, arrow: Step, row_ids: Collection[int], before: str, facts: dict[str, Any]
) -> Sequence[journal.Row]:
    """Those of the rows that stood in `before` and do not any more, as they are now."""
    columns = frozenset((name, fact) for name, fact in facts.items() if isinstance(fact, QueryableAttribute))
    bound = {f"new_{name}": facts[name] for name in facts.keys() - dict(columns)}
    bound |= {"row_ids": list(row_ids), "old_state": before, "new_state": arrow.after}
    moving = _moving(TABLES[arrow.subject], frozenset(facts.keys() - dict(columns)), columns)
    moved = uow.session.scalars(moving, bound)
    return cast(Sequence[journal.Row], moved.all())


@cache  # a few dozen, as many as there are kinds of steps: to build a statement costs more than to run it
def _moving(
    table: Table, facts: frozenset[str], columns: frozenset[tuple[str, QueryableAttribute[Any]]]
) -> Executable:
    """Sets the state and these facts, some to what stands in a column, of the rows that still stand where they did."""
    news: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("state", *facts)} | dict(columns)
    return (
        update(table)
        .where(table.id.in_(_SOME), table.state == bindparam("old_state"))
        .values(news)
        .returning(table)
        .execution_options(**AS_WRITTEN)
    )


def _row(uow: UnitOfWork, table: Table, row_id: int, *, is_seen: bool = False) -> journal.Row:
    """The row as this session knows it, or, when that was seen to be old, as the database has it now."""
    uow.session.flush()
    row = uow.session.get(table, row_id, populate_existing=is_seen)
    if row is None:
        raise NotFound(table.__tablename__)
    return cast(journal.Row, row)
