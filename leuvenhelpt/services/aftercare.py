"""After the help: finishing, and asking both sides whether all went well."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.kinds import Telling, Trouble
from leuvenhelpt.domain.lifecycle import HelpRequestState, MatchState, Subject
from leuvenhelpt.domain.pairs import marks_of
from leuvenhelpt.services import attention, erasure, journal, letters, matches, promises
from leuvenhelpt.services.help_requests import get
from leuvenhelpt.services.notifications import tell_requester, tell_volunteers
from leuvenhelpt.services.steps import take_step, take_steps
from leuvenhelpt.storage.models import HelpRequest, Match, RatherNot
from leuvenhelpt.storage.queries import doubts
from leuvenhelpt.storage.unit_of_work import UnitOfWork

WENT_WELL: Mapping[str, bool] = MappingProxyType({"yes": True, "rather_not": True, "no": False})
"""Whether it went well, by the answer; the second means: but rather somebody else the next time."""
OVER = frozenset({HelpRequestState.MATCHED, HelpRequestState.DONE})


def ask_when_over(uow: UnitOfWork, help_request_id: int) -> None:
    """The moment is past: ask both sides, unless somebody dropped out or was held up just now and nobody came."""
    is_matched = matches.hold(uow, help_request_id).state == HelpRequestState.MATCHED
    if is_matched and not doubts.must_wait(uow.session, help_request_id):
        ask_both(uow, help_request_id)


def ask_both(uow: UnitOfWork, help_request_id: int) -> None:
    """Ask both sides, once for the same helpers, whether it went well."""
    help_request = matches.hold(uow, help_request_id)
    help_request.look_at = None
    helpers = _matches_in(uow, help_request_id, MatchState.ACCEPTED, MatchState.DONE)
    tell_volunteers(uow, helpers, Telling.AFTERCARE_VOLUNTEER)
    who = "-".join(str(match.id) for match in helpers)
    tell_requester(uow, help_request, Telling.AFTERCARE_REQUESTER, due_by=uow.now, occasion=who)


def finish(uow: UnitOfWork, match_id: int) -> None:
    """The help was given. The request is done when all who were coming are; then both sides are asked how.

    Finishing twice changes nothing. Refused("on_hold") while a concern keeps whoever said yes from going there: then
    only the resident can say that they came.
    """
    match = matches.get(uow, match_id)
    matches.hold(uow, match.help_request_id)
    if matches.get(uow, match_id).state == MatchState.DONE:
        return
    if doubts.must_wait(uow.session, match.help_request_id):
        raise Refused("on_hold")
    _finish(uow, match)


def finish_if_over(uow: UnitOfWork, match: Match) -> bool:
    """Of who goes away when both sides were asked how it went nobody expects anything more; whether that is so here.

    What is looked into about it goes on: the resident can still say how it went.
    """
    help_request = matches.hold(uow, match.help_request_id)
    was_asked = help_request.state == HelpRequestState.MATCHED and help_request.look_at is None
    if was_asked:
        _finish(uow, match)
    return was_asked


def _finish(uow: UnitOfWork, match: Match) -> None:
    match_id, help_request = match.id, matches.hold(uow, match.help_request_id)
    take_step(uow, Subject.MATCH, "finish", match_id, ended_at=uow.now)
    still_coming = _matches_in(uow, help_request.id, MatchState.ACCEPTED)
    if help_request.state == HelpRequestState.MATCHED and not still_coming:
        take_step(uow, Subject.HELP_REQUEST, "finish", help_request.id, closed_at=uow.now, look_at=None)
        letters.leave_out(uow, help_request.id)
        ask_both(uow, help_request.id)


def answer_as_requester(uow: UnitOfWork, help_request_id: int, *, went_well: bool) -> None:
    """The resident says how it went; a no goes to a coordinator, never to the volunteer.

    Refused once nothing is left of whoever asked: nobody could be rung about a no.
    """
    help_request = matches.hold(uow, help_request_id)
    erasure.refuse_forgotten(help_request)
    if help_request.state not in OVER:
        raise Refused("not_yet")
    help_request.went_well = went_well
    journal.write(uow, Subject.HELP_REQUEST, help_request, "went_well" if went_well else "went_wrong")
    if not went_well:
        _report(uow, help_request, "requester")
        rather_not_as_requester(uow, help_request_id)
    for match in _matches_in(uow, help_request_id, MatchState.ACCEPTED):
        _finish(uow, match)


def note_nobody_came(uow: UnitOfWork, help_request_id: int) -> None:
    """What counted as done was not: the request is open again, and whoever should have come sees no address any more.

    Refused("not_yet") unless the resident said that it did not go well. Once its moment is past, a coordinator agrees
    on another with whoever asked, or ends it.
    """
    help_request = matches.hold(uow, help_request_id)
    erasure.refuse_forgotten(help_request)
    if help_request.went_well is not False:
        raise Refused("not_yet")
    anew: dict[str, Any] = {"closed_at": None, "went_well": None, "places_taken": 0}
    take_step(uow, Subject.HELP_REQUEST, "search_again", help_request_id, **anew)
    missed = [match.id for match in _matches_in(uow, help_request_id, MatchState.DONE)]
    take_steps(uow, Subject.MATCH, "miss", missed, ended_at=uow.now, place_no=None)
    attention.resolve_for_help_request(uow, help_request_id, {Trouble.UNWELL})
    if help_request.wanted_by > uow.now:
        promises.promise(uow, help_request)
    promises.note_overdue(uow, help_request)
    matches.look_again(uow, help_request_id)


def thank(uow: UnitOfWork, help_request_id: int, *, words: str) -> bool:
    """The resident, for whom all went well, thanks whoever helped. Who was thanked keeps what was written first.

    Says whether somebody reads these words. Refused once nothing is left of whoever asked.
    """
    help_request = matches.hold(uow, help_request_id)
    erasure.refuse_forgotten(help_request)
    if not help_request.went_well:
        raise Refused("not_yet")
    helpers = _matches_in(uow, help_request_id, MatchState.DONE)
    for match in helpers:
        if not match.thanks:
            match.thanks = words
            journal.write(uow, Subject.MATCH, match, "thank")
    return any(match.thanks == words for match in helpers)


def remove_thanks(uow: UnitOfWork, match_id: int) -> None:
    """A coordinator takes away what should not have been written. Doing so twice changes nothing."""
    match = matches.get(uow, match_id)
    if match.thanks:
        match.thanks = ""
        journal.write(uow, Subject.MATCH, match, "remove_thanks")


def answer_as_volunteer(uow: UnitOfWork, match_id: int, *, went_well: bool) -> None:
    """The volunteer says how it went; a no goes to a coordinator."""
    match = matches.get(uow, match_id)
    if match.state not in {MatchState.ACCEPTED, MatchState.DONE}:
        raise Refused("not_yet")
    finish(uow, match_id)
    match = matches.get(uow, match_id)
    match.went_well = went_well
    journal.write(uow, Subject.MATCH, match, "went_well" if went_well else "went_wrong")
    if not went_well:
        _report(uow, get(uow, match.help_request_id), "volunteer")
        rather_not_as_volunteer(uow, match_id)


def rather_not_as_requester(uow: UnitOfWork, help_request_id: int) -> None:
    """The resident would rather have somebody else the next time; the volunteer is not told."""
    for match in _matches_in(uow, help_request_id, MatchState.ACCEPTED, MatchState.DONE):
        _keep_apart(uow, match)


def rather_not_as_volunteer(uow: UnitOfWork, match_id: int) -> None:
    """The volunteer would rather not go to this person again; the resident is not told."""
    match = matches.get(uow, match_id)
    if match.state not in {MatchState.ACCEPTED, MatchState.DONE}:
        raise Refused("not_yet")
    _keep_apart(uow, match)


def _keep_apart(uow: UnitOfWork, match: Match) -> None:
    help_request = get(uow, match.help_request_id)
    for mark in marks_of(help_request.phone, help_request.email):
        uow.session.merge(RatherNot(volunteer_id=match.volunteer_id, resident_mark=mark, said_at=uow.now))
    journal.write(uow, Subject.MATCH, match, "rather_not")


def _report(uow: UnitOfWork, help_request: HelpRequest, who: str) -> None:
    attention.raise_trouble(uow, Trouble.UNWELL, due_at=uow.now, help_request_id=help_request.id, note=who)


def _matches_in(uow: UnitOfWork, help_request_id: int, *states: MatchState) -> list[Match]:
    which = select(Match).where(Match.help_request_id == help_request_id, Match.state.in_(states))
    return list(uow.session.scalars(which.order_by(Match.id)))
