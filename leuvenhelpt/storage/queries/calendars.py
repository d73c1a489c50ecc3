"""What a volunteer's calendar is made of: what was promised and is still to be done, without who and where."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import HELPING_VOLUNTEER, MatchState
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer


@dataclass(frozen=True)
class Promised:
    """A task that was said yes to, at `promised_at`. `hours`: bits of domain.availability."""

    public_id: str
    kind: str
    timing: str
    wanted_by: datetime
    hours: int
    promised_at: datetime


@dataclass(frozen=True)
class Feed:
    """Whose calendar a key opens, and the language they read."""

    volunteer_id: int
    language: str


def feed(db: Session, key: str) -> Feed | None:
    """The calendar of a key; None if it was renewed or put off, or its volunteer is one no longer."""
    which = (Volunteer.calendar_key == key, Volunteer.state.in_(HELPING_VOLUNTEER))
    row = db.execute(select(Volunteer.id, Volunteer.reader_language).where(*which)).one_or_none()
    return Feed(*row) if row else None


def promised(db: Session, volunteer_id: int) -> tuple[Promised, ...]:
    """What a volunteer said yes to and is still to be done, soonest first. What was cancelled is not there."""
    rows = db.execute(
        select(Match, HelpRequest)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .where(Match.volunteer_id == volunteer_id, Match.state == MatchState.ACCEPTED)
        .order_by(HelpRequest.wanted_by, Match.id)
    )
    return tuple(_promised(match, request) for match, request in rows)


def _promised(match: Match, request: HelpRequest) -> Promised:
    return Promised(
        public_id=match.public_id,
        kind=request.kind,
        timing=request.timing,
        wanted_by=request.wanted_by,
        hours=request.hours,
        promised_at=match.answered_at or match.proposed_at,
    )
