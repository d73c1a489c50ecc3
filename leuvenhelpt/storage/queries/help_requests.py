"""What the desk reads of help requests: the list, one request whole, and apart from it who it is about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import Channel
from leuvenhelpt.domain.lifecycle import CLOSED_HELP_REQUEST, LIVE_HELP_REQUEST, NotificationState
from leuvenhelpt.storage.models import Account, Attention, HelpRequest, Match, Notification, Volunteer

PAGE = 25
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Listed:
    """One line of the list of help requests."""

    reference: str
    kind: str
    area: str
    state: str
    created_at: datetime
    wanted_by: datetime
    promised_by: datetime | None
    taken_by: str


@dataclass(frozen=True)
class ListPage:
    """One page of the list, and how many there are on all pages together."""

    rows: tuple[Listed, ...]
    total: int


@dataclass(frozen=True)
class Overview:
    """A help request as a coordinator sees it before asking who it is: no name, street or number."""

    id: int
    public_id: str
    reference: str
    state: str
    kind: str
    words: str
    asking: str
    places_needed: int
    places_taken: int
    languages: tuple[str, ...]
    channel: str
    timing: str
    wanted_by: datetime
    hours: int
    promised_by: datetime | None
    code_word: str
    wave: int
    taken_by_id: int | None
    taken_by: str
    referred_to: str | None
    closing_words: str
    went_well: bool | None
    created_at: datetime
    closed_at: datetime | None
    postcode: str
    area: str
    place_level: str | None
    place_accuracy_m: int | None
    is_for_another: bool
    has_email: bool

    @property
    def is_live(self) -> bool:
        """Whether something may still happen."""
        return self.state in LIVE_HELP_REQUEST


@dataclass(frozen=True)
class Identity:
    """Who a request is about and where they live. Reading it is written in the journal by whoever asks."""

    person_name: str
    asker_name: str
    phone: str
    email: str
    address: str
    postcode: str
    place_label: str


@dataclass(frozen=True)
class Suitor:
    """A volunteer on the shortlist, or one who was asked; `reasons` as matching wrote them down."""

    match_id: int
    public_id: str
    name: str
    state: str
    vetting: int
    hours: int
    distance_km: float | None
    reasons: tuple[dict[str, Any], ...]
    asked_this_month: int
    asked_at: datetime | None
    lapses_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    remark: str


@dataclass(frozen=True)
class OpenTrouble:
    """Something about this request that still needs a person; `kind_of_message` if it is about one."""

    attention_id: int
    trouble: str
    due_at: datetime
    note: str
    notification_id: int | None


@dataclass(frozen=True)
class CallToMake:
    """News that has to be told over the phone; `tries`: how often nobody answered."""

    notification_id: int
    telling: str
    due_by: datetime | None
    tries: int


@dataclass(frozen=True)
class PlaceChoice:
    """A place the register offered for the address as typed."""

    lat: float
    lon: float
    label: str


def listed(
    db: Session,
    *,
    digits: str = "",
    kinds: Collection[str] = (),
    area: str = "",
    state: str = "",
    number: int = 1,
) -> ListPage:
    """One page of help requests, newest first.

    `digits`, `kinds` and `area` are what a search may mean: any of them suffices. `state`: one of the
    lifecycle, "live", "closed" or "" for all.
    """
    which = [*_searched(digits, kinds, area), *_in_state(state)]
    rows = db.execute(
        select(HelpRequest, Account.name.label("taken_by"), func.count().over().label("total"))
        .join(Account, Account.id == HelpRequest.taken_up_by, isouter=True)
        .where(*which)
        .order_by(HelpRequest.created_at.desc(), HelpRequest.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    facts = (
        Listed(**{name: getattr(row.HelpRequest, name) for name in _LISTED}, taken_by=row.taken_by or "")
        for row in rows
    )
    return ListPage(tuple(facts), rows[0].total if rows else 0)


def overview(db: Session, reference: str) -> Overview | None:
    """A help request by its reference."""
    row = db.execute(
        select(HelpRequest, Account.name.label("taken_by"))
        .join(Account, Account.id == HelpRequest.taken_up_by, isouter=True)
        .where(HelpRequest.reference == reference)
    ).one_or_none()
    if row is None:
        return None
    request = row.HelpRequest
    return Overview(
        **{name: getattr(request, name) for name in _OVERVIEW},
        languages=tuple(request.languages),
        taken_by_id=request.taken_up_by,
        taken_by=row.taken_by or "",
        is_for_another=bool(request.asker_name),
        has_email=bool(request.email),
    )


def identity(db: Session, help_request_id: int) -> Identity | None:
    """Name, address and how to reach them; whoever reads this journals it first."""
    row = db.get(HelpRequest, help_request_id)
    if row is None:
        return None
    return Identity(**{name: getattr(row, name) for name in Identity.__dataclass_fields__})


def suitors(db: Session, help_request_id: int, now: datetime) -> tuple[Suitor, ...]:
    """Everybody proposed for or asked about this request, best first. One query."""
    asked = Match.__table__.alias("asked")
    recently = (
        select(func.count())
        .select_from(asked)
        .where(asked.c.volunteer_id == Match.volunteer_id, asked.c.asked_at > now - MONTH)
        .scalar_subquery()
    )
    rows = db.execute(
        select(Match, Volunteer, recently.label("recently"))
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.help_request_id == help_request_id)
        .order_by(Match.rank, Match.id)
    )
    return tuple(_suitor(row.Match, row.Volunteer, row.recently, now) for row in rows)


def open_troubles(db: Session, help_request_id: int) -> tuple[OpenTrouble, ...]:
    """What about this request still needs a person, soonest due first."""
    rows = db.scalars(
        select(Attention)
        .where(Attention.help_request_id == help_request_id, Attention.resolved_at.is_(None))
        .order_by(Attention.due_at, Attention.id)
    )
    return tuple(OpenTrouble(row.id, row.kind, row.due_at, row.note, row.notification_id) for row in rows)


def calls(db: Session, help_request_id: int) -> tuple[CallToMake, ...]:
    """What must still be told over the phone, oldest news first."""
    rows = db.scalars(
        select(Notification)
        .where(
            Notification.help_request_id == help_request_id,
            Notification.channel == Channel.CALL,
            Notification.state == NotificationState.QUEUED,
        )
        .order_by(Notification.id)
    )
    return tuple(CallToMake(row.id, row.kind, row.due_by, row.attempts) for row in rows)


def place_choices(db: Session, help_request_id: int) -> tuple[PlaceChoice, ...]:
    """The places a coordinator may choose from, as the register found them."""
    choices = db.scalar(select(HelpRequest.place_choices).where(HelpRequest.id == help_request_id)) or []
    return tuple(PlaceChoice(row["lat"], row["lon"], row["label"]) for row in choices)


_LISTED = ("reference", "kind", "area", "state", "created_at", "wanted_by", "promised_by")
_OVERVIEW = (
    "id", "public_id", "reference", "state", "kind", "words", "asking", "places_needed", "places_taken", "channel",
    "timing", "wanted_by", "hours", "promised_by", "code_word", "wave", "referred_to", "closing_words", "went_well",
    "created_at", "closed_at", "postcode", "area", "place_level", "place_accuracy_m",
)  # fmt: skip


def _searched(digits: str, kinds: Collection[str], area: str) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = []
    if digits:
        meant.append(HelpRequest.reference.startswith(digits, autoescape=True))
    if kinds:
        meant.append(HelpRequest.kind.in_(kinds))
    if area:
        meant.append(HelpRequest.area.icontains(area, autoescape=True))
        meant.append(HelpRequest.postcode == area)
    return [or_(*meant)] if meant else []


def _in_state(state: str) -> list[ColumnElement[bool]]:
    groups = {"": None, "live": LIVE_HELP_REQUEST, "closed": CLOSED_HELP_REQUEST}
    wanted = groups.get(state, {state})
    return [] if wanted is None else [HelpRequest.state.in_(wanted)]


def _suitor(match: Match, volunteer: Volunteer, recently: int, now: datetime) -> Suitor:
    is_vetted = volunteer.vetted_until is not None and volunteer.vetted_until > now
    return Suitor(
        match_id=match.id,
        public_id=volunteer.public_id,
        name=volunteer.name,
        state=match.state,
        vetting=volunteer.vetting if is_vetted else 0,
        hours=volunteer.hours,
        distance_km=match.distance_km,
        reasons=tuple(match.reasons),
        asked_this_month=recently,
        asked_at=match.asked_at,
        lapses_at=match.lapses_at,
        answered_at=match.answered_at,
        ended_at=match.ended_at,
        remark=match.remark,
    )
