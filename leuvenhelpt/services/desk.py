"""Small things a coordinator does at the desk: taking a request up, writing a note, looking at an address."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import UNMATCHED_HELP_REQUEST, HelpRequestState, Subject
from leuvenhelpt.services import attention, erasure, journal
from leuvenhelpt.services.help_requests import get
from leuvenhelpt.services.matches import hold
from leuvenhelpt.services.volunteers import get as get_volunteer
from leuvenhelpt.storage.models import Attention, JournalEntry
from leuvenhelpt.storage.queries import errands
from leuvenhelpt.storage.unit_of_work import UnitOfWork

A_VISIT = timedelta(hours=1)
_IN_REVIEW = frozenset({HelpRequestState.IN_REVIEW})
UNDECIDED: Mapping[str, Collection[str]] = {
    Trouble.REVIEW: _IN_REVIEW,
    Trouble.PLACE: _IN_REVIEW,
    Trouble.OVERDUE: UNMATCHED_HELP_REQUEST,
}
"""What words alone do not settle, while the request is in one of these states."""


def take_up(uow: UnitOfWork, help_request_id: int, *, instead_of: int | None = None) -> None:
    """This coordinator looks after it from now on, `instead_of` the colleague who did (None: nobody).

    SomebodyWasFirst if another colleague looks after it by now.
    """
    help_request = hold(uow, help_request_id)
    if help_request.taken_up_by == uow.actor.id:
        return
    if help_request.taken_up_by != instead_of:
        raise SomebodyWasFirst("help_request_take_up")
    help_request.taken_up_by = uow.actor.id
    journal.write(uow, Subject.HELP_REQUEST, help_request, "take_up")


def write_note(uow: UnitOfWork, help_request_id: int, *, words: str) -> None:
    """A note for colleagues, in the journal of the request."""
    help_request = hold(uow, help_request_id)
    erasure.refuse_forgotten(help_request)
    journal.write(uow, Subject.HELP_REQUEST, help_request, "note", reason=words)


def write_volunteer_note(uow: UnitOfWork, volunteer_id: int, *, words: str) -> None:
    """A note for colleagues, in the journal of the volunteer."""
    volunteer = get_volunteer(uow, volunteer_id)
    erasure.refuse_forgotten(volunteer)
    journal.write(uow, Subject.VOLUNTEER, volunteer, "note", reason=words)


def note_address_seen(uow: UnitOfWork, help_request_id: int, *, reason: str) -> None:
    """Somebody looked at name, address and phone; the journal says who and what for."""
    note_seen(uow, Subject.HELP_REQUEST, get(uow, help_request_id), "see_address", reason)


def settle(uow: UnitOfWork, attention_id: int, help_request_id: int, *, words: str) -> None:
    """The coordinator has seen to it, and says how.

    Refused("decide_first") where words decide nothing: a call is told or tried again, a letter is posted, a concern
    is looked into on its own page, and a request in review, or whose moment is past, is approved, placed, referred or
    ended; it would wait unseen otherwise. SomebodyWasFirst if no such matter of this request waits any more.
    """
    help_request = hold(uow, help_request_id)
    kind = _waiting(uow, attention_id, Attention.help_request_id == help_request_id)
    is_undecided = help_request.state in UNDECIDED.get(kind, ())
    if is_undecided or kind in {Trouble.CALL, Trouble.LETTER, Trouble.CONCERN}:
        raise Refused("decide_first")
    attention.resolve(uow, attention_id)
    if kind == Trouble.NOBODY:
        # Else the next look, in two hours, would bring it back; the promise does that.
        help_request.look_at = None
    journal.write(uow, Subject.HELP_REQUEST, help_request, "settle", reason=words)


def take_call(uow: UnitOfWork, help_request_id: int, notification_id: int) -> None:
    """Somebody has this call in hand: until the end of the unit of work nobody else tells what it is about.

    SomebodyWasFirst unless it is a call of this request, still to be made, and true.
    """
    hold(uow, help_request_id)
    waiting = errands.calls(uow.session, help_request_id, uow.now)
    if notification_id not in {call.notification_id for call in waiting}:
        raise SomebodyWasFirst("notification_call")


def note_contact_seen(uow: UnitOfWork, volunteer_id: int, *, reason: str) -> None:
    """Somebody looked at how to reach a volunteer; the journal says who and what for."""
    volunteer = get_volunteer(uow, volunteer_id)
    erasure.refuse_forgotten(volunteer)
    note_seen(uow, Subject.VOLUNTEER, volunteer, "see_contact", reason)


def settle_volunteer(uow: UnitOfWork, attention_id: int, volunteer_id: int, *, words: str) -> None:
    """The coordinator has seen to something about a volunteer, and says how.

    Refused("decide_first") of a concern, which is looked into on its own page; SomebodyWasFirst if no such matter of
    this volunteer, and of no help request, waits any more.
    """
    of_nobody_else = (Attention.volunteer_id == volunteer_id, Attention.help_request_id.is_(None))
    if _waiting(uow, attention_id, *of_nobody_else) == Trouble.CONCERN:
        raise Refused("decide_first")
    attention.resolve(uow, attention_id)
    journal.write(uow, Subject.VOLUNTEER, get_volunteer(uow, volunteer_id), "settle", reason=words)


def note_seen(uow: UnitOfWork, subject: Subject, row: journal.Known, step: str, reason: str) -> None:
    """Write down that somebody looked. One line a visit: who clicks on a map, or opens the page once more for the
    same reason, looks no further.
    """
    same = (
        *(JournalEntry.subject == subject, JournalEntry.subject_id == row.id, JournalEntry.step == step),
        *(JournalEntry.actor_kind == uow.actor.kind, JournalEntry.actor_id == uow.actor.id),
        *(JournalEntry.reason == reason, JournalEntry.at > uow.now - A_VISIT),
    )
    if uow.session.scalar(select(JournalEntry.id).where(*same).limit(1)) is None:
        journal.write(uow, subject, row, step, reason=reason)


def _waiting(uow: UnitOfWork, attention_id: int, *whose: ColumnElement[bool]) -> str:
    """The kind of a matter that waits on the desk; SomebodyWasFirst unless it does and is theirs."""
    which = (Attention.id == attention_id, Attention.resolved_at.is_(None), *whose)
    kind = uow.session.scalar(select(Attention.kind).where(*which))
    if kind is None:
        raise SomebodyWasFirst("attention_settle")
    return kind
