"""Claiming rows that wait, for a while, so that two workers never do the same thing at once."""

from collections.abc import Collection
from datetime import timedelta
from typing import cast

from sqlalchemy import update

from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.services import attention
from leuvenhelpt.storage.models import HelpRequest, Volunteer
from leuvenhelpt.storage.models.base import Claimed
from leuvenhelpt.storage.queries.waiting import WAITERS, is_waiting
from leuvenhelpt.storage.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=10)
TRIES = 10
PUT_OFF = timedelta(seconds=30)


def claim(
    uow: UnitOfWork, wait: Wait, row_ids: Collection[int], *, owner: str, lease: timedelta = LEASE
) -> list[int]:
    """Take the lease of these rows; ids of those that are ours now. The others do not wait any more."""
    table = WAITERS[wait][0]
    claimed = uow.execute(
        update(table)
        .where(table.id.in_(row_ids), *is_waiting(wait, uow.now))
        .values(lease_owner=owner, lease_until=uow.now + lease)
        .returning(table.id)
    )
    return sorted(claimed.scalars())


def prove(uow: UnitOfWork, wait: Wait, row_id: int, *, owner: str) -> None:
    """Lock the row and renew its lease before recording what we did outside; SomebodyWasFirst if it is not ours.

    It is not when the lease ended and another worker took the row, or when somebody changed what we looked at.
    """
    table = WAITERS[wait][0]
    result = uow.execute(
        update(table)
        .where(table.id == row_id, table.lease_owner == owner)
        .values(lease_until=uow.now + LEASE)
        .returning(table.id)
    )
    if result.one_or_none() is None:
        raise SomebodyWasFirst(f"{wait}_lease")


def end_lease(uow: UnitOfWork, row: HelpRequest | Volunteer) -> None:
    """It worked: the row is free again, and if it was stuck before, nobody need look into that any more."""
    if row.attempts >= TRIES and isinstance(row, HelpRequest):
        attention.resolve_for_help_request(uow, row.id, {Trouble.STUCK})
    elif row.attempts >= TRIES:
        attention.resolve_for_volunteer(uow, row.id, {Trouble.STUCK})
    row.lease_owner = row.lease_until = None
    row.attempts = 0


def put_off(uow: UnitOfWork, wait: Wait, row_id: int, *, error: str, owner: str) -> None:
    """It did not work now: look again later; after many tries a person looks too. SomebodyWasFirst as in prove."""
    prove(uow, wait, row_id, owner=owner)
    table = WAITERS[wait][0]
    row = cast(Claimed, uow.session.get_one(table, row_id, populate_existing=True))
    row.attempts += 1
    row.look_at = uow.now + PUT_OFF * min(row.attempts, TRIES)
    row.lease_owner = row.lease_until = None
    if row.attempts >= TRIES:
        attention.raise_trouble(
            uow,
            Trouble.STUCK,
            due_at=uow.now,
            help_request_id=row_id if table is HelpRequest else None,
            volunteer_id=row_id if table is Volunteer else None,
            note=error,
        )
