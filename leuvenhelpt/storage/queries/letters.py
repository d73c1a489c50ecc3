"""The letters that wait to be printed and posted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import NotificationState
from leuvenhelpt.storage.models import Attention, HelpRequest, Notification

AT_ONCE = 50  # letters that are listed and printed together, the oldest first


@dataclass(frozen=True)
class WaitingLetter:
    """One line of the queue: nothing of who it is for. `language`: the one it is written in."""

    notification_id: int
    reference: str
    kind: str
    area: str
    language: str
    wanted_at: datetime


@dataclass(frozen=True)
class Letter:
    """All that one letter says. Reading it is written in the journal by whoever asks."""

    notification_id: int
    help_request_id: int
    reference: str
    kind: str
    language: str
    person_name: str
    asker_name: str
    address: str
    postcode: str
    place_label: str
    promised_by: datetime | None


def waiting(db: Session) -> tuple[WaitingLetter, ...]:
    """The queue. One query."""
    return tuple(
        WaitingLetter(letter.id, row.reference, row.kind, row.area, row.reader_language, letter.created_at)
        for letter, row in db.execute(_queue())
    )


def letters(db: Session) -> tuple[Letter, ...]:
    """The letters of the queue, whole. One query."""
    return tuple(
        Letter(
            notification_id=letter.id,
            help_request_id=row.id,
            reference=row.reference,
            kind=row.kind,
            language=row.reader_language,
            person_name=row.person_name,
            asker_name=row.asker_name,
            address=row.address,
            postcode=row.postcode,
            place_label=row.place_label,
            promised_by=row.promised_by,
        )
        for letter, row in db.execute(_queue())
    )


def _queue() -> Select[Notification, HelpRequest]:
    """From what is open on the desk, where each letter stands while it waits: that is short, however much was told."""
    return (
        select(Notification, HelpRequest)
        .select_from(Attention)
        .join(Notification, Notification.id == Attention.notification_id)
        .join(HelpRequest, HelpRequest.id == Notification.help_request_id)
        .where(
            Attention.resolved_at.is_(None),
            Attention.kind == Trouble.LETTER,
            Notification.state == NotificationState.QUEUED,
        )
        .order_by(Notification.id)
        .limit(AT_ONCE)
    )
