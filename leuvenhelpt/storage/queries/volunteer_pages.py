"""What a volunteer's own pages show: the offer, what is asked, what was promised, what to expect."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.domain.lifecycle import MatchState, VolunteerState
from leuvenhelpt.domain.values import Band, PlaceLevel, band_of
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries.distances import is_approximate_between
from leuvenhelpt.storage.queries.doubts import is_doubted

HISTORY = 20
OF_REGISTER = frozenset({PlaceLevel.HOUSE, PlaceLevel.NEAR_HOUSE, PlaceLevel.STREET})


@dataclass(frozen=True)
class Offer:
    """A volunteer's own offer. `knows_street`: `place_label` is a street of the register, not what anybody typed."""

    state: str
    name: str
    phone: str
    gender: str
    address: str
    postcode: str
    place_label: str
    is_placed: bool
    knows_street: bool
    kinds: tuple[str, ...]
    words: str
    will_not: str
    languages: tuple[str, ...]
    means: str
    reach_km: float
    hours: int
    max_asks_a_week: int
    paused_until: datetime | None
    calendar_key: str | None


@dataclass(frozen=True)
class MyMatch:
    """A match on the volunteer's own page: no name, no address. `is_approximate`: the band holds only about.

    `is_on_hold`: a concern is looked into first. `code_word` is empty unless they go there: before the yes, after the
    visit, while it is on hold.
    """

    public_id: str
    state: str
    kind: str
    area: str
    band: Band
    is_approximate: bool
    timing: str
    wanted_by: datetime
    hours: int
    lapses_at: datetime | None
    ended_at: datetime | None
    is_on_hold: bool
    code_word: str


@dataclass(frozen=True)
class Thanks:
    """What a resident wrote after the help; `public_id` is the match's."""

    public_id: str
    kind: str
    words: str
    ended_at: datetime | None


def offer(db: Session, volunteer_id: int) -> Offer:
    """The offer of a volunteer; NotFound if there is none."""
    row = db.get(Volunteer, volunteer_id)
    if row is None:
        raise NotFound("volunteer")
    return Offer(
        state=row.state,
        name=row.name,
        phone=row.phone,
        gender=row.gender,
        address=row.address,
        postcode=row.postcode,
        place_label=row.place_label,
        is_placed=row.place_level is not None,
        knows_street=row.place_level in OF_REGISTER,
        kinds=tuple(row.kinds),
        words=row.words,
        will_not=row.will_not,
        languages=tuple(row.languages),
        means=row.means,
        reach_km=row.reach_km,
        hours=row.hours,
        max_asks_a_week=row.max_asks_a_week,
        paused_until=row.paused_until,
        calendar_key=row.calendar_key,
    )


def matches(db: Session, volunteer_id: int) -> list[MyMatch]:
    """All a volunteer was ever asked, newest first; what is open or promised is always among them."""
    rows = db.execute(
        select(Match, HelpRequest, Volunteer, is_doubted())
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(
            Match.volunteer_id == volunteer_id,
            Match.asked_at.is_not(None),
            Match.state != MatchState.PROPOSED,
        )
        .order_by(Match.state.in_([MatchState.ASKED, MatchState.ACCEPTED]).desc(), Match.asked_at.desc())
        .limit(HISTORY)
    )
    return [_my_match(*row) for row in rows]


def _my_match(match: Match, request: HelpRequest, volunteer: Volunteer, has_doubts: bool) -> MyMatch:
    is_on_hold = has_doubts or volunteer.state == VolunteerState.FROZEN
    return MyMatch(
        public_id=match.public_id,
        state=match.state,
        kind=request.kind,
        area=request.area,
        band=band_of(match.distance_km),
        is_approximate=is_approximate_between(request, volunteer),
        timing=request.timing,
        wanted_by=request.wanted_by,
        hours=request.hours,
        lapses_at=match.lapses_at,
        ended_at=match.ended_at or match.answered_at,
        is_on_hold=is_on_hold,
        code_word=request.code_word if match.state == MatchState.ACCEPTED and not is_on_hold else "",
    )


def thanks(db: Session, volunteer_id: int) -> tuple[Thanks, ...]:
    """What residents wrote to thank a volunteer, the newest first."""
    rows = db.execute(
        select(Match.public_id, HelpRequest.kind, Match.thanks, Match.ended_at)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .where(Match.volunteer_id == volunteer_id, Match.thanks != "")
        .order_by(Match.ended_at.desc(), Match.id.desc())
        .limit(HISTORY)
    )
    return tuple(Thanks(*row) for row in rows)
