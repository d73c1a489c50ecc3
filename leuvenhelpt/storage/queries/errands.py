"""What about one help request still needs a person: troubles on the desk, calls to make."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import Channel, Telling, Trouble
from leuvenhelpt.domain.lifecycle import NotificationState
from leuvenhelpt.storage.models import Attention, Notification
from leuvenhelpt.storage.queries.staleness import WITH_ALL_IT_IS_ABOUT, Rows, is_stale

_CALLS = WITH_ALL_IT_IS_ABOUT.where(
    Notification.channel == Channel.CALL, Notification.state == NotificationState.QUEUED
).order_by(Notification.id)
# What is open on the desk is short, however much was told.
_ON_DESK = select(Attention.notification_id).where(
    Attention.resolved_at.is_(None), Attention.kind == Trouble.CALL
)
_CALLS_ON_DESK = _CALLS.where(Notification.id.in_(_ON_DESK))


@dataclass(frozen=True)
class OpenTrouble:
    """Something that still needs a person; about a message, `note` is its kind."""

    attention_id: int
    trouble: str
    due_at: datetime
    note: str
    notification_id: int | None
    concern_id: int | None


@dataclass(frozen=True)
class CallToMake:
    """News that has to be told over the phone; `tries`: how often nobody answered."""

    notification_id: int
    telling: str
    due_by: datetime | None
    tries: int


def open_troubles(db: Session, help_request_id: int) -> tuple[OpenTrouble, ...]:
    """What about this request still needs a person, soonest due first."""
    rows = db.scalars(
        select(Attention)
        .where(Attention.help_request_id == help_request_id, Attention.resolved_at.is_(None))
        .order_by(Attention.due_at, Attention.id)
    )
    return tuple(
        OpenTrouble(row.id, row.kind, row.due_at, row.note, row.notification_id, row.concern_id)
        for row in rows
    )


def calls(db: Session, help_request_id: int, now: datetime) -> tuple[CallToMake, ...]:
    """What must still be told over the phone, oldest news first; what is not true any more is left out."""
    waiting = [
        rows.notification
        for rows in _rows(db, _CALLS.where(Notification.help_request_id == help_request_id))
        if not is_stale(db, Telling(rows.notification.kind), rows, now)
    ]
    return tuple(CallToMake(row.id, row.kind, row.due_by, row.attempts) for row in waiting)


def untrue_calls(db: Session, now: datetime) -> list[int]:
    """Calls on the desk that nobody should make any more: what they are to tell is not true by now."""
    return [
        rows.notification.id
        for rows in _rows(db, _CALLS_ON_DESK)
        if is_stale(db, Telling(rows.notification.kind), rows, now)
    ]


def _rows(db: Session, which: Select[*tuple[Any, ...]]) -> Iterator[Rows]:
    return (Rows(*row) for row in db.execute(which))


def has_letter(db: Session, help_request_id: int) -> bool:
    """Whether a letter about this request waits to be posted."""
    which = (Attention.help_request_id == help_request_id, Attention.kind == Trouble.LETTER)
    return db.scalar(select(Attention.id).where(*which, Attention.resolved_at.is_(None)).limit(1)) is not None
