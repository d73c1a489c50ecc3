"""Whether what a message says, or a call is to tell, is still true."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import TO_REQUESTER, Channel, Telling
from leuvenhelpt.domain.lifecycle import (
    HELPING_VOLUNTEER,
    UNMATCHED_HELP_REQUEST,
    HelpRequestState,
    MatchState,
    NotificationState,
    VolunteerState,
)
from leuvenhelpt.domain.permissions import may_answer
from leuvenhelpt.storage.models import Account, HelpRequest, Match, Notification, SignInLink, Volunteer
from leuvenhelpt.storage.queries.doubts import is_doubted

WITH_ALL_IT_IS_ABOUT = (
    select(Notification, HelpRequest, Match, Volunteer, SignInLink, Account, is_doubted())
    .outerjoin(HelpRequest, HelpRequest.id == Notification.help_request_id)
    .outerjoin(Match, Match.id == Notification.match_id)
    .outerjoin(Volunteer, Volunteer.id == func.coalesce(Match.volunteer_id, Notification.volunteer_id))
    .outerjoin(SignInLink, SignInLink.id == Notification.sign_in_link_id)
    .outerjoin(Account, Account.id == SignInLink.account_id)
)
"""Notifications with the rows they are about, as Rows takes them."""


@dataclass(frozen=True)
class Rows:
    """A notification with the rows it is about. `is_doubted`: a concern about the request is not settled yet."""

    notification: Notification
    request: HelpRequest | None
    match: Match | None
    volunteer: Volunteer | None
    link: SignInLink | None
    account: Account | None
    is_doubted: bool


def is_stale(db: Session, kind: Telling, rows: Rows, now: datetime) -> bool:
    """Whether nobody should be told any more: it is not true by now, or there is nobody to hear it in this way."""
    if _has_no_reader(kind, rows):
        return True
    if not _STILL_TRUE[kind](rows, now):
        return True
    return kind in {Telling.ASK_FILLED, Telling.ASK_CANCELLED} and not _was_asked(db, rows)


def _has_no_reader(kind: Telling, rows: Rows) -> bool:
    """Whether whoever it is for was forgotten, or is mailed now and not rung, or the other way round."""
    if kind in TO_REQUESTER:
        is_rung = rows.notification.channel == Channel.CALL
        return rows.request is not None and bool(rows.request.email) == is_rung
    return rows.volunteer is not None and not rows.volunteer.name


def _was_asked(db: Session, rows: Rows) -> bool:
    """Whether the ask itself went out: who never got it need not hear that it is over."""
    match = rows.match
    if match is None or match.asked_at is None:
        return False
    handed_over = (NotificationState.SENDING, NotificationState.SENT)
    which = (
        Notification.match_id == match.id,
        Notification.kind == Telling.ASK,
        Notification.state.in_(handed_over),
        Notification.created_at >= match.asked_at,
    )
    return db.scalar(select(Notification.id).where(*which).limit(1)) is not None


_Truth = Callable[[Rows, datetime], bool]


def _request_in(*states: HelpRequestState) -> _Truth:
    return lambda rows, _now: rows.request is not None and rows.request.state in states


def _match_in(*states: MatchState) -> _Truth:
    return lambda rows, _now: rows.match is not None and rows.match.state in states


def _moment_is_past(rows: Rows, now: datetime) -> bool:
    return (
        _request_in(*UNMATCHED_HELP_REQUEST)(rows, now)
        and rows.request is not None
        and rows.request.wanted_by <= now
    )


def _can_be_answered(rows: Rows, now: datetime) -> bool:
    match = rows.match
    if match is None or match.asked_at is None or rows.notification.created_at < match.asked_at:
        return False  # an ask that was made anew has its own message
    if rows.is_doubted or rows.volunteer is None or rows.volunteer.state != VolunteerState.ACTIVE:
        return False  # of the night: meanwhile they paused, or they or the request are looked into
    return may_answer(match.state, match.lapses_at, now)


def _requester_has_not_said(rows: Rows, now: datetime) -> bool:
    is_over = _request_in(HelpRequestState.MATCHED, HelpRequestState.DONE)
    return is_over(rows, now) and rows.request is not None and rows.request.went_well is None


def _volunteer_has_not_said(rows: Rows, now: datetime) -> bool:
    return (
        _match_in(MatchState.ACCEPTED, MatchState.DONE)(rows, now)
        and rows.match is not None
        and rows.match.went_well is None
    )


def _is_volunteer(rows: Rows, _now: datetime) -> bool:
    return rows.volunteer is not None and rows.volunteer.state in HELPING_VOLUNTEER


def _link_is_good(rows: Rows, now: datetime) -> bool:
    return rows.link is not None and rows.link.used_at is None and now < rows.link.expires_at


_STILL_TRUE: dict[Telling, _Truth] = {
    Telling.REQUEST_RECEIVED: _request_in(*UNMATCHED_HELP_REQUEST),
    Telling.REQUEST_MATCHED: _match_in(MatchState.ACCEPTED),
    Telling.REQUEST_REOPENED: _request_in(*UNMATCHED_HELP_REQUEST),
    Telling.REQUEST_REJECTED: _request_in(HelpRequestState.REJECTED),
    Telling.REQUEST_REFERRED: _request_in(HelpRequestState.REFERRED),
    Telling.REQUEST_UNRESOLVED: _request_in(HelpRequestState.UNRESOLVED),
    Telling.STILL_LOOKING: _request_in(*UNMATCHED_HELP_REQUEST),
    Telling.MOMENT_PASSED: _moment_is_past,
    Telling.AFTERCARE_REQUESTER: _requester_has_not_said,
    Telling.ASK: _can_be_answered,
    Telling.ASK_FILLED: _match_in(MatchState.FILLED),
    Telling.ASK_CANCELLED: _match_in(MatchState.CANCELLED),
    Telling.TASK_ACCEPTED: _match_in(MatchState.ACCEPTED),
    Telling.TASK_CANCELLED: _match_in(MatchState.CANCELLED, MatchState.DROPPED),
    Telling.AFTERCARE_VOLUNTEER: _volunteer_has_not_said,
    Telling.CONFIRM_ADDRESS: _link_is_good,
    Telling.SIGN_IN: _link_is_good,
    Telling.STILL_WITH_US: _is_volunteer,
}
