"""Reading the journal of a row."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.storage.models import Account, JournalEntry

LONGEST = 200


@dataclass(frozen=True)
class Entry:
    """A line of the journal. `who`: the name of a colleague, else empty (see `actor_kind`)."""

    at: datetime
    actor_kind: str
    who: str
    subject: str
    subject_id: int
    step: str
    before: str | None
    after: str | None
    reason: str
    volunteer_id: int | None


def of_help_request(db: Session, help_request_id: int) -> list[Entry]:
    """All that happened around a help request, its matches and messages included, newest first."""
    return _entries(db, JournalEntry.help_request_id == help_request_id)


def of_volunteer(db: Session, volunteer_id: int) -> list[Entry]:
    """All that happened around a volunteer, newest first."""
    return _entries(db, JournalEntry.volunteer_id == volunteer_id)


def of_concern(db: Session, concern_id: int) -> list[Entry]:
    """Who looked at a concern and what became of it, newest first."""
    is_it = (JournalEntry.subject == Subject.CONCERN) & (JournalEntry.subject_id == concern_id)
    return _entries(db, is_it)


def _entries(db: Session, which: object) -> list[Entry]:
    # That a mail is about to be handed over is kept for finding faults, not for reading.
    is_told = (JournalEntry.subject != Subject.NOTIFICATION) | (JournalEntry.step != "start")
    rows = db.execute(
        select(JournalEntry, Account.name)
        .join(
            Account,
            (Account.id == JournalEntry.actor_id) & (JournalEntry.actor_kind == "staff"),
            isouter=True,
        )
        .where(which, is_told)  # type: ignore[arg-type]
        .order_by(JournalEntry.id.desc())
        .limit(LONGEST)
    )
    return [
        Entry(
            at=entry.at,
            actor_kind=entry.actor_kind,
            who=name or "",
            subject=entry.subject,
            subject_id=entry.subject_id,
            step=entry.step,
            before=entry.before,
            after=entry.after,
            reason=entry.reason,
            volunteer_id=entry.volunteer_id,
        )
        for entry, name in rows
    ]
