"""A match as its volunteer may see it: before the yes without name and place, after it only behind a button."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.asking_again import Change
from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.domain.lifecycle import MatchState, VolunteerState
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.domain.permissions import may_answer, may_see_address
from leuvenhelpt.domain.suiting import trust
from leuvenhelpt.domain.values import Band, band_of
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries.distances import is_approximate_between, reasons_between
from leuvenhelpt.storage.queries.doubts import is_doubted
from leuvenhelpt.storage.queries.former import change_of


@dataclass(frozen=True)
class Task:
    """One match for its volunteer. Nothing here can tell who asks or where exactly.

    `is_approximate`: the band holds only about. `others`: how many more were asked in the same wave.
    `code_word` is empty before the yes. `change`: what changed since a first ask, if this is the second.
    `is_on_hold`: a concern is looked into first, so nothing is shown or answered. `trust`: see domain.suiting.
    """

    match_id: int
    public_id: str
    help_request_id: int
    volunteer_id: int
    state: str
    kind: str
    area: str
    band: Band
    is_approximate: bool
    timing: str
    wanted_by: datetime
    hours: int
    reasons: tuple[Reason, ...]
    change: Change | None
    wave: int
    others: int
    lapses_at: datetime | None
    code_word: str
    went_well: bool | None
    may_answer: bool
    may_see_address: bool
    is_on_hold: bool
    trust: int


@dataclass(frozen=True)
class Whereabouts:
    """Who asks, where, and how to reach them; for a volunteer who said yes. `place_label`: how we understand it."""

    name: str
    asker_name: str
    address: str
    postcode: str
    place_label: str
    place_level: str | None
    place_accuracy_m: int | None
    phone: str
    email: str
    words: str


SHUT_OUT = (VolunteerState.LEFT, VolunteerState.BLOCKED, VolunteerState.FROZEN)
AFTER_YES = frozenset({MatchState.ACCEPTED, MatchState.DONE})


def task(db: Session, public_id: str, now: datetime) -> Task:
    """The match of a link; NotFound if there is none, or it was never asked."""
    row = db.execute(
        select(Match, HelpRequest, Volunteer, is_doubted())
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.public_id == public_id, Match.asked_at.is_not(None))
    ).one_or_none()
    if row is None:
        raise NotFound("match")
    return _facts(*row, others=_others(db, row.Match), now=now)


def _facts(
    match: Match, request: HelpRequest, volunteer: Volunteer, has_doubts: bool, *, others: int, now: datetime
) -> Task:
    is_on_hold = has_doubts or volunteer.state == VolunteerState.FROZEN
    is_let_in = not is_on_hold and volunteer.state not in SHUT_OUT
    return Task(
        match_id=match.id,
        public_id=match.public_id,
        help_request_id=request.id,
        volunteer_id=match.volunteer_id,
        state=match.state,
        kind=request.kind,
        area=request.area,
        band=band_of(match.distance_km),
        is_approximate=is_approximate_between(request, volunteer),
        timing=request.timing,
        wanted_by=request.wanted_by,
        hours=request.hours,
        reasons=reasons_between(match, request, volunteer),
        change=change_of(request, match.asked_before_at),
        wave=match.wave,
        others=others,
        lapses_at=match.lapses_at,
        code_word=request.code_word if match.state in AFTER_YES and not is_on_hold else "",
        went_well=match.went_well,
        may_answer=not is_on_hold and may_answer(match.state, match.lapses_at, now),
        may_see_address=is_let_in and may_see_address(match.state, match.ended_at, now),
        is_on_hold=is_on_hold,
        trust=trust(volunteer.vetting, volunteer.vetted_until, now),
    )


def _others(db: Session, match: Match) -> int:
    same_wave = (Match.help_request_id == match.help_request_id, Match.wave == match.wave)
    asked = select(func.count()).select_from(Match).where(*same_wave, Match.asked_at.is_not(None))
    return (db.scalar(asked) or 1) - 1


def open_asks(db: Session, volunteer_id: int, now: datetime) -> int:
    """How many asks this volunteer can still answer."""
    is_open = (Match.state == MatchState.ASKED, Match.lapses_at > now)
    which = select(func.count()).select_from(Match).where(Match.volunteer_id == volunteer_id, *is_open)
    return db.scalar(which) or 0


def whereabouts(db: Session, match_id: int, now: datetime) -> Whereabouts:
    """Name, address and phone of a match; NotFound unless its volunteer may see them at this moment."""
    row = db.execute(
        select(Match, HelpRequest)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.id == match_id, Volunteer.state.not_in(SHUT_OUT), ~is_doubted())
    ).one_or_none()
    if row is None or not may_see_address(row.Match.state, row.Match.ended_at, now):
        raise NotFound("address")
    request = row.HelpRequest
    return Whereabouts(
        name=request.person_name,
        asker_name=request.asker_name,
        address=request.address,
        postcode=request.postcode,
        place_label=request.place_label,
        place_level=request.place_level,
        place_accuracy_m=request.place_accuracy_m,
        phone=request.phone,
        email=request.email,
        words=request.words,
    )


def volunteer_id_of(db: Session, public_id: str) -> int | None:
    """The id of the volunteer behind a public id."""
    return db.scalar(select(Volunteer.id).where(Volunteer.public_id == public_id))
