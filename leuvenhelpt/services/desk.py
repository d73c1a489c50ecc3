"""Small things a coordinator does at the desk: taking a request up, writing a note, looking at an address."""

from datetime import timedelta

from sqlalchemy import select

from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import HelpRequestState, Subject
from leuvenhelpt.services import attention, journal
from leuvenhelpt.services.help_requests import get
from leuvenhelpt.services.matches import hold
from leuvenhelpt.services.volunteers import get as get_volunteer
from leuvenhelpt.storage.models import Attention, JournalEntry
from leuvenhelpt.storage.unit_of_work import UnitOfWork

A_VISIT = timedelta(hours=1)


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
    journal.write(uow, Subject.HELP_REQUEST, get(uow, help_request_id), "note", reason=words)


def write_volunteer_note(uow: UnitOfWork, volunteer_id: int, *, words: str) -> None:
    """A note for colleagues, in the journal of the volunteer."""
    journal.write(uow, Subject.VOLUNTEER, get_volunteer(uow, volunteer_id), "note", reason=words)


def note_address_seen(uow: UnitOfWork, help_request_id: int, *, reason: str) -> None:
    """Somebody looked at name, address and phone; the journal says who and what for."""
    note_seen(uow, Subject.HELP_REQUEST, get(uow, help_request_id), "see_address", reason)


def settle(uow: UnitOfWork, attention_id: int, help_request_id: int, *, words: str) -> None:
    """The coordinator has seen to it, and says how.

    Refused("decide_first") where words decide nothing: a call is told or tried again, a letter is posted, a concern
    is looked into on its own page, and a request in review is approved, placed, referred or ended; it would wait
    unseen otherwise.
    """
    help_request = hold(uow, help_request_id)
    kind = uow.session.get_one(Attention, attention_id).kind
    is_undecided = help_request.state == HelpRequestState.IN_REVIEW and kind in {
        Trouble.REVIEW,
        Trouble.PLACE,
    }
    if kind in {Trouble.CALL, Trouble.LETTER, Trouble.CONCERN} or is_undecided:
        raise Refused("decide_first")
    attention.resolve(uow, attention_id)
    journal.write(uow, Subject.HELP_REQUEST, help_request, "settle", reason=words)


def note_contact_seen(uow: UnitOfWork, volunteer_id: int, *, reason: str) -> None:
    """Somebody looked at how to reach a volunteer; the journal says who and what for."""
    note_seen(uow, Subject.VOLUNTEER, get_volunteer(uow, volunteer_id), "see_contact", reason)


def settle_volunteer(uow: UnitOfWork, attention_id: int, volunteer_id: int, *, words: str) -> None:
    """The coordinator has seen to something about a volunteer, and says how."""
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
