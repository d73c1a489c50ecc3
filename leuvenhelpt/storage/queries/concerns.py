"""A concern as the desk reads it: what was reported, who waits for it, and, apart, who reported it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.storage.models import Concern, HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries.doubts import said_yes, waits_for_concern


@dataclass(frozen=True)
class ConcernRead:
    """What somebody reported. `request`: the reference it is about, if we know it; `typed`: the number as given.

    `is_by_volunteer`: a volunteer reports it; `has_reporter`: there is a name, a number or an address to show.
    """

    id: int
    words: str
    typed: str
    request: str | None
    is_by_volunteer: bool
    has_reporter: bool
    said_at: datetime
    settled_at: datetime | None
    outcome: str


@dataclass(frozen=True)
class Reporter:
    """Who reported it and how to reach them. `volunteer`: the public id, if it is one."""

    name: str
    phone: str
    email: str
    volunteer: str | None


@dataclass(frozen=True)
class Waiting:
    """A volunteer who stands still, or is not forgotten yet, until it is settled."""

    public_id: str
    name: str


def concern(db: Session, concern_id: int) -> ConcernRead | None:
    """A concern by its number; nothing of who reported it."""
    row = db.execute(
        select(Concern, HelpRequest.reference)
        .join(HelpRequest, HelpRequest.id == Concern.help_request_id, isouter=True)
        .where(Concern.id == concern_id)
    ).one_or_none()
    if row is None:
        return None
    found, reference = row
    return ConcernRead(
        id=found.id,
        words=found.words,
        typed=found.reference,
        request=reference,
        is_by_volunteer=found.volunteer_id is not None,
        has_reporter=bool(found.name or found.phone or found.email or found.volunteer_id),
        said_at=found.said_at,
        settled_at=found.settled_at,
        outcome=found.outcome,
    )


def reporter(db: Session, concern_id: int) -> Reporter | None:
    """Who reported a concern, as far as they said so."""
    row = db.execute(
        select(Concern, Volunteer.public_id, Volunteer.name)
        .join(Volunteer, Volunteer.id == Concern.volunteer_id, isouter=True)
        .where(Concern.id == concern_id)
    ).one_or_none()
    if row is None:
        return None
    found, public_id, name = row
    return Reporter(name or found.name, found.phone, found.email, public_id)


def waiting(db: Session, concern_id: int) -> tuple[Waiting, ...]:
    """The volunteers who said yes to the request of a concern and wait for it, by name."""
    rows = db.execute(
        select(Volunteer.public_id, Volunteer.name)
        .join(Match, Match.volunteer_id == Volunteer.id)
        .join(Concern, Concern.help_request_id == Match.help_request_id)
        .where(
            Concern.id == concern_id,
            Concern.settled_at.is_(None),
            said_yes(),
            waits_for_concern(),
        )
        .order_by(Volunteer.name, Volunteer.id)
    )
    return tuple(Waiting(*row) for row in rows)
