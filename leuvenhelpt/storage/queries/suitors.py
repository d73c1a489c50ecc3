"""The volunteers beside a help request: proposed, asked, and what they answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import VolunteerState
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries.distances import reasons_between

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Suitor:
    """A volunteer on the shortlist, or one who was asked; `reasons` as matching wrote them down."""

    match_id: int
    public_id: str
    name: str
    state: str
    vetting: int
    hours: int
    reasons: tuple[Reason, ...]
    asked_this_month: int
    asked_at: datetime | None
    lapses_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    remark: str
    declined_for: str


def names(db: Session, volunteer_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """(public id, name) of those who may still be asked for help; no query for nobody."""
    if not volunteer_ids:
        return {}
    which = (Volunteer.id.in_(volunteer_ids), Volunteer.state == VolunteerState.ACTIVE)
    rows = db.execute(select(Volunteer.id, Volunteer.public_id, Volunteer.name).where(*which))
    return {number: (public_id, name) for number, public_id, name in rows}


def suitors(db: Session, help_request_id: int, now: datetime) -> tuple[Suitor, ...]:
    """Everybody proposed for or asked about this request, best first. One query."""
    asked = Match.__table__.alias("asked")
    recently = (
        select(func.coalesce(func.sum(case((asked.c.asked_before_at > now - MONTH, 2), else_=1)), 0))
        .select_from(asked)
        .where(asked.c.volunteer_id == Match.volunteer_id, asked.c.asked_at > now - MONTH)
        .scalar_subquery()
    )
    rows = db.execute(
        select(Match, HelpRequest, Volunteer, recently.label("recently"))
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.help_request_id == help_request_id)
        .order_by(Match.rank, Match.id)
    )
    return tuple(_suitor(row.Match, row.HelpRequest, row.Volunteer, row.recently, now) for row in rows)


def _suitor(match: Match, request: HelpRequest, volunteer: Volunteer, recently: int, now: datetime) -> Suitor:
    is_vetted = volunteer.vetted_until is not None and volunteer.vetted_until > now
    return Suitor(
        match_id=match.id,
        public_id=volunteer.public_id,
        name=volunteer.name,
        state=match.state,
        vetting=volunteer.vetting if is_vetted else 0,
        hours=volunteer.hours,
        reasons=reasons_between(match, request, volunteer),
        asked_this_month=recently,
        asked_at=match.asked_at,
        lapses_at=match.lapses_at,
        answered_at=match.answered_at,
        ended_at=match.ended_at,
        remark=match.remark,
        declined_for=match.declined_for,
    )
