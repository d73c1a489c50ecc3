"""Forgetting who somebody was: volunteers who stop, residents after their term, and either when they ask for it.

What goes and what stays is said, column by column, in storage.personal.
"""

from hashlib import sha256

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.kinds import Channel, Trouble
from leuvenhelpt.domain.lifecycle import (
    LIVE_HELP_REQUEST,
    NotificationState,
    Subject,
    VolunteerState,
)
from leuvenhelpt.services import accounts, attention, closing, journal, matches
from leuvenhelpt.services.steps import take_steps
from leuvenhelpt.storage.models import (
    Account,
    Base,
    Concern,
    HelpRequest,
    Match,
    Notification,
    RatherNot,
    Volunteer,
)
from leuvenhelpt.storage.personal import LEARNED_FROM, OF_RESIDENT, OF_VOLUNTEER, blanks
from leuvenhelpt.storage.queries.doubts import is_looked_into, said_yes
from leuvenhelpt.storage.unit_of_work import UnitOfWork

# Why somebody was forgotten: a word from this list, since the journal outlives the person.
AT_TERM, LEFT = "", "left"
BY_PHONE, IN_WRITING, AT_DESK = "phone", "writing", "desk"


def barred(email: str) -> str:
    """What stays of the address of somebody who may not come back: known again when it is typed, not readable."""
    return f"barred-{sha256(email.strip().lower().encode()).hexdigest()}"


def is_forgotten(row: HelpRequest | Volunteer) -> bool:
    """Whether nothing is left that tells who it was."""
    return not (row.name if isinstance(row, Volunteer) else row.person_name)


def refuse_forgotten(row: HelpRequest | Volunteer) -> None:
    """Refused if nothing is left that tells who it was: nobody would take out again what is written there now."""
    if is_forgotten(row):
        raise Refused("volunteer_forgotten" if isinstance(row, Volunteer) else "request_forgotten")


def forget_volunteer(uow: UnitOfWork, volunteer_id: int, *, why: str) -> bool:
    """Take out of an ended offer, and of all that hangs on it, what tells who it was; whether that could be done.

    Not while a concern or a complaint is looked into that this person reported, or about what they said yes to: the
    nightly round tries again. Somebody who was not let in any more leaves a mark of the address of e-mail behind.
    """
    volunteer = uow.session.get_one(Volunteer, volunteer_id)
    if is_forgotten(volunteer):
        return True
    if _is_awaited(uow, volunteer_id):
        return False
    mark = {"email": barred(volunteer.email)} if volunteer.state == VolunteerState.BLOCKED else {}
    account_id = uow.session.scalar(select(Account.id).where(Account.volunteer_id == volunteer_id))
    if account_id is not None:
        accounts.end_all_sessions(uow, account_id)
    for table, columns in OF_VOLUNTEER.items():
        news = blanks(table, columns)
        news |= mark if "email" in news and table is not Concern else {}
        uow.execute(update(table).where(_of(table, Volunteer, volunteer_id)).values(news))
    uow.execute(delete(RatherNot).where(RatherNot.volunteer_id == volunteer_id))
    _shorten_reasons(uow, Match.volunteer_id == volunteer_id)
    attention.resolve_for_volunteer(uow, volunteer_id, set(Trouble) - {Trouble.CONCERN})
    uow.session.expire_all()
    journal.write(uow, Subject.VOLUNTEER, volunteer, "forget", reason=why)
    return True


def _is_awaited(uow: UnitOfWork, volunteer_id: int) -> bool:
    """Whether a concern or a complaint that has to do with this volunteer is not settled yet."""
    came_to = select(Match.help_request_id).where(Match.volunteer_id == volunteer_id, said_yes())
    about_them = exists().where(HelpRequest.id.in_(came_to), is_looked_into())
    by_them = exists().where(Concern.settled_at.is_(None), Concern.volunteer_id == volunteer_id)
    return bool(uow.session.scalar(select(or_(about_them, by_them))))


def forget_resident(uow: UnitOfWork, help_request_id: int, *, why: str = AT_TERM) -> None:
    """Take out of a closed request, and of all that hangs on it, what tells who asked and where. Figures stay."""
    for table, columns in OF_RESIDENT.items():
        news, which = blanks(table, columns), _of(table, HelpRequest, help_request_id)
        uow.execute(update(table).where(which).values(news))
    _shorten_reasons(uow, Match.help_request_id == help_request_id)
    _call_off_messages(uow, help_request_id)
    attention.resolve_for_help_request(uow, help_request_id, set(Trouble) - {Trouble.CONCERN})
    uow.session.expire_all()
    help_request = uow.session.get_one(HelpRequest, help_request_id)
    journal.write(uow, Subject.HELP_REQUEST, help_request, "forget", reason=why)


def forget_resident_on_request(uow: UnitOfWork, help_request_id: int, *, why: str) -> None:
    """A resident asks to be forgotten: a live request is withdrawn first, and a thank-you goes too.

    Refused("still_looked_into") while a concern or a complaint about it waits on the desk.
    """
    help_request = matches.hold(uow, help_request_id)
    if uow.session.scalar(select(is_looked_into()).where(HelpRequest.id == help_request_id)):
        raise Refused("still_looked_into")
    if help_request.state in LIVE_HELP_REQUEST:
        closing.withdraw(uow, help_request_id)
    uow.execute(update(Match).where(Match.help_request_id == help_request_id).values(thanks=""))
    forget_resident(uow, help_request_id, why=why)


def _of(table: type[Base], person: type[Base], row_id: int) -> ColumnElement[bool]:
    """The rows of a table that hang on a volunteer or on a help request."""
    name = "id" if table is person else f"{person.__tablename__}_id"
    hangs_on: ColumnElement[bool] = getattr(table, name) == row_id
    return hangs_on


def _shorten_reasons(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    for match in uow.session.scalars(select(Match).where(which)):
        match.reasons = [reason for reason in match.reasons if reason["rule"] in LEARNED_FROM]


def _call_off_messages(uow: UnitOfWork, help_request_id: int) -> None:
    """Calls and letters that still wait have nobody to go to; a mail finds out by itself."""
    waiting = select(Notification.id).where(
        Notification.help_request_id == help_request_id,
        Notification.channel != Channel.EMAIL,
        Notification.state == NotificationState.QUEUED,
    )
    take_steps(uow, Subject.NOTIFICATION, "suppress", uow.session.scalars(waiting).all())
