"""The volunteers beside a help request: proposed, asked, and what they answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, case, func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.lifecycle import MatchState, VolunteerState
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.domain.suiting import Standing, objections, trust
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries.distances import reasons_between

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True)
class Suitor:
    """A volunteer on the shortlist, or one who was asked; `reasons` as matching wrote them down.

    `against`: of who is only proposed, what keeps them from being asked by now; see domain.suiting.
    """

    match_id: int
    public_id: str
    name: str
    state: str
    vetting: int
    hours: int
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
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


def suitors(db: Session, help_request_id: int, city: City, now: datetime) -> tuple[Suitor, ...]:
    """Everybody proposed for or asked about this request, best first. One query."""
    recently, this_week = _asked_since(now - MONTH), _asked_since(now - WEEK)
    rows = db.execute(
        select(Match, HelpRequest, Volunteer, recently, this_week)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.help_request_id == help_request_id)
        .order_by(Match.rank, Match.id)
    )
    return tuple(_suitor(*row, city=city, now=now) for row in rows)


def _asked_since(moment: datetime) -> ScalarSelect[int]:
    """How often the volunteer of a match was asked since a moment; for a query that reads matches."""
    asked = Match.__table__.alias()
    return (
        select(func.coalesce(func.sum(case((asked.c.asked_before_at > moment, 2), else_=1)), 0))
        .select_from(asked)
        .where(asked.c.volunteer_id == Match.volunteer_id, asked.c.asked_at > moment)
        .scalar_subquery()
    )


def _suitor(
    match: Match,
    request: HelpRequest,
    volunteer: Volunteer,
    recently: int,
    this_week: int,
    *,
    city: City,
    now: datetime,
) -> Suitor:
    level = trust(volunteer.vetting, volunteer.vetted_until, now)
    against: tuple[Reason, ...] = ()
    if match.state == MatchState.PROPOSED:
        asks_left = volunteer.max_asks_a_week - this_week
        standing = Standing(volunteer.state, volunteer.kinds, volunteer.languages, level, asks_left)
        against = objections(standing, city.kinds[request.kind], request.languages)
    return Suitor(
        match_id=match.id,
        public_id=volunteer.public_id,
        name=volunteer.name,
        state=match.state,
        vetting=level,
        hours=volunteer.hours,
        reasons=reasons_between(match, request, volunteer),
        against=against,
        asked_this_month=recently,
        asked_at=match.asked_at,
        lapses_at=match.lapses_at,
        answered_at=match.answered_at,
        ended_at=match.ended_at,
        remark=match.remark,
        declined_for=match.declined_for,
    )
