"""The promise: by when the resident hears from us next, kept or renewed with an honest word."""

from datetime import datetime

from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.kinds import WAITS_FOR_DESK, Telling, Trouble
from leuvenhelpt.domain.lifecycle import SEARCHED_HELP_REQUEST, UNMATCHED_HELP_REQUEST
from leuvenhelpt.services import attention, claims
from leuvenhelpt.services.notifications import tell_requester
from leuvenhelpt.storage.models import HelpRequest
from leuvenhelpt.storage.unit_of_work import UnitOfWork


def promise(uow: UnitOfWork, help_request: HelpRequest) -> datetime:
    """Promise to be heard from by a moment, and return it; when that is, see domain.rhythm."""
    help_request.promised_by = rhythm.promised_by(
        uow.city, help_request.wanted_by, uow.now, has_email=bool(help_request.email)
    )
    return help_request.promised_by


def warn(uow: UnitOfWork, help_request: HelpRequest) -> None:
    """Tell the desk, before it breaks, that a promise is at risk; once is enough if it has the request already."""
    if help_request.promised_by is None or attention.is_on_desk(uow, help_request.id, WAITS_FOR_DESK):
        return
    attention.raise_trouble(
        uow, Trouble.PROMISE, due_at=help_request.promised_by, help_request_id=help_request.id
    )


def promise_anew(uow: UnitOfWork, help_request: HelpRequest) -> None:
    """It was changed: the word comes as it was promised, or sooner if help is wanted sooner now.

    Who was to be mailed and can only be rung now hears it when somebody rings.
    """
    before = help_request.promised_by
    anew = promise(uow, help_request)
    first = min(before or anew, anew)
    help_request.promised_by = first if help_request.email else rhythm.when_rung(uow.city, first)


def keep(uow: UnitOfWork, help_request: HelpRequest) -> None:
    """Nobody found in time: say so by the promised moment, promise when we speak again, and look again.

    Looking makes "we go on looking" true: who offered help since is found, and a desk that put it aside is
    asked once more. Once the moment itself is past nobody is asked any more: that is said, and nothing promised.
    """
    due_by = help_request.promised_by or uow.now
    occasion = f"{due_by:%Y%m%d%H%M%S}"
    attention.resolve_for_help_request(uow, help_request.id, {Trouble.PROMISE})
    if help_request.wanted_by <= uow.now:
        help_request.promised_by = None
        note_overdue(uow, help_request)
        tell_requester(uow, help_request, Telling.MOMENT_PASSED, due_by=due_by, occasion=occasion)
        return
    attention.put_off(uow, help_request.id, WAITS_FOR_DESK, due_at=promise(uow, help_request))
    tell_requester(uow, help_request, Telling.STILL_LOOKING, due_by=due_by, occasion=occasion)
    if help_request.state in SEARCHED_HELP_REQUEST:
        claims.interrupt(help_request)
        help_request.look_at = uow.now
        uow.ring(Bell.PAIR)


def note_overdue(uow: UnitOfWork, help_request: HelpRequest) -> None:
    """The moment it was wanted by is past and nobody came: a person decides what is still of use."""
    if help_request.state in UNMATCHED_HELP_REQUEST and help_request.wanted_by <= uow.now:
        attention.raise_trouble(
            uow, Trouble.OVERDUE, due_at=help_request.wanted_by, help_request_id=help_request.id
        )


def tend(uow: UnitOfWork, help_request: HelpRequest) -> None:
    """Look after a promise that ends soon: warn the desk an hour before, speak just before it breaks.

    Somebody without e-mail has to be rung by staff, who need two hours.
    """
    if help_request.promised_by is None or help_request.state not in UNMATCHED_HELP_REQUEST:
        return
    left = help_request.promised_by - uow.now
    if left <= (rhythm.SPEAK_BEFORE if help_request.email else rhythm.CALL_BEFORE):
        keep(uow, help_request)
    elif left <= rhythm.WARN_BEFORE:
        warn(uow, help_request)
