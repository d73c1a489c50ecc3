"""Trials of "what if" as the desk reads them, and whether one waits to be lived through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from leuvenhelpt.domain.what_if import Certainty, Change, TrialState
from leuvenhelpt.storage.models import Account, WhatIf

LISTED = 20


@dataclass(frozen=True)
class Trial:
    """One trial. `who`: the colleague who wanted it; `progress` from 0 to 1; `result` once it is done."""

    id: int
    change: Change
    who: str
    asked_at: datetime
    state: TrialState
    progress: float
    failure: str
    result: Mapping[str, Any]


def trial(db: Session, trial_id: int, now: datetime) -> Trial | None:
    """One trial by its number."""
    row = db.execute(_trials().where(WhatIf.id == trial_id)).one_or_none()
    return _trial(*row, now) if row else None


def latest(db: Session, now: datetime) -> list[Trial]:
    """The last trials, the newest first. One query."""
    rows = db.execute(_trials().order_by(WhatIf.id.desc()).limit(LISTED))
    return [_trial(row, who, now) for row, who in rows]


def waits(now: datetime) -> ColumnElement[bool]:
    """Which trials wait: neither ended nor held by anybody who lives through them."""
    is_free = or_(WhatIf.lease_until.is_(None), WhatIf.lease_until <= now)
    return and_(WhatIf.ended_at.is_(None), is_free)


def next_to_run(now: datetime) -> Select[int]:
    """The id of the trial to live through next; of none while another is lived through."""
    other = aliased(WhatIf)
    is_busy = select(other.id).where(other.ended_at.is_(None), other.lease_until > now).exists()
    return select(WhatIf.id).where(waits(now), ~is_busy).order_by(WhatIf.id).limit(1)


def is_one_due(db: Session, now: datetime) -> bool:
    """Whether a trial should be begun now."""
    return db.scalar(next_to_run(now)) is not None


def change_of(db: Session, lease: str) -> Change | None:
    """What to try, by the lease under which it was handed over; None if that ended."""
    row = db.scalars(select(WhatIf).where(WhatIf.lease == lease, WhatIf.ended_at.is_(None))).one_or_none()
    return _change(row) if row else None


def _trials() -> Select[WhatIf, str]:
    return select(WhatIf, Account.name).join(Account, Account.id == WhatIf.asked_by, isouter=True)


def _trial(row: WhatIf, who: str | None, now: datetime) -> Trial:
    return Trial(
        id=row.id,
        change=_change(row),
        who=who or "",
        asked_at=row.asked_at,
        state=_state(row, now),
        progress=row.progress,
        failure=row.failure,
        result=row.result,
    )


def _change(row: WhatIf) -> Change:
    return Change(row.volunteers, row.requests, Certainty(row.certainty), row.days)


def _state(row: WhatIf, now: datetime) -> TrialState:
    if row.ended_at is not None:
        return TrialState.FAILED if row.failure else TrialState.DONE
    is_held = row.lease_until is not None and row.lease_until > now
    return TrialState.RUNNING if is_held else TrialState.WAITING
