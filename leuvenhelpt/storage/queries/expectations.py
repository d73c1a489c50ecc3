"""From what volunteers may expect is counted: who offers what, what was asked, and who was asked."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.expectations import LOOKED_BACK, Offered, Wanted
from leuvenhelpt.domain.lifecycle import (
    LIVE_HELP_REQUEST,
    UNMATCHED_HELP_REQUEST,
    HelpRequestState,
    VolunteerState,
)
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer

# What was withdrawn, refused or handed over says nothing of whether there are volunteers enough.
COUNTED = LIVE_HELP_REQUEST | {HelpRequestState.DONE, HelpRequestState.UNRESOLVED}


@dataclass(frozen=True)
class AskedOfThem:
    """Volunteers with an offer like somebody's, how many of them were asked lately, and when anybody ever was first."""

    alike: int
    number: int
    first_ask: datetime | None


def offered(db: Session) -> list[Offered]:
    """Who can be asked now, counted by part of the city, kinds and languages."""
    kinds, languages = cast(Volunteer.kinds, Text), cast(Volunteer.languages, Text)
    rows = db.execute(
        select(Volunteer.postcode, kinds, languages, func.count())
        .where(Volunteer.state == VolunteerState.ACTIVE)
        .group_by(Volunteer.postcode, kinds, languages)
    )
    return [
        Offered(postcode, _set(kinds), _set(languages), number) for postcode, kinds, languages, number in rows
    ]


def wanted(db: Session, now: datetime) -> list[Wanted]:
    """What was asked for lately, counted by kind and languages."""
    is_past = and_(HelpRequest.state.in_(UNMATCHED_HELP_REQUEST), HelpRequest.wanted_by < now)
    is_unmet = or_(HelpRequest.state == HelpRequestState.UNRESOLVED, is_past)
    languages = cast(HelpRequest.languages, Text)
    rows = db.execute(
        select(HelpRequest.kind, languages, func.count(), func.sum(case((is_unmet, 1), else_=0)))
        .where(HelpRequest.created_at > now - LOOKED_BACK, HelpRequest.state.in_(COUNTED))
        .group_by(HelpRequest.kind, languages)
    )
    return [Wanted(kind, _set(languages), number, unmet) for kind, languages, number, unmet in rows]


def asked_of_them(db: Session, postcode: str, kinds: frozenset[str], now: datetime) -> AskedOfThem:
    """The active volunteers of a part of the city who offer one of these kinds, and how many were asked lately."""
    lately = exists().where(Match.volunteer_id == Volunteer.id, Match.asked_at > now - LOOKED_BACK)
    which = (Volunteer.state == VolunteerState.ACTIVE, Volunteer.postcode == postcode, _offers_one_of(kinds))
    first = select(Match.proposed_at).order_by(Match.id).limit(1).scalar_subquery()
    asked = func.coalesce(func.sum(case((lately, 1), else_=0)), 0)
    return AskedOfThem(*db.execute(select(func.count(), asked, first).where(*which)).one())


def _offers_one_of(kinds: frozenset[str]) -> ColumnElement[bool]:
    """Kinds are kept as a list in JSON, where each stands between quotes."""
    kept = cast(Volunteer.kinds, Text)
    return or_(False, *(kept.contains(f'"{kind}"', autoescape=True) for kind in sorted(kinds)))


def _set(kept: str) -> frozenset[str]:
    return frozenset(json.loads(kept))
