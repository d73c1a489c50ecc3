"""Concerns: taken in from anybody, kept apart from what they are about, and looked into by a coordinator."""

from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import token_urlsafe

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.services import attention, journal
from leuvenhelpt.services.help_requests import get as get_help_request
from leuvenhelpt.storage.models import Concern, HelpRequest
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
    """Take a concern in, at the top of the desk. Nobody whom it may be about is told."""
    concern = _new(uow, facts)
    try:
        with uow.session.begin_nested():
            uow.session.add(concern)
    except IntegrityError:  # the same form again: sent twice, or gone back to, to tell more
        if not _is_told(uow, facts):
            report(uow, facts=replace(facts, idempotency_key=token_urlsafe(16)))
        return
    if concern.help_request_id is not None:
        journal.write(uow, Subject.HELP_REQUEST, get_help_request(uow, concern.help_request_id), "concern")
    attention.raise_trouble(
        uow,
        Trouble.CONCERN,
        due_at=uow.now,
        help_request_id=concern.help_request_id,
        concern_id=concern.id,
    )


def settle(uow: UnitOfWork, concern_id: int, *, words: str) -> None:
    """A coordinator looked into it, and says what was done. Refused if a colleague did already."""
    concern = get(uow, concern_id)
    if concern.settled_at is not None:
        raise Refused("concern_settled")
    concern.settled_at, concern.outcome = uow.now, words
    attention.resolve_for_concern(uow, concern_id)


def get(uow: UnitOfWork, concern_id: int) -> Concern:
    """The row, or NotFound."""
    concern = uow.session.get(Concern, concern_id)
    if concern is None:
        raise NotFound("concern")
    return concern


def forget_old(uow: UnitOfWork) -> int:
    """Take words and names out of concerns that were settled five years ago; how many."""
    due = select(Concern).where(Concern.settled_at <= uow.now - KEEP_SETTLED, Concern.words != FORGOTTEN)
    rows = uow.session.scalars(due).all()
    for row in rows:
        row.words = row.outcome = row.reference = row.name = row.phone = row.email = FORGOTTEN
    return len(rows)


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
