"""Rows that should move by themselves, found by the clock: what the sweeper looks for each second."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.jobs import WAITS_BEHIND, Bell, Wait
from leuvenhelpt.domain.kinds import WAITS_FOR_DESK, Channel, Telling, Trouble
from leuvenhelpt.domain.lifecycle import (
    GONE_VOLUNTEER,
    SEARCHED_HELP_REQUEST,
    UNMATCHED_HELP_REQUEST,
    HelpRequestState,
    MatchState,
    VolunteerState,
)
from leuvenhelpt.storage.models import Attention, Heartbeat, HelpRequest, Match, Notification, Volunteer
from leuvenhelpt.storage.queries.doubts import is_on_hold
from leuvenhelpt.storage.types import UtcDateTime

AT_ONCE = 100

Table: TypeAlias = type[HelpRequest] | type[Notification] | type[Volunteer]
WAITERS: dict[Wait, tuple[Table, ColumnElement[bool]]] = {
    Wait.REQUEST_TO_LOCATE: (HelpRequest, HelpRequest.state == HelpRequestState.SUBMITTED),
    Wait.VOLUNTEER_TO_LOCATE: (Volunteer, Volunteer.state.not_in(GONE_VOLUNTEER)),
    Wait.REQUEST_TO_PAIR: (HelpRequest, HelpRequest.state.in_(SEARCHED_HELP_REQUEST)),
    Wait.MAIL_TO_SEND: (Notification, Notification.channel == Channel.EMAIL),
}


@dataclass(frozen=True)
class Pulse:
    """How the system is: the oldest row that waits for a worker, and when each process was last heard."""

    oldest_waiting: datetime | None
    undeliverable: int
    heartbeats: dict[str, datetime]


@dataclass(frozen=True)
class Tending:
    """How long before a promise ends: mail is sent, a call is put on the desk, the desk is warned."""

    speak: timedelta
    call: timedelta
    warn: timedelta


def is_waiting(wait: Wait) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which a row waits, unclaimed, for a worker at the moment bound as `now`."""
    table, which = WAITERS[wait]
    now = bindparam("now", type_=UtcDateTime())
    return (which, table.look_at <= now, or_(table.lease_until.is_(None), table.lease_until <= now))


def longest_waiting(wait: Wait) -> Select[int]:
    """The ids of `at_most` rows that wait, those that wait longest first."""
    table = WAITERS[wait][0]
    line = select(table.id).where(*is_waiting(wait)).order_by(table.look_at, table.id)
    return line.limit(bindparam("at_most"))


# Each bell asks these: built once, because to build a statement costs more than to run it.
_LONGEST_WAITING = {wait: longest_waiting(wait) for wait in Wait}


def waiting_ids(db: Session, wait: Wait, now: datetime, limit: int = 20) -> Sequence[int]:
    """Ids of the rows that wait longest."""
    return db.scalars(_LONGEST_WAITING[wait], {"now": now, "at_most": limit}).all()


def bells_to_ring(db: Session, now: datetime) -> list[Bell]:
    """The bells behind which a row waits that no worker has claimed."""
    return [
        bell
        for bell, waits in WAITS_BEHIND.items()
        if any(waiting_ids(db, wait, now, limit=1) for wait in waits)
    ]


def lapsed_asks(db: Session, now: datetime) -> Sequence[int]:
    """Matches whose time to answer is over."""
    which = (Match.state == MatchState.ASKED, Match.lapses_at <= now)
    return db.scalars(select(Match.id).where(*which).order_by(Match.lapses_at).limit(AT_ONCE)).all()


def promises_to_tend(db: Session, now: datetime, before: Tending) -> Sequence[int]:
    """Requests still searched for about whose promise something has to be done now, the most urgent first.

    Only those: where the desk was warned, or has it anyway, and it is not yet time to speak, nobody else is kept
    waiting.
    """
    promised_by, has_email = HelpRequest.promised_by, HelpRequest.email != ""
    knows_of_promise = and_(Attention.kind == Trouble.PROMISE, Attention.due_at >= promised_by)
    has_it_anyway = and_(Attention.kind.in_(WAITS_FOR_DESK), Attention.resolved_at.is_(None))
    was_warned = exists().where(
        Attention.help_request_id == HelpRequest.id, or_(knows_of_promise, has_it_anyway)
    )
    is_time = or_(
        and_(has_email, promised_by <= now + before.speak),
        and_(~has_email, promised_by <= now + before.call),
        and_(promised_by <= now + before.warn, ~was_warned),
    )
    which = select(HelpRequest.id).where(HelpRequest.state.in_(UNMATCHED_HELP_REQUEST), is_time)
    return db.scalars(which.order_by(promised_by).limit(AT_ONCE)).all()


def overdue(db: Session, now: datetime) -> Sequence[int]:
    """Requests still searched for though the moment is past, of which the desk does not know yet."""
    is_known = exists().where(
        Attention.help_request_id == HelpRequest.id,
        Attention.kind == Trouble.OVERDUE,
        Attention.due_at >= HelpRequest.wanted_by,
    )
    which = (HelpRequest.state.in_(UNMATCHED_HELP_REQUEST), HelpRequest.wanted_by <= now, ~is_known)
    return db.scalars(select(HelpRequest.id).where(*which).limit(AT_ONCE)).all()


def over(db: Session, now: datetime) -> Sequence[int]:
    """Matched requests whose moment is past, so that it is time to ask how it went, unless nobody was to come yet."""
    which = (HelpRequest.state == HelpRequestState.MATCHED, HelpRequest.look_at <= now, ~is_on_hold())
    return db.scalars(select(HelpRequest.id).where(*which).limit(AT_ONCE)).all()


def unanswered_aftercare(db: Session, asked_before: datetime) -> Sequence[int]:
    """Accepted matches whose volunteer was asked how it went before a moment and never said; of what is looked into,
    or was just now so that there still is time to come, nothing is taken for granted.
    """
    has_time = and_(HelpRequest.state == HelpRequestState.MATCHED, HelpRequest.look_at.is_not(None))
    return db.scalars(
        select(Match.id)
        .join(Notification, Notification.match_id == Match.id)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .where(
            Match.state == MatchState.ACCEPTED,
            Notification.kind == Telling.AFTERCARE_VOLUNTEER,
            Notification.created_at <= asked_before,
            ~has_time,
            ~is_on_hold(),
        )
        .limit(AT_ONCE)
    ).all()


def pauses_over(db: Session, now: datetime) -> Sequence[int]:
    """Volunteers whose pause has ended."""
    which = (Volunteer.state == VolunteerState.PAUSED, Volunteer.paused_until <= now)
    return db.scalars(select(Volunteer.id).where(*which).limit(AT_ONCE)).all()


def pulse(db: Session, now: datetime) -> Pulse:
    """How the system is now."""
    oldest = [
        db.scalar(select(func.min(table.look_at)).where(which, table.look_at <= now))
        for table, which in WAITERS.values()
    ]
    return Pulse(
        oldest_waiting=min((moment for moment in oldest if moment), default=None),
        undeliverable=db.scalar(
            select(func.count()).where(Attention.kind == "undeliverable", Attention.resolved_at.is_(None))
        )
        or 0,
        heartbeats={row.name: row.at for row in db.scalars(select(Heartbeat))},
    )
