"""Claiming rows that wait, for a while, so that two workers never do the same thing at once."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import BindParameter, Executable, Select, Update, bindparam, update

from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.services import attention
from leuvenhelpt.storage.models import HelpRequest, Volunteer
from leuvenhelpt.storage.models.base import Claimed
from leuvenhelpt.storage.queries.waiting import WAITERS, is_waiting, longest_waiting
from leuvenhelpt.storage.unit_of_work import AS_WRITTEN, UnitOfWork

LEASE = timedelta(seconds=10)
TRIES = 10
PUT_OFF = timedelta(seconds=30)
IN_LINE = (Wait.REQUEST_TO_LOCATE, Wait.VOLUNTEER_TO_LOCATE, Wait.REQUEST_TO_PAIR)
"""What is worked on one by one, those first that wait longest."""


class Waiting(NamedTuple):
    """A row that was claimed, with its address as typed. `meant`: the label of the place meant, if we asked."""

    id: int
    address: str
    postcode: str
    meant: str


def _claiming(wait: Wait, ids: Select[int] | BindParameter[int]) -> Update:
    table = WAITERS[wait][0]
    # Asked of the row once more when it is written: somebody may have claimed it since the line was read.
    some = update(table).where(table.id.in_(ids), *is_waiting(wait))
    return some.values(lease_owner=bindparam("owner"), lease_until=bindparam("until"))


def _claiming_longest(wait: Wait) -> Executable:
    table: Any = WAITERS[wait][0]
    asked_for = (table.look_at, table.id, table.address, table.postcode, table.place_label)
    return _claiming(wait, longest_waiting(wait)).returning(*asked_for)


def _proving(wait: Wait) -> Executable:
    table = WAITERS[wait][0]
    ours = update(table).where(table.id == bindparam("row_id"), table.lease_owner == bindparam("owner"))
    return ours.values(lease_until=bindparam("until")).returning(table).execution_options(**AS_WRITTEN)


_CLAIM_LONGEST = {wait: _claiming_longest(wait) for wait in IN_LINE}
_CLAIM = {
    wait: _claiming(wait, bindparam("row_ids", expanding=True)).returning(table.id)
    for wait, (table, _) in WAITERS.items()
}
_PROVE = {wait: _proving(wait) for wait in Wait}


def claim(
    uow: UnitOfWork, wait: Wait, row_ids: Collection[int], *, owner: str, lease: timedelta = LEASE
) -> list[int]:
    """Take the lease of these rows; ids of those that are ours now. The others do not wait any more."""
    facts = {"row_ids": list(row_ids), "now": uow.now, "owner": owner, "until": uow.now + lease}
    return sorted(row.id for row in uow.execute(_CLAIM[wait], facts))


def claim_longest_waiting(uow: UnitOfWork, wait: Wait, at_most: int, *, owner: str) -> list[Waiting]:
    """Take the lease of the rows that wait longest; they in that order, fewer if fewer wait. `wait`: of IN_LINE."""
    facts = {"now": uow.now, "owner": owner, "until": uow.now + LEASE, "at_most": at_most}
    rows = sorted(tuple(row) for row in uow.execute(_CLAIM_LONGEST[wait], facts))
    return [Waiting(*row[1:]) for row in rows]


def prove(uow: UnitOfWork, wait: Wait, row_id: int, *, owner: str) -> Claimed:
    """Lock the row, as it is now, and renew its lease before recording what we did outside; SomebodyWasFirst if it
    is not ours.

    It is not when the lease ended and another worker took the row, or when somebody changed what we looked at.
    """
    facts = {"row_id": row_id, "owner": owner, "until": uow.now + LEASE}
    row = uow.session.scalars(_PROVE[wait], facts).one_or_none()
    if row is None:
        raise SomebodyWasFirst(f"{wait}_lease")
    uow.in_hand.append(row)
    return cast(Claimed, row)


def must_be_of(owner: str, row: Claimed) -> None:
    """The same of a row that is locked already, for who ends the lease at once."""
    if row.lease_owner != owner:
        raise SomebodyWasFirst("lease")


def end_lease(uow: UnitOfWork, row: HelpRequest | Volunteer) -> None:
    """It worked: the row is free again, and if it was stuck before, nobody need look into that any more."""
    for name, fact in end_of_lease(uow, row).items():
        setattr(row, name, fact)


def end_of_lease(uow: UnitOfWork, row: HelpRequest | Volunteer) -> dict[str, int | None]:
    """The same, for who takes a step on the row: what to set with it."""
    if row.attempts >= TRIES and isinstance(row, HelpRequest):
        attention.resolve_for_help_request(uow, row.id, {Trouble.STUCK})
    elif row.attempts >= TRIES:
        attention.resolve_for_volunteer(uow, row.id, {Trouble.STUCK})
    return {"lease_owner": None, "lease_until": None, "attempts": 0}


def interrupt(row: Claimed) -> None:
    """Whoever changes what a worker may be looking at just now: what was found before is not recorded any more.

    The row waits as it waited before it was claimed, and is looked at anew.
    """
    row.lease_owner = row.lease_until = None


def put_off(uow: UnitOfWork, wait: Wait, row_id: int, *, error: str, owner: str) -> None:
    """It did not work now: look again later; after many tries a person looks too. SomebodyWasFirst as in prove."""
    row, table = prove(uow, wait, row_id, owner=owner), WAITERS[wait][0]
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
