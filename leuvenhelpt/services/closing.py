"""How a help request ends when no neighbour helps: withdrawn, rejected, referred or honestly unresolved."""

from leuvenhelpt.domain.kinds import Telling, Trouble
from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.services import attention, letters, matches
from leuvenhelpt.services.help_requests import get
from leuvenhelpt.services.notifications import tell_requester
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.unit_of_work import UnitOfWork

# Somebody who has to be rung (a call on the desk) stays on it, and so does a concern until it was looked into.
TROUBLES = frozenset(Trouble) - {Trouble.CALL, Trouble.UNDELIVERABLE, Trouble.CONCERN}


def withdraw(uow: UnitOfWork, help_request_id: int) -> None:
    """The resident needs no help any more; everybody who was asked or was coming hears so."""
    _close(uow, help_request_id, "withdraw", reason="")


def reject(uow: UnitOfWork, help_request_id: int, *, words: str) -> None:
    """The coordinator says no, with words the resident will read."""
    _close(uow, help_request_id, "reject", reason=words, closing_words=words)
    _tell(uow, help_request_id, Telling.REQUEST_REJECTED)


def refer(uow: UnitOfWork, help_request_id: int, *, service: str, words: str) -> None:
    """Hand over to a service of the city profile; KeyError if it has none of that name."""
    name = uow.city.services[service].key
    _close(uow, help_request_id, "refer", reason=name, referred_to=name, closing_words=words)
    _tell(uow, help_request_id, Telling.REQUEST_REFERRED)


def give_up(uow: UnitOfWork, help_request_id: int, *, words: str) -> None:
    """Nobody was found and the resident is told so, honestly."""
    _close(uow, help_request_id, "give_up", reason=words, closing_words=words)
    _tell(uow, help_request_id, Telling.REQUEST_UNRESOLVED)


def _close(uow: UnitOfWork, help_request_id: int, step: str, *, reason: str, **facts: str) -> None:
    take_step(
        uow,
        Subject.HELP_REQUEST,
        step,
        help_request_id,
        reason=reason,
        closed_at=uow.now,
        promised_by=None,
        look_at=None,
        places_taken=0,
        **facts,
    )
    matches.cancel_all(uow, help_request_id)
    letters.leave_out(uow, help_request_id)
    attention.resolve_for_help_request(uow, help_request_id, TROUBLES)


def _tell(uow: UnitOfWork, help_request_id: int, telling: Telling) -> None:
    tell_requester(uow, get(uow, help_request_id), telling, due_by=uow.now)
