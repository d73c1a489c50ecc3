"""What a message has to say: the facts of one notification, read just before it is sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.asking_again import Change
from leuvenhelpt.domain.kinds import TO_REQUESTER, Telling
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.domain.values import Band, band_of
from leuvenhelpt.storage.models import HelpRequest, Match, Notification, Volunteer
from leuvenhelpt.storage.queries.distances import is_approximate_between, reasons_between
from leuvenhelpt.storage.queries.doubts import is_doubted
from leuvenhelpt.storage.queries.former import change_of
from leuvenhelpt.storage.queries.staleness import WITH_ALL_IT_IS_ABOUT, Rows, is_stale

T = TypeVar("T")
TIME_TO_STAY = timedelta(days=30)
"""How long somebody who fell silent has to say that they stay."""
LINK_TELLINGS = frozenset({Telling.SIGN_IN, Telling.CONFIRM_ADDRESS})
_THESE = WITH_ALL_IT_IS_ABOUT.where(Notification.id.in_(bindparam("these", expanding=True)))
_ASKED = (
    select(func.count())
    .select_from(Match)
    .where(Match.help_request_id == HelpRequest.id, Match.asked_at.is_not(None))
    .correlate(HelpRequest)
    .scalar_subquery()
)
_SEARCH = select(_ASKED, ~is_doubted()).where(HelpRequest.id == bindparam("help_request_id"))


@dataclass(frozen=True)
class RequestFacts:
    """A help request as its own requester may read it. `asked`: how many neighbours were asked so far; of more
    there is no question (`may_ask_more`) while a concern about the request is looked into.

    `person_name`: who is helped, if somebody else asks for them; empty when the reader is helped.
    """

    public_id: str
    reference: str
    kind: str
    person_name: str
    promised_by: datetime | None
    asked: int
    may_ask_more: bool
    referred_to: str
    closing_words: str


@dataclass(frozen=True)
class HelperFacts:
    """Who comes, for the resident, and the word by which to know them. `phone` in E.164."""

    name: str
    phone: str
    code_word: str


@dataclass(frozen=True)
class TaskFacts:
    """A help request as a volunteer may read it: no name, no address, no distance but a band.

    `public_id` is the match's. `is_approximate`: the band holds only about. `code_word` is empty before the yes.
    `change`: what changed since a first ask, if this is the second.
    """

    public_id: str
    volunteer_public_id: str
    kind: str
    area: str
    band: Band
    is_approximate: bool
    timing: str
    wanted_by: datetime
    hours: int
    reasons: tuple[Reason, ...]
    change: Change | None
    lapses_at: datetime | None
    code_word: str


@dataclass(frozen=True)
class LinkFacts:
    """A link that signs in or confirms an address, once, or by which somebody stays; until `expires_at`."""

    public_id: str
    expires_at: datetime


@dataclass(frozen=True)
class MessageFacts:
    """All that one message needs. Exactly one of `request`, `task` and `link` is set, by its kind.

    `is_stale`: what it says is not true any more, so it should not be sent. `name`: the reader's own.
    """

    kind: Telling
    dedupe_key: str
    to: str
    name: str
    language: str
    now: datetime
    is_stale: bool
    request: RequestFacts | None = None
    helper: HelperFacts | None = None
    task: TaskFacts | None = None
    link: LinkFacts | None = None


def message_facts(db: Session, notification_id: int, now: datetime) -> MessageFacts | None:
    """The facts of a message as they are now; None if there is no such notification."""
    return facts_of_messages(db, [notification_id], now).get(notification_id)


def facts_of_messages(
    db: Session, notification_ids: Collection[int], now: datetime
) -> dict[int, MessageFacts]:
    """The facts of these messages as they are now, by the id of the notification."""
    found = db.execute(_THESE, {"these": list(notification_ids)}).all()
    return {row.Notification.id: _facts(db, Rows(*row), now) for row in found}


def _facts(db: Session, rows: Rows, now: datetime) -> MessageFacts:
    kind = Telling(rows.notification.kind)
    if kind == Telling.STILL_WITH_US:
        return _to_silent(db, kind, rows, now)
    told = _to_requester if kind in TO_REQUESTER else _by_link if kind in LINK_TELLINGS else _to_volunteer
    return told(db, kind, rows, now)


def _to_requester(db: Session, kind: Telling, rows: Rows, now: datetime) -> MessageFacts:
    request = _the(rows.request)
    asked, may_ask_more = db.execute(_SEARCH, {"help_request_id": request.id}).one()
    return MessageFacts(
        kind=kind,
        dedupe_key=rows.notification.dedupe_key,
        to=request.email,
        name=request.asker_name or request.person_name,
        language=request.reader_language,
        now=now,
        is_stale=is_stale(db, kind, rows, now),
        request=RequestFacts(
            public_id=request.public_id,
            reference=request.reference,
            kind=request.kind,
            person_name=request.person_name if request.asker_name else "",
            promised_by=request.promised_by,
            asked=asked,
            may_ask_more=may_ask_more,
            referred_to=request.referred_to or "",
            closing_words=request.closing_words,
        ),
        helper=_helper(kind, request, rows.volunteer),
    )


def _helper(kind: Telling, request: HelpRequest, volunteer: Volunteer | None) -> HelperFacts | None:
    if kind != Telling.REQUEST_MATCHED or volunteer is None:
        return None
    return HelperFacts(volunteer.name, volunteer.phone, request.code_word)


def _to_volunteer(db: Session, kind: Telling, rows: Rows, now: datetime) -> MessageFacts:
    request, match, volunteer = _the(rows.request), _the(rows.match), _the(rows.volunteer)
    return MessageFacts(
        kind=kind,
        dedupe_key=rows.notification.dedupe_key,
        to=volunteer.email,
        name=volunteer.name,
        language=volunteer.reader_language,
        now=now,
        is_stale=is_stale(db, kind, rows, now),
        task=TaskFacts(
            public_id=match.public_id,
            volunteer_public_id=volunteer.public_id,
            kind=request.kind,
            area=request.area,
            band=band_of(match.distance_km),
            is_approximate=is_approximate_between(request, volunteer),
            timing=request.timing,
            wanted_by=request.wanted_by,
            hours=request.hours,
            reasons=reasons_between(match, request, volunteer),
            change=change_of(request, match.asked_before_at),
            lapses_at=match.lapses_at,
            code_word=request.code_word if kind == Telling.TASK_ACCEPTED else "",
        ),
    )


def _by_link(db: Session, kind: Telling, rows: Rows, now: datetime) -> MessageFacts:
    link, account = _the(rows.link), _the(rows.account)
    return MessageFacts(
        kind=kind,
        dedupe_key=rows.notification.dedupe_key,
        to=account.email,
        name=account.name,
        language=rows.volunteer.reader_language if rows.volunteer else "nl",
        now=now,
        is_stale=is_stale(db, kind, rows, now),
        link=LinkFacts(link.public_id, link.expires_at),
    )


def _to_silent(db: Session, kind: Telling, rows: Rows, now: datetime) -> MessageFacts:
    """Whether to stay: the link is the volunteer's, and holds until they would be forgotten."""
    volunteer = _the(rows.volunteer)
    return MessageFacts(
        kind=kind,
        dedupe_key=rows.notification.dedupe_key,
        to=volunteer.email,
        name=volunteer.name,
        language=volunteer.reader_language,
        now=now,
        is_stale=is_stale(db, kind, rows, now),
        link=LinkFacts(volunteer.public_id, rows.notification.created_at + TIME_TO_STAY),
    )


def _the(row: T | None) -> T:
    """A row that a notification of this kind always has."""
    if row is None:
        raise LookupError("a notification without what it is about")
    return row
