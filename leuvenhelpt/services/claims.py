"""Claiming rows that wait, for a while, so that two workers never do the same thing at once."""

from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, or_, select, update

from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.services import attention
from leuvenhelpt.storage.models import HelpRequest, Notification, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork

Waiting: TypeAlias = type[HelpRequest] | type[Notification] | type[Volunteer]

LEASE = timedelta(seconds=30)
TRIES = 10
PUT_OFF = timedelta(seconds=30)


def is_waiting(table: Waiting, now: datetime, *which: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """The conditions under which rows of a table wait for a worker now."""
    return [table.look_at <= now, or_(table.lease_until.is_(None), table.lease_until <= now), *which]


def waiting_ids(uow: UnitOfWork, table: Waiting, *which: ColumnElement[bool], limit: int = 20) -> list[int]:
    """Ids of the rows that wait longest."""
    query = select(table.id).where(*is_waiting(table, uow.now, *which)).order_by(table.look_at, table.id)
    return list(uow.session.scalars(query.limit(limit)))


def claim(uow: UnitOfWork, table: Waiting, row_id: int, *which: ColumnElement[bool], owner: str) -> bool:
    """Take the lease of one row; False if it does not wait any more. Counts the attempt."""
    result = uow.session.execute(
        update(table)
        .where(table.id == row_id, *is_waiting(table, uow.now, *which))
        .values(lease_owner=owner, lease_until=uow.now + LEASE)
        .returning(table.id)
        .execution_options(synchronize_session=False)
    )
    return result.one_or_none() is not None


def put_off_help_request(uow: UnitOfWork, help_request_id: int, *, error: str) -> None:
    """It did not work now: look again later; after many tries a person looks too."""
    help_request = uow.session.get_one(HelpRequest, help_request_id, populate_existing=True)
    if _put_off(help_request, uow.now):
        attention.raise_trouble(
            uow, Trouble.STUCK, due_at=uow.now, help_request_id=help_request_id, note=error
        )


def put_off_volunteer(uow: UnitOfWork, volunteer_id: int, *, error: str) -> None:
    """The same for a volunteer."""
    volunteer = uow.session.get_one(Volunteer, volunteer_id, populate_existing=True)
    if _put_off(volunteer, uow.now):
        attention.raise_trouble(uow, Trouble.STUCK, due_at=uow.now, volunteer_id=volunteer_id, note=error)


def _put_off(row: HelpRequest | Volunteer, now: datetime) -> bool:
    row.attempts += 1
    row.look_at = now + PUT_OFF * min(row.attempts, TRIES)
    row.lease_owner = row.lease_until = None
    return row.attempts >= TRIES
