"""A city's last twelve months in numbers, for trying what would have been otherwise."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.availability import in_brussels
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.lifecycle import VolunteerState
from leuvenhelpt.domain.what_if import History, LastYear
from leuvenhelpt.storage.models import HelpRequest, Volunteer
from leuvenhelpt.storage.queries.expectations import COUNTED

YEAR = timedelta(days=365)
MAY_BE_ASKED = Volunteer.state == VolunteerState.ACTIVE


def history(db: Session, now: datetime) -> History:
    """How much there is to begin with. One query."""
    count, first = func.count(HelpRequest.id), func.min(HelpRequest.created_at)
    volunteers = select(func.count()).select_from(Volunteer).where(MAY_BE_ASKED).scalar_subquery()
    row = db.execute(
        select(count, first, volunteers).where(
            HelpRequest.created_at > now - YEAR, HelpRequest.state.in_(COUNTED)
        )
    ).one()
    return History(row[0], row[2], (now - row[1]).days if row[1] else 0)


def last_year(db: Session, now: datetime) -> LastYear:
    """The requests for which neighbours were looked for, and the volunteers of now, counted. Three queries."""
    requests = db.execute(
        select(
            HelpRequest.kind,
            HelpRequest.postcode,
            HelpRequest.timing,
            HelpRequest.languages,
            HelpRequest.created_at,
        ).where(HelpRequest.created_at > now - YEAR, HelpRequest.state.in_(COUNTED))
    ).all()
    volunteers = db.execute(
        select(
            Volunteer.postcode, Volunteer.kinds, Volunteer.languages, Volunteer.hours, Volunteer.means,
            Volunteer.reach_km, Volunteer.vetting, Volunteer.max_asks_a_week, Volunteer.created_at,
        ).where(MAY_BE_ASKED)
    ).all()  # fmt: skip
    found = history(db, now)
    return LastYear(
        history=found,
        wanted=Counter((row.kind, row.postcode, row.timing == Timing.SOON) for row in requests),
        wanted_languages=Counter(tuple(sorted(row.languages)) for row in requests),
        by_weekday=Counter(in_brussels(row.created_at).weekday() for row in requests),
        homes=Counter(row.postcode for row in volunteers),
        offered=Counter(tuple(sorted(row.kinds)) for row in volunteers),
        languages=Counter(tuple(sorted(row.languages)) for row in volunteers),
        hours=Counter(row.hours for row in volunteers),
        ways=Counter((row.means, row.reach_km) for row in volunteers),
        limits=Counter((row.vetting, row.max_asks_a_week) for row in volunteers),
        joined=sum(row.created_at > now - timedelta(days=found.days) for row in volunteers),
    )
