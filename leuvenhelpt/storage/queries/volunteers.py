"""What the desk reads of volunteers: the list, and one volunteer whole."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.domain.values import Place
from leuvenhelpt.storage.models import Attention, HelpRequest, Match, Volunteer

PAGE = 25
HELPED = (MatchState.ACCEPTED, MatchState.DONE)


@dataclass(frozen=True)
class ListedVolunteer:
    """One line of the list of volunteers; `helped`: how many times they said yes."""

    id: int
    public_id: str
    name: str
    state: str
    area: str
    kinds: tuple[str, ...]
    paused_until: datetime | None
    helped: int


@dataclass(frozen=True)
class VolunteerPage:
    """One page of volunteers, and how many there are on all pages together."""

    rows: tuple[ListedVolunteer, ...]
    total: int


@dataclass(frozen=True)
class VolunteerOverview:
    """A volunteer and the standing offer. `vetted_until` in the past means that level 0 holds again."""

    id: int
    public_id: str
    state: str
    name: str
    email: str
    phone: str
    gender: str
    address: str
    postcode: str
    area: str
    place_level: str | None
    place_accuracy_m: int | None
    place_label: str
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    words: str
    will_not: str
    means: str
    reach_km: float
    hours: int
    max_asks_a_week: int
    paused_until: datetime | None
    vetting: int
    vetted_until: datetime | None
    notice_version: str | None
    created_at: datetime
    place_choices: tuple[Place, ...]


@dataclass(frozen=True)
class PastMatch:
    """One time this volunteer was proposed or asked. `thanks`: what the resident wrote to them."""

    match_id: int
    reference: str
    kind: str
    state: str
    asked_at: datetime | None
    ended_at: datetime | None
    went_well: bool | None
    remark: str
    thanks: str


@dataclass(frozen=True)
class VolunteerTrouble:
    """Something about this volunteer, and no help request, that still needs a person."""

    attention_id: int
    trouble: str
    raised_at: datetime


def listed(db: Session, *, words: str = "", state: str = "", number: int = 1) -> VolunteerPage:
    """One page of volunteers by name, none who were forgotten; `words`: part of a name, an address or an area."""
    helped = (
        select(func.count())
        .select_from(Match)
        .where(Match.volunteer_id == Volunteer.id, Match.state.in_(HELPED))
        .correlate(Volunteer)
        .scalar_subquery()
    )
    by_name = (func.lower(Volunteer.name), Volunteer.id)
    chosen = select(Volunteer.id, func.count().over().label("total")).where(Volunteer.name != "")
    chosen = chosen.order_by(*by_name)
    if words:
        columns = (Volunteer.name, Volunteer.email, Volunteer.area)
        chosen = chosen.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    if state:
        chosen = chosen.where(Volunteer.state == state)
    shown = (
        chosen.limit(PAGE).offset((number - 1) * PAGE).subquery()
    )  # only for these is counted what they did
    rows = db.execute(
        select(Volunteer, helped.label("helped"), shown.c.total)
        .join(shown, shown.c.id == Volunteer.id)
        .order_by(*by_name)
    ).all()
    return VolunteerPage(
        tuple(_listed(row.Volunteer, row.helped) for row in rows), rows[0].total if rows else 0
    )


def overview(db: Session, public_id: str) -> VolunteerOverview | None:
    """A volunteer by the id in the address of the page."""
    row = db.scalar(select(Volunteer).where(Volunteer.public_id == public_id))
    if row is None:
        return None
    return VolunteerOverview(
        **{name: getattr(row, name) for name in _COPIED},
        kinds=tuple(row.kinds),
        languages=tuple(row.languages),
        place_choices=tuple(Place(**kept) for kept in row.place_choices),
    )


def history(db: Session, volunteer_id: int) -> tuple[PastMatch, ...]:
    """What this volunteer was asked and what came of it, newest first; the last hundred."""
    rows = db.execute(
        select(Match, HelpRequest.reference, HelpRequest.kind)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .where(Match.volunteer_id == volunteer_id, Match.asked_at.is_not(None))
        .order_by(Match.asked_at.desc(), Match.id.desc())
        .limit(100)
    )
    return tuple(
        PastMatch(
            match_id=row.Match.id,
            reference=row.reference,
            kind=row.kind,
            state=row.Match.state,
            asked_at=row.Match.asked_at,
            ended_at=row.Match.ended_at,
            went_well=row.Match.went_well,
            remark=row.Match.remark,
            thanks=row.Match.thanks,
        )
        for row in rows
    )


def open_troubles(db: Session, volunteer_id: int) -> tuple[VolunteerTrouble, ...]:
    """What about this volunteer alone still needs a person."""
    rows = db.scalars(
        select(Attention)
        .where(
            Attention.volunteer_id == volunteer_id,
            Attention.help_request_id.is_(None),
            Attention.resolved_at.is_(None),
        )
        .order_by(Attention.id)
    )
    return tuple(VolunteerTrouble(row.id, row.kind, row.raised_at) for row in rows)


_COPIED = (
    "id", "public_id", "state", "name", "email", "phone", "gender", "address", "postcode", "area", "place_level",
    "place_accuracy_m",
    "place_label", "words", "will_not", "means", "reach_km", "hours", "max_asks_a_week", "paused_until", "vetting",
    "vetted_until", "notice_version", "created_at",
)  # fmt: skip


def _listed(row: Volunteer, helped: int) -> ListedVolunteer:
    return ListedVolunteer(
        id=row.id,
        public_id=row.public_id,
        name=row.name,
        state=row.state,
        area=row.area,
        kinds=tuple(row.kinds),
        paused_until=row.paused_until,
        helped=helped,
    )
