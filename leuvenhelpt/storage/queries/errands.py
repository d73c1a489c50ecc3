"""What about one help request still needs a person: troubles on the desk, calls to make."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import Channel, Trouble
from leuvenhelpt.domain.lifecycle import NotificationState
from leuvenhelpt.storage.models import Attention, Notification


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


def calls(db: Session, help_request_id: int) -> tuple[CallToMake, ...]:
    """What must still be told over the phone, oldest news first."""
    rows = db.scalars(
        select(Notification)
        .where(
            Notification.help_request_id == help_request_id,
            Notification.channel == Channel.CALL,
            Notification.state == NotificationState.QUEUED,
        )
        .order_by(Notification.id)
    )
    return tuple(CallToMake(row.id, row.kind, row.due_by, row.attempts) for row in rows)


def has_letter(db: Session, help_request_id: int) -> bool:
    """Whether a letter about this request waits to be posted."""
    which = (Attention.help_request_id == help_request_id, Attention.kind == Trouble.LETTER)
    return db.scalar(select(Attention.id).where(*which, Attention.resolved_at.is_(None)).limit(1)) is not None
