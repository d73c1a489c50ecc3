"""A concern as the desk reads it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.storage.models import Concern, HelpRequest, Volunteer


@dataclass(frozen=True)
class ConcernRead:
    """What somebody reported. `request`: the reference it is about, if we know it; `typed`: the number as given.

    `volunteer`, `volunteer_name`: the volunteer who reports it, if it is one.
    """

    id: int
    words: str
    typed: str
    name: str
    phone: str
    email: str
    request: str | None
    volunteer: str | None
    volunteer_name: str
    said_at: datetime
    settled_at: datetime | None
    outcome: str


def concern(db: Session, concern_id: int) -> ConcernRead | None:
    """A concern by its number."""
    row = db.execute(
        select(Concern, HelpRequest.reference, Volunteer.public_id, Volunteer.name)
        .join(HelpRequest, HelpRequest.id == Concern.help_request_id, isouter=True)
        .join(Volunteer, Volunteer.id == Concern.volunteer_id, isouter=True)
        .where(Concern.id == concern_id)
    ).one_or_none()
    if row is None:
        return None
    found, reference, volunteer, volunteer_name = row
    return ConcernRead(
        id=found.id,
        words=found.words,
        typed=found.reference,
        name=found.name,
        phone=found.phone,
        email=found.email,
        request=reference,
        volunteer=volunteer,
        volunteer_name=volunteer_name or "",
        said_at=found.said_at,
        settled_at=found.settled_at,
        outcome=found.outcome,
    )
