"""Changing a help request while nobody is coming yet."""

from sqlalchemy import select

from leuvenhelpt.domain.asking_again import Former
from leuvenhelpt.domain.city import Asking
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.kinds import Timing, Trouble
from leuvenhelpt.domain.lifecycle import LIVE_HELP_REQUEST, HelpRequestState, Subject
from leuvenhelpt.services import attention, claims, journal, locating, matches, promises
from leuvenhelpt.services.closing import TROUBLES
from leuvenhelpt.services.help_requests import AskFacts, asking_for, put_first_if_pressing, submit
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import HelpRequest
from leuvenhelpt.storage.queries.doubts import has_open_concern
from leuvenhelpt.storage.queries.former import version_of
from leuvenhelpt.storage.unit_of_work import UnitOfWork

STILL_WAITING = frozenset({Trouble.UNHEARD, Trouble.UNWELL, Trouble.LETTER})
"""What other answers do not settle: a complaint is read, and a letter says what is asked when it is printed."""

TOLD = (
    "kind", "words", "person_name", "asker_name", "phone", "email", "timing", "hours", "address", "postcode",
    "gender_wish",
)  # fmt: skip


def submit_or_change(uow: UnitOfWork, *, facts: AskFacts) -> tuple[str, bool]:
    """Take in a help request, and say its public id and whether it was there already and is changed now.

    Whoever goes back after sending and sends the same form with other answers means a change; the same answers
    again are nothing new. Refused as change_help_request says.
    """
    known = uow.session.scalar(
        select(HelpRequest).where(HelpRequest.idempotency_key == facts.idempotency_key)
    )
    if known is None:
        return submit(uow, facts=facts), False
    return known.public_id, change_help_request(uow, known.id, facts=facts)


def change_help_request(uow: UnitOfWork, help_request_id: int, *, facts: AskFacts) -> bool:
    """Take over the new facts; asks that are out are taken back and everything is looked at anew, but for where a
    coordinator put an address that stays the same: the register knows it no better now.

    Says whether anything was new: the same answers disturb nobody, be it in another language to write to them in.
    Refused("cannot_change") once somebody is coming or the request is closed.
    """
    help_request = matches.hold(uow, help_request_id)
    help_request.reader_language = facts.reader_language
    if _says_the_same(uow, help_request, facts):
        return False
    if help_request.state not in LIVE_HELP_REQUEST or help_request.places_taken:
        raise Refused("cannot_change")
    matches.cancel_all(uow, help_request_id)
    help_request.former = [*help_request.former, _former(uow, help_request, facts).kept()]
    attention.resolve_for_help_request(uow, help_request_id, TROUBLES - STILL_WAITING)
    located = None if _is_elsewhere(help_request, facts) else locating.located_by_hand(help_request)
    _take_over(uow, help_request, facts)
    put_first_if_pressing(uow, help_request_id, facts)
    if help_request.state == HelpRequestState.SUBMITTED:
        journal.write(uow, Subject.HELP_REQUEST, help_request, "change")
    else:
        take_step(
            uow, Subject.HELP_REQUEST, "locate_again", help_request_id, look_at=uow.now, **locating.NO_PLACE
        )
    if located is not None:
        locating.record_help_request(uow, help_request_id, located)
    else:
        uow.ring(Bell.LOCATE)
    return True


def _says_the_same(uow: UnitOfWork, known: HelpRequest, facts: AskFacts) -> bool:
    """Whether the answers are those we have. What is counted from today is another moment each time, and only asks for
    another one when that which we have is past.
    """
    is_dated = facts.timing == Timing.BEFORE
    is_same_moment = facts.wanted_by == known.wanted_by if is_dated else known.wanted_by > uow.now
    is_same_place = facts.meant in {"", known.place_label}
    is_same = all(getattr(known, name) == getattr(facts, name) for name in TOLD)
    return is_same and is_same_moment and is_same_place and set(known.languages) == set(facts.languages)


def _former(uow: UnitOfWork, help_request: HelpRequest, facts: AskFacts) -> Former:
    """What it was until now: who was asked for that may be asked once more for what it becomes."""
    has_moved = _is_elsewhere(help_request, facts) and not uow.city.kinds[facts.kind].is_remote
    return Former(version_of(help_request), uow.now, has_moved)


def _is_elsewhere(known: HelpRequest, facts: AskFacts) -> bool:
    """Whether another address is told now, or another place was chosen for the same one."""
    was = (known.address, known.postcode)
    return (facts.address, facts.postcode) != was or facts.meant not in {"", known.place_label}


def _take_over(uow: UnitOfWork, help_request: HelpRequest, facts: AskFacts) -> None:
    for name in (*TOLD, "wanted_by"):
        setattr(help_request, name, getattr(facts, name))
    help_request.languages, help_request.place_label = list(facts.languages), facts.meant
    claims.interrupt(help_request)
    help_request.attempts, help_request.look_at = 0, uow.now
    is_doubted = has_open_concern(uow.session, help_request.id)
    help_request.asking = Asking.BY_HAND if is_doubted else asking_for(uow, facts)
    promises.promise_anew(uow, help_request)
