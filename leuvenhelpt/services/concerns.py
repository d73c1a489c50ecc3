"""Concerns: taken in from anybody, kept apart from what they are about, and looked into by a coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_urlsafe

from sqlalchemy import Select, or_, select, update

from leuvenhelpt.domain.city import Asking
from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import HelpRequestState, MatchState, Subject, VolunteerState
from leuvenhelpt.services import attention, desk, erasure, journal, matches, volunteers
from leuvenhelpt.storage.inserting import insert_unless_there
from leuvenhelpt.storage.models import Concern, HelpRequest, JournalEntry, Match, Volunteer
from leuvenhelpt.storage.personal import OF_RESIDENT, blanks
from leuvenhelpt.storage.queries import doubts
from leuvenhelpt.storage.unit_of_work import UnitOfWork

KEEP_SETTLED = timedelta(days=5 * 365)
FORGOTTEN = ""
TOLD = ("words", "reference", "name", "phone", "email")


@dataclass(frozen=True)
class ConcernFacts:
    """What somebody reports. All but `words` may be empty; `phone` E.164.

    `idempotency_key`: the form's, so that twice is once. `reference`: the number of a help request as typed.
    `help_request_id`: known when the page of that request was used; `volunteer_id`: the volunteer who reports it.
    """

    idempotency_key: str
    words: str
    reference: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    help_request_id: int | None = None
    volunteer_id: int | None = None


def report(uow: UnitOfWork, *, facts: ConcernFacts) -> None:
    """Take a concern in, at the top of the desk. Nobody whom it may be about is told who reported it.

    Whatever goes on around its help request stands still until a coordinator settles it; see `_freeze`.
    """
    concern = insert_unless_there(uow, _new(uow, facts))
    if concern is None:  # the same form again: sent twice, or gone back to, to tell more
        if not _is_told(uow, facts):
            report(uow, facts=replace(facts, idempotency_key=token_urlsafe(16)))
        return
    if concern.help_request_id is not None:
        _freeze(uow, concern, matches.hold(uow, concern.help_request_id))
    attention.raise_trouble(
        uow,
        Trouble.CONCERN,
        due_at=uow.now,
        help_request_id=concern.help_request_id,
        concern_id=concern.id,
    )


def settle(uow: UnitOfWork, concern_id: int, *, words: str) -> None:
    """A coordinator looked into it, says what was done, and lets go on what stood still.

    Refused if a colleague settled it already. A volunteer of whom another concern waits stands still for that. Who
    was kept from going somewhere gets time to, before we ask how it went.
    """
    concern = get(uow, concern_id)
    matches.hold_all_of(uow, _waiting(uow, concern), beside=concern.help_request_id)
    concern = _settled(uow, concern_id, words)
    let_go = [each for each in _waiting(uow, concern) if not _is_doubted(uow, each)]
    for volunteer_id in let_go:
        volunteers.unfreeze(uow, volunteer_id)
    _give_time(uow, concern.help_request_id, let_go)
    if concern.help_request_id is not None:
        matches.look_again(uow, concern.help_request_id)


def settle_by_blocking(uow: UnitOfWork, concern_id: int, *, words: str) -> None:
    """A coordinator looked into it: volunteers who waited for it, or stopped meanwhile, are not let in any more.

    Who stopped is forgotten, but for a mark; if another concern waits, by the nightly round.
    """
    concern = get(uow, concern_id)
    matches.hold_all_of(uow, _waiting(uow, concern), beside=concern.help_request_id)
    for volunteer_id in _waiting(uow, _settled(uow, concern_id, words)):
        has_stopped = volunteers.get(uow, volunteer_id).state == VolunteerState.LEFT
        volunteers.block(uow, volunteer_id, reason=words)
        if has_stopped:
            erasure.forget_volunteer(uow, volunteer_id, why=erasure.LEFT)
    _give_time(uow, concern.help_request_id, [])


def refuse_while_open(uow: UnitOfWork, help_request_id: int) -> None:
    """Refused("on_hold_desk") while a concern about a request is not settled: nobody is asked to go there."""
    if doubts.has_open_concern(uow.session, help_request_id):
        raise Refused("on_hold_desk")


def note_reporter_seen(uow: UnitOfWork, concern_id: int, *, reason: str) -> None:
    """Somebody looked at who reported it; the journal says who and what for."""
    desk.note_seen(uow, Subject.CONCERN, get(uow, concern_id), "see_reporter", reason)


def get(uow: UnitOfWork, concern_id: int) -> Concern:
    """The row, or NotFound."""
    concern = uow.session.get(Concern, concern_id)
    if concern is None:
        raise NotFound("concern")
    return concern


def forget_old(uow: UnitOfWork) -> int:
    """Take words and names out of concerns that were settled five years ago; how many.

    Who reported one that is settled goes sooner: with whoever asked for the help it is about, gone before it or not.
    """
    _forget_reporters(uow)
    due = select(Concern).where(Concern.settled_at <= uow.now - KEEP_SETTLED, Concern.words != FORGOTTEN)
    rows = uow.session.scalars(due).all()
    for row in rows:
        row.words = row.outcome = row.reference = row.name = row.phone = row.email = FORGOTTEN
    about = (JournalEntry.subject == Subject.CONCERN, JournalEntry.subject_id.in_([row.id for row in rows]))
    uow.execute(update(JournalEntry).where(*about).values(reason=FORGOTTEN))
    return len(rows)


def _forget_reporters(uow: UnitOfWork) -> None:
    forgotten = select(HelpRequest.id).where(HelpRequest.person_name == FORGOTTEN)
    settled = (Concern.settled_at.is_not(None), Concern.help_request_id.in_(forgotten))
    uow.execute(update(Concern).where(*settled).values(blanks(Concern, OF_RESIDENT[Concern])))
    looks = (
        JournalEntry.subject_id.in_(select(Concern.id).where(*settled)),
        JournalEntry.reason != FORGOTTEN,
    )
    uow.execute(
        update(JournalEntry).where(JournalEntry.subject == Subject.CONCERN, *looks).values(reason=FORGOTTEN)
    )


def _freeze(uow: UnitOfWork, concern: Concern, help_request: HelpRequest) -> None:
    """The machine asks nobody for this request any more. Who said yes to it waits, if it may be about them.

    A volunteer who reports it speaks of whoever asked, so that nobody but the request is held up.
    """
    help_request.asking = Asking.BY_HAND
    uow.session.flush()
    journal.write(uow, Subject.HELP_REQUEST, help_request, "concern")
    if concern.volunteer_id is None:
        for volunteer_id in uow.session.scalars(_said_yes(help_request.id)).all():
            volunteers.freeze(uow, volunteer_id)


def _give_time(uow: UnitOfWork, help_request_id: int | None, volunteer_ids: Sequence[int]) -> None:
    """How it went at this request, and wherever these volunteers go, is asked in a day at the earliest.

    Where it was asked already, silence means nothing before that.
    """
    go_there = (Match.volunteer_id.in_(volunteer_ids), Match.state == MatchState.ACCEPTED)
    theirs = select(Match.help_request_id).where(*go_there)
    uow.execute(
        update(HelpRequest)
        .where(
            or_(HelpRequest.id == help_request_id, HelpRequest.id.in_(theirs)),
            HelpRequest.state == HelpRequestState.MATCHED,
            or_(HelpRequest.look_at.is_(None), HelpRequest.look_at < uow.now + matches.TIME_TO_HELP),
        )
        .values(look_at=uow.now + matches.TIME_TO_HELP)
    )
    uow.session.expire_all()


def _said_yes(help_request_id: int | None) -> Select[int]:
    """Who ever said yes to a request, whatever became of it."""
    return select(Match.volunteer_id).where(Match.help_request_id == help_request_id, doubts.said_yes())


def _waiting(uow: UnitOfWork, concern: Concern) -> list[int]:
    """Who said yes to it and stands still, or stopped and is not forgotten yet because of it."""
    is_waiting = doubts.waits_for_concern()
    which = select(Volunteer.id).where(Volunteer.id.in_(_said_yes(concern.help_request_id)), is_waiting)
    return list(uow.session.scalars(which.order_by(Volunteer.id)))


def _is_doubted(uow: UnitOfWork, volunteer_id: int) -> bool:
    """Whether another concern, by somebody else than a volunteer, waits about a request this one said yes to."""
    went_to = select(Match.help_request_id).where(Match.volunteer_id == volunteer_id, doubts.said_yes())
    which = (Concern.settled_at.is_(None), Concern.volunteer_id.is_(None))
    found = select(Concern.id).where(*which, Concern.help_request_id.in_(went_to)).limit(1)
    return uow.session.scalar(found) is not None


def _settled(uow: UnitOfWork, concern_id: int, words: str) -> Concern:
    concern = get(uow, concern_id)
    if concern.help_request_id is not None:
        matches.hold(uow, concern.help_request_id)
        uow.session.refresh(concern)
    if concern.settled_at is not None:
        raise Refused("concern_settled")
    concern.settled_at, concern.outcome = uow.now, words
    attention.resolve_for_concern(uow, concern_id)
    journal.write(uow, Subject.CONCERN, concern, "settle")
    return concern


def _new(uow: UnitOfWork, facts: ConcernFacts) -> Concern:
    return Concern(
        idempotency_key=facts.idempotency_key,
        words=facts.words,
        reference=facts.reference,
        name=facts.name,
        phone=facts.phone,
        email=facts.email,
        help_request_id=facts.help_request_id or _meant(uow, facts.reference),
        volunteer_id=facts.volunteer_id,
        said_at=uow.now,
    )


def _is_told(uow: UnitOfWork, facts: ConcernFacts) -> bool:
    which = select(Concern).where(Concern.idempotency_key == facts.idempotency_key)
    known = uow.session.scalars(which).one()
    return all(getattr(known, name) == getattr(facts, name) for name in TOLD)


def _meant(uow: UnitOfWork, reference: str) -> int | None:
    """The help request of a number as people write it, with spaces or without."""
    digits = "".join(reference.split())
    return (
        uow.session.scalar(select(HelpRequest.id).where(HelpRequest.reference == digits)) if digits else None
    )
