"""The nightly round: forgetting what need not be kept, and asking who fell silent whether to stay."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, update

from leuvenhelpt.domain.kinds import Telling
from leuvenhelpt.domain.lifecycle import (
    CLOSED_HELP_REQUEST,
    HELPING_VOLUNTEER,
    NotificationState,
    Subject,
    VolunteerState,
)
from leuvenhelpt.domain.values import ActorKind
from leuvenhelpt.services import erasure, matches, volunteers
from leuvenhelpt.services.notifications import ask_to_stay
from leuvenhelpt.storage.models import (
    HelpRequest,
    JournalEntry,
    Notification,
    PeriodicRun,
    SignInLink,
    SignInSession,
    Volunteer,
)
from leuvenhelpt.storage.queries import doubts
from leuvenhelpt.storage.queries.notifications import TIME_TO_STAY
from leuvenhelpt.storage.unit_of_work import UnitOfWork

KEEP_CLOSED_REQUEST = timedelta(days=90)
KEEP_UNCONFIRMED_OFFER = timedelta(days=7)
KEEP_SIGN_IN = timedelta(days=90)
KEEP_PERIODS = timedelta(days=400)
KEEP_SILENT = timedelta(days=365)
ASK_SILENT = timedelta(days=335)
MOST_A_NIGHT = 500  # a transaction stays short, and a mail server is not overrun
FORGOTTEN = ""
# Steps that staff take because they spoke with somebody, or because somebody may not come back.
SPOKE = ("vet", "pause", "resume", "block", "unblock", "unfreeze", "unfreeze_to_pause")
HAS_NAME = Volunteer.name != FORGOTTEN
ASKS_TO_STAY = and_(Notification.volunteer_id == Volunteer.id, Notification.kind == Telling.STILL_WITH_US)
NEVER_READ = (NotificationState.UNDELIVERABLE, NotificationState.SUPPRESSED)


def forget_persons(uow: UnitOfWork) -> int:
    """Take name, address, phone, mail and words out of requests closed 90 days ago; how many. Figures stay.

    What is still looked into waits: without a name nobody could be rung about it.
    """
    due = select(HelpRequest.id).where(
        HelpRequest.state.in_(CLOSED_HELP_REQUEST),
        HelpRequest.closed_at <= uow.now - KEEP_CLOSED_REQUEST,
        or_(HelpRequest.person_name != FORGOTTEN, HelpRequest.address != FORGOTTEN),
        ~doubts.is_looked_into(),
    )
    ids = uow.session.scalars(due.order_by(HelpRequest.id)).all()
    return _each(ids, lambda row_id: erasure.forget_resident(uow, row_id))


def forget_unconfirmed(uow: UnitOfWork) -> int:
    """Let go of offers whose address was never confirmed within a week; how many."""
    due = select(Volunteer.id).where(
        Volunteer.state == VolunteerState.APPLIED, Volunteer.created_at <= uow.now - KEEP_UNCONFIRMED_OFFER
    )
    return _let_go(uow, due.order_by(Volunteer.id))


def forget_left(uow: UnitOfWork) -> int:
    """Forget who stopped while a concern was looked into, once it is settled; how many were looked at.

    Who is not let in any more since they stopped is among them: the journal tells.
    """
    blocked = (JournalEntry.volunteer_id == Volunteer.id, JournalEntry.step == "block")
    before = select(JournalEntry.before).where(*blocked).order_by(JournalEntry.id.desc()).limit(1)
    had_stopped = and_(
        Volunteer.state == VolunteerState.BLOCKED, before.scalar_subquery() == VolunteerState.LEFT
    )
    due = select(Volunteer.id).where(or_(Volunteer.state == VolunteerState.LEFT, had_stopped), HAS_NAME)
    return _each(
        uow.session.scalars(due).all(),
        lambda row_id: erasure.forget_volunteer(uow, row_id, why=erasure.LEFT),
    )


def ask_silent(uow: UnitOfWork) -> int:
    """Ask who gave no sign of life for eleven months, once, whether to stay; how many.

    A mail that never went out is tried again after a month, not every night: the desk hears of each.
    """
    asked = exists().where(
        ASKS_TO_STAY,
        Notification.created_at > uow.now - ASK_SILENT,
        or_(Notification.state.not_in(NEVER_READ), Notification.created_at > uow.now - TIME_TO_STAY),
    )
    due = select(Volunteer.id).where(
        Volunteer.state.in_(HELPING_VOLUNTEER), _is_silent_since(uow.now - ASK_SILENT), ~asked
    )
    return _each(
        uow.session.scalars(due.order_by(Volunteer.id).limit(MOST_A_NIGHT)).all(),
        lambda row_id: ask_to_stay(uow, row_id),
    )


def forget_silent(uow: UnitOfWork) -> int:
    """Forget who gave no sign of life for a year: volunteers if a mail asked them a month ago; how many.

    Who is not let in any more is not asked: what is left of them is a mark.
    """
    is_silent = _is_silent_since(uow.now - KEEP_SILENT)
    asked = exists().where(
        ASKS_TO_STAY,
        Notification.state == NotificationState.SENT,
        Notification.sent_at <= uow.now - TIME_TO_STAY,
        Notification.sent_at > uow.now - KEEP_SILENT,
    )
    quiet = and_(Volunteer.state.in_(HELPING_VOLUNTEER), asked)
    barred = and_(Volunteer.state == VolunteerState.BLOCKED, HAS_NAME)
    due = select(Volunteer.id).where(is_silent, or_(quiet, barred))
    return _let_go(uow, due.order_by(Volunteer.id).limit(MOST_A_NIGHT))


def forget_sign_ins(uow: UnitOfWork) -> None:
    """Delete sessions and links that ended long ago, and periods that nobody will claim again."""
    before = uow.now - KEEP_SIGN_IN
    uow.session.execute(delete(SignInSession).where(SignInSession.expires_at <= before))
    in_use = select(Notification.sign_in_link_id).where(Notification.sign_in_link_id.is_not(None))
    uow.execute(
        update(Notification)
        .where(Notification.sign_in_link_id.in_(select(SignInLink.id).where(SignInLink.expires_at <= before)))
        .values(sign_in_link_id=None)
    )
    uow.session.execute(
        delete(SignInLink).where(SignInLink.expires_at <= before, SignInLink.id.not_in(in_use))
    )
    uow.session.execute(delete(PeriodicRun).where(PeriodicRun.claimed_at <= uow.now - KEEP_PERIODS))


def _let_go(uow: UnitOfWork, due: Select[int]) -> int:
    """Forget volunteers whose time is over, in the order of their ids; how many.

    All help requests that hang on them are held first, in one order: of two that hold several, none waits for the
    other. Each is looked at once more under its own lock: who acted meanwhile is not due any more.
    """
    due_ids = uow.session.scalars(due).all()
    matches.hold_all_of(uow, due_ids)
    return sum(_let_go_one(uow, due, row_id) for row_id in due_ids)


def _let_go_one(uow: UnitOfWork, due: Select[int], volunteer_id: int) -> bool:
    uow.session.get(Volunteer, volunteer_id, populate_existing=True, with_for_update=True)
    state = uow.session.scalar(due.where(Volunteer.id == volunteer_id).with_only_columns(Volunteer.state))
    if state == VolunteerState.BLOCKED:
        erasure.forget_volunteer(uow, volunteer_id, why=erasure.AT_TERM)
    elif state is not None:
        volunteers.leave(uow, volunteer_id, why=erasure.AT_TERM)
    return state is not None


def _each(ids: Iterable[int], work: Callable[[int], object]) -> int:
    return sum(1 for _ in map(work, ids))


def _is_silent_since(moment: datetime) -> ColumnElement[bool]:
    """No line by the volunteer, and none by a colleague who spoke with them, since a moment."""
    is_sign = or_(
        JournalEntry.actor_kind == ActorKind.VOLUNTEER,
        JournalEntry.step == "sign_in",
        and_(JournalEntry.actor_kind == ActorKind.STAFF, JournalEntry.step.in_(SPOKE)),
    )
    sign = exists().where(
        JournalEntry.volunteer_id == Volunteer.id,
        JournalEntry.subject.in_([Subject.VOLUNTEER, Subject.MATCH]),
        JournalEntry.at > moment,
        is_sign,
    )
    return and_(Volunteer.created_at <= moment, ~sign)
