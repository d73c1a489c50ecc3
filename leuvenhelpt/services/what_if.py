"""Trials of "what if": asked for at the desk, lived through one at a time, kept for a while."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, select, update

from leuvenhelpt.domain.errors import NotFound, Refused, SomebodyWasFirst
from leuvenhelpt.domain.values import ActorKind
from leuvenhelpt.domain.what_if import Change, Failure
from leuvenhelpt.storage.models import WhatIf
from leuvenhelpt.storage.queries.what_if import next_to_run, waits
from leuvenhelpt.storage.unit_of_work import UnitOfWork

LEASE = timedelta(minutes=2)
TRIES = 3
MOST_WAITING = 5
KEEP = timedelta(days=90)


def ask(uow: UnitOfWork, change: Change) -> int:
    """Let this be tried; the id of the trial, which may be that of a colleague who wants to know the same.

    Refused while too many wait already.
    """
    facts = asdict(change)
    unended = select(WhatIf.id).where(WhatIf.ended_at.is_(None)).order_by(WhatIf.id)
    known = uow.session.scalars(unended.filter_by(**facts)).first()
    if known is not None:
        return known
    if len(uow.session.scalars(unended).all()) >= MOST_WAITING:
        raise Refused("too_many_trials")
    by = uow.actor.id if uow.actor.kind == ActorKind.STAFF else None
    row = WhatIf(asked_by=by, asked_at=uow.now, **facts)
    uow.session.add(row)
    uow.session.flush()
    return row.id


def claim(uow: UnitOfWork, lease: str) -> bool:
    """Hand the trial that waits longest to whoever shows this lease; whether there was one, and none runs.

    What was begun three times and never ended is not begun again.
    """
    lost = and_(waits(uow.now), WhatIf.attempts >= TRIES)
    uow.execute(update(WhatIf).where(lost).values(ended_at=uow.now, failure=Failure.INTERRUPTED))
    claimed = uow.execute(
        update(WhatIf)
        .where(WhatIf.id == next_to_run(uow.now).scalar_subquery(), waits(uow.now))
        .values(lease=lease, lease_until=uow.now + LEASE, attempts=WhatIf.attempts + 1, progress=0.0)
        .returning(WhatIf.id)
    )
    return claimed.one_or_none() is not None


def note_progress(uow: UnitOfWork, lease: str, share: float) -> None:
    """It is so far, and goes on. SomebodyWasFirst if the lease ended and somebody else begins anew."""
    _held(uow, lease, progress=share, lease_until=uow.now + LEASE)


def record(uow: UnitOfWork, lease: str, result: dict[str, Any]) -> None:
    """It is done. SomebodyWasFirst as in note_progress."""
    _held(uow, lease, progress=1.0, result=result, ended_at=uow.now, lease_until=None)


def fail(uow: UnitOfWork, lease: str, why: Failure) -> None:
    """It came to nothing. SomebodyWasFirst as in note_progress."""
    _held(uow, lease, failure=why, ended_at=uow.now, lease_until=None)


def try_again(uow: UnitOfWork, trial_id: int) -> None:
    """What failed waits once more. Refused if it did not fail, NotFound if there is no such trial."""
    row = uow.session.get(WhatIf, trial_id)
    if row is None:
        raise NotFound("what_if")
    if not row.failure:
        raise Refused("trial_did_not_fail")
    row.failure, row.ended_at, row.lease, row.lease_until = "", None, None, None
    row.attempts, row.progress = 0, 0.0


def forget_old(uow: UnitOfWork) -> None:
    """Delete what was asked ninety days ago."""
    uow.execute(delete(WhatIf).where(WhatIf.asked_at <= uow.now - KEEP))


def _held(uow: UnitOfWork, lease: str, **facts: Any) -> None:
    which = (WhatIf.lease == lease, WhatIf.ended_at.is_(None))
    if uow.execute(update(WhatIf).where(*which).values(**facts)).rowcount == 0:
        raise SomebodyWasFirst("what_if_lease")
