"""What the desk reads of help requests: the list, one request whole, and apart from it who it is about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import CLOSED_HELP_REQUEST, LIVE_HELP_REQUEST
from leuvenhelpt.domain.messages import LeftOut
from leuvenhelpt.domain.values import Place
from leuvenhelpt.storage.models import Account, HelpRequest
from leuvenhelpt.storage.queries.doubts import is_on_hold

PAGE = 25


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
    """A help request as a coordinator sees it before asking who it is: no name, street or number.

    `why_not`: by which rule how many volunteers fell off when it was last matched, and who nearly suited.
    `is_on_hold`: somebody said yes, and must not come before a concern is looked into. `is_forgotten`: nothing is left
    of who asked, and nothing may be written that could tell.
    """

    id: int
    public_id: str
    reference: str
    state: str
    kind: str
    gender_wish: str
    words: str
    asking: str
    places_needed: int
    places_taken: int
    languages: tuple[str, ...]
    reader_language: str
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
    is_on_hold: bool
    is_forgotten: bool
    why_not: tuple[LeftOut, ...]

    @property
    def is_live(self) -> bool:
        """Whether something may still happen."""
        return self.state in LIVE_HELP_REQUEST

    @property
    def may_change(self) -> bool:
        """Whether what, when and where can still be changed: nobody is coming yet."""
        return self.is_live and not self.places_taken


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
    place_level: str | None
    place_accuracy_m: int | None


@dataclass(frozen=True)
class Search:
    """What somebody who searches may mean; any of it suffices. All empty: everything."""

    digits: str = ""
    kinds: Collection[str] = ()
    area: str = ""


def listed(db: Session, search: Search, *, state: str = "", number: int = 1) -> ListPage:
    """One page of help requests, newest first.

    `state`: one of the lifecycle, "live", "closed" or "" for all.
    """
    which = [*_searched(search), *_in_state(state)]
    total = select(func.count()).select_from(HelpRequest).where(*which).scalar_subquery()
    rows = db.execute(
        select(HelpRequest, Account.name.label("taken_by"), total.label("total"))
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
        select(HelpRequest, Account.name.label("taken_by"), is_on_hold().label("is_on_hold"))
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
        is_on_hold=row.is_on_hold,
        is_forgotten=not request.person_name,
        why_not=tuple(_left_out(*row) for row in request.why_not),
    )


def _left_out(rule: str, count: int, nearest: Sequence[Sequence[Any]] = ()) -> LeftOut:
    return LeftOut(rule, count, tuple((volunteer_id, km) for volunteer_id, km in nearest))


def identity(db: Session, help_request_id: int) -> Identity | None:
    """Name, address and how to reach them; whoever reads this journals it first."""
    row = db.get(HelpRequest, help_request_id)
    if row is None:
        return None
    return Identity(**{name: getattr(row, name) for name in Identity.__dataclass_fields__})


def asked_since(db: Session, moment: datetime, *, phone: str, email: str, but_for: str) -> int:
    """How many requests came in since a moment to be answered on this phone, or at this address of mail.

    `but_for`: the key of a form; what it sent before is the same request, not another.
    """
    reached = [HelpRequest.phone == phone] if phone else []
    reached += [HelpRequest.email == email] if email else []
    which = (HelpRequest.created_at > moment, HelpRequest.idempotency_key != but_for, or_(*reached))
    return db.scalar(select(func.count()).select_from(HelpRequest).where(*which)) or 0


def place_choices(db: Session, help_request_id: int) -> tuple[Place, ...]:
    """The places a coordinator may choose from, as the register found them."""
    choices = db.scalar(select(HelpRequest.place_choices).where(HelpRequest.id == help_request_id)) or []
    return tuple(Place(**kept) for kept in choices)


_LISTED = ("reference", "kind", "area", "state", "created_at", "wanted_by", "promised_by")
_OVERVIEW = (
    "id", "public_id", "reference", "state", "kind", "gender_wish", "words", "asking", "places_needed", "places_taken",
    "channel",
    "reader_language", "timing", "wanted_by", "hours", "promised_by", "code_word", "wave", "referred_to",
    "closing_words", "went_well", "created_at", "closed_at", "postcode", "area", "place_level", "place_accuracy_m",
)  # fmt: skip


def _searched(search: Search) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = []
    if search.digits:
        meant.append(HelpRequest.reference.startswith(search.digits, autoescape=True))
    if search.kinds:
        meant.append(HelpRequest.kind.in_(search.kinds))
    if search.area:
        # Areas are few: each name is read once, not once a request.
        named = select(HelpRequest.area).where(HelpRequest.area.icontains(search.area, autoescape=True))
        meant.append(HelpRequest.area.in_(named.distinct()))
        meant.append(HelpRequest.postcode == search.area)
    return [or_(*meant)] if meant else []


def _in_state(state: str) -> list[ColumnElement[bool]]:
    groups = {"": None, "live": LIVE_HELP_REQUEST, "closed": CLOSED_HELP_REQUEST}
    wanted = groups.get(state, {state})
    return [] if wanted is None else [HelpRequest.state.in_(wanted)]
