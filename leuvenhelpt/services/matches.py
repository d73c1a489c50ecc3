"""A match from the ask to the last word: answering, dropping out, taking back."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import bindparam, case, select, update

from leuvenhelpt.domain.asking_again import OTHERWISE
from leuvenhelpt.domain.errors import NotFound, Refused, SomebodyWasFirst
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.kinds import Telling, Trouble
from leuvenhelpt.domain.lifecycle import (
    HELPING_VOLUNTEER,
    PENDING_MATCH,
    SEARCHED_HELP_REQUEST,
    HelpRequestState,
    MatchState,
    Subject,
    VolunteerState,
)
from leuvenhelpt.domain.permissions import may_answer
from leuvenhelpt.services import attention, claims, journal, promises, shortlist
from leuvenhelpt.services.notifications import tell_requester, tell_volunteers
from leuvenhelpt.services.steps import take_step, take_steps
from leuvenhelpt.storage.models import HelpRequest, Match
from leuvenhelpt.storage.queries import doubts
from leuvenhelpt.storage.unit_of_work import AS_WRITTEN, UnitOfWork

WHILE_SEARCHING = frozenset({Trouble.REVIEW, Trouble.NOBODY, Trouble.PROMISE, Trouble.OVERDUE})
TIME_TO_HELP = timedelta(hours=24)
ANEW: dict[str, Any] = {
    "asked_before_at": Match.asked_at, "answered_at": None, "ended_at": None, "remark": "", "declined_for": "",
}  # fmt: skip
"""What of a match an ask sets back: what was said to a first one stands in the journal."""
UNDERTAKEN = Match.state.in_([MatchState.ASKED, MatchState.ACCEPTED])
"""Something is expected of the volunteer of a match."""
_HOLD = (
    update(HelpRequest)
    .where(HelpRequest.id == bindparam("row_id"))
    .values(wave=HelpRequest.wave)
    .returning(HelpRequest)
    .execution_options(**AS_WRITTEN)
)


def ask(uow: UnitOfWork, match_ids: Collection[int], *, lapses_at: datetime, wave: int) -> None:
    """Ask the volunteers of these matches that are still proposed; the mails are queued with it."""
    facts = {"asked_at": uow.now, "lapses_at": lapses_at, "wave": wave} | ANEW
    asked = take_steps(uow, Subject.MATCH, "ask", match_ids, **facts)
    tell_volunteers(uow, cast(list[Match], asked), Telling.ASK)


def accept(uow: UnitOfWork, match_id: int, *, wave: int | None = None) -> None:
    """Say yes. Of many at once as many win as there are places; saying yes twice changes nothing.

    `wave`: the one of the ask that was read, if that is known. Refused: "too_late" after the ask ended or the
    volunteer is one no longer, "somebody_was_first" when all places are taken, "asked_anew" if what was read is
    not what is asked now, "on_hold" while a concern about the request or the volunteer is looked into,
    "not_vetted" if the volunteer is not, or not any more, known well enough for this kind of help.
    """
    match = get(uow, match_id)
    help_request = hold(uow, match.help_request_id)
    match = get(uow, match_id)
    if match.state == MatchState.ACCEPTED:
        return
    _must_be_read(match, wave)
    if match.state == MatchState.FILLED or help_request.state == HelpRequestState.MATCHED:
        raise Refused("somebody_was_first")
    state, trusted_to = doubts.standing_for(uow.session, match, uow.now)
    if state == VolunteerState.FROZEN:
        raise Refused("on_hold")
    if not may_answer(match.state, match.lapses_at, uow.now) or state not in HELPING_VOLUNTEER:
        raise Refused("too_late")
    if trusted_to < uow.city.kinds[help_request.kind].vetting:
        raise Refused("not_vetted")
    _take_place(uow, help_request.id)
    place_no = _lowest_free_place(uow, help_request)
    take_step(uow, Subject.MATCH, "accept", match_id, answered_at=uow.now, place_no=place_no)
    _after_yes(uow, help_request.id, match)


def decline(
    uow: UnitOfWork, match_id: int, *, remark: str = "", because: str = "", wave: int | None = None
) -> None:
    """Say no, which is a good answer; the next in line may be asked. Saying it twice changes nothing.

    `because`: of NO_REASONS, or "" if none was given; words alone count as a reason that we do not know.
    `wave`, and "asked_anew": see accept.
    """
    match = get(uow, match_id)
    hold(uow, match.help_request_id)
    match = get(uow, match_id)
    if match.state == MatchState.DECLINED:
        return
    _must_be_read(match, wave)
    if match.state != MatchState.ASKED:
        raise Refused("too_late")
    said = {"remark": remark, "declined_for": because or (OTHERWISE if remark else "")}
    take_step(uow, Subject.MATCH, "decline", match_id, reason=remark, answered_at=uow.now, **said)
    look_again(uow, match.help_request_id)


def drop(uow: UnitOfWork, match_id: int, *, remark: str = "") -> None:
    """A volunteer who said yes cannot come after all: the request opens again and the resident is told.

    Once the moment is past nobody is asked any more, so nothing is promised.
    """
    match = get(uow, match_id)
    help_request = hold(uow, match.help_request_id)
    take_step(
        uow, Subject.MATCH, "drop", match_id, ended_at=uow.now, place_no=None, remark=remark, reason=remark
    )
    _free_place(uow, help_request)
    if help_request.wanted_by > uow.now:
        promises.promise(uow, help_request)
    tell_requester(uow, help_request, Telling.REQUEST_REOPENED, due_by=uow.now, match=match)
    look_again(uow, help_request.id)


def hold_all_of(uow: UnitOfWork, volunteer_ids: Collection[int], *, beside: int | None = None) -> None:
    """Lock, in one order for everybody, each help request these volunteers were asked for or go to.

    `beside`: one more request to hold with them, since it has its place in that order too.
    """
    undertaken = select(Match.help_request_id).where(Match.volunteer_id.in_(volunteer_ids), UNDERTAKEN)
    held = {*uow.session.scalars(undertaken), *([] if beside is None else [beside])}
    for help_request_id in sorted(held):
        hold(uow, help_request_id)


def lapse(uow: UnitOfWork, match_id: int) -> None:
    """The time to answer is over; the next in line may be asked. SomebodyWasFirst if they answered, or were asked anew.

    Of whom we kept from answering, as a concern is looked into, that is no silence: the ask is taken back.
    """
    hold(uow, get(uow, match_id).help_request_id)
    match = get(uow, match_id)
    if match.state != MatchState.ASKED or (match.lapses_at is not None and match.lapses_at > uow.now):
        raise SomebodyWasFirst("match_lapse")
    state, _trusted_to = doubts.standing_for(uow.session, match, uow.now)
    name = "cancel" if state == VolunteerState.FROZEN else "lapse"
    take_step(uow, Subject.MATCH, name, match_id, ended_at=uow.now)
    look_again(uow, match.help_request_id)


def cancel_all(uow: UnitOfWork, help_request_id: int) -> None:
    """The request went away or changed: whoever was asked or coming is told, who was only proposed is not."""
    tellings = {MatchState.ASKED: Telling.ASK_CANCELLED, MatchState.ACCEPTED: Telling.TASK_CANCELLED}
    _end(uow, help_request_id, PENDING_MATCH | {MatchState.ACCEPTED}, "cancel", tellings)


def get(uow: UnitOfWork, match_id: int) -> Match:
    """The row as the database has it now, or NotFound."""
    match = uow.session.get(Match, match_id, populate_existing=True)
    if match is None:
        raise NotFound("match")
    return match


def hold(uow: UnitOfWork, help_request_id: int) -> HelpRequest:
    """Lock a help request until the end of the unit of work, before any of its matches is touched.

    Everybody who changes a match takes this lock first, so that no two wait for each other.
    """
    return uow.session.scalars(_HOLD, {"row_id": help_request_id}).one()


def look_again(uow: UnitOfWork, help_request_id: int) -> None:
    """Have the worker consider the request now, as it is now."""
    uow.session.flush()
    help_request = uow.session.get_one(HelpRequest, help_request_id, populate_existing=True)
    if help_request.state in SEARCHED_HELP_REQUEST:
        claims.interrupt(help_request)
        help_request.look_at = uow.now
        uow.session.flush()
        uow.ring(Bell.PAIR)


def _must_be_read(match: Match, wave: int | None) -> None:
    """What was read before the request changed answers nothing of what is asked since."""
    if match.state == MatchState.ASKED and wave not in {None, match.wave}:
        raise Refused("asked_anew")


def _take_place(uow: UnitOfWork, help_request_id: int) -> None:
    is_last = HelpRequest.places_taken + 1 >= HelpRequest.places_needed
    result = uow.execute(
        update(HelpRequest)
        .where(
            HelpRequest.id == help_request_id,
            HelpRequest.state == HelpRequestState.OPEN,
            HelpRequest.places_taken < HelpRequest.places_needed,
        )
        .values(
            places_taken=HelpRequest.places_taken + 1,
            state=case((is_last, HelpRequestState.MATCHED.value), else_=HelpRequest.state),
        )
        .returning(HelpRequest.id)
    )
    if result.one_or_none() is None:
        raise Refused("somebody_was_first")


def _lowest_free_place(uow: UnitOfWork, help_request: HelpRequest) -> int:
    coming = (Match.help_request_id == help_request.id, Match.state == MatchState.ACCEPTED)
    taken = set(uow.session.scalars(select(Match.place_no).where(*coming)))
    return next(number for number in range(1, help_request.places_needed + 1) if number not in taken)


def _after_yes(uow: UnitOfWork, help_request_id: int, match: Match) -> None:
    help_request = uow.session.get_one(HelpRequest, help_request_id, populate_existing=True)
    due_by = help_request.promised_by or uow.now
    tell_requester(uow, help_request, Telling.REQUEST_MATCHED, due_by=due_by, match=match)
    tell_volunteers(uow, [match], Telling.TASK_ACCEPTED)
    attention.resolve_for_help_request(uow, help_request_id, {Trouble.PROMISE})
    claims.interrupt(help_request)  # who looks for more neighbours counts with one place too many
    if help_request.state != HelpRequestState.MATCHED:
        return
    journal.write(uow, Subject.HELP_REQUEST, help_request, "fill", before="open", after=help_request.state)
    claims.end_lease(uow, help_request)
    help_request.promised_by = None
    # Somebody found late still needs time to come before we ask how it went.
    help_request.look_at = max(help_request.wanted_by, uow.now + TIME_TO_HELP)
    attention.resolve_for_help_request(uow, help_request_id, WHILE_SEARCHING)
    _end(uow, help_request_id, PENDING_MATCH, "fill", {MatchState.ASKED: Telling.ASK_FILLED})


def _free_place(uow: UnitOfWork, help_request: HelpRequest) -> None:
    help_request.places_taken -= 1
    uow.session.flush()
    if help_request.state == HelpRequestState.MATCHED:
        take_step(uow, Subject.HELP_REQUEST, "reopen", help_request.id)


def _end(
    uow: UnitOfWork,
    help_request_id: int,
    states: Collection[MatchState],
    step: str,
    tellings: dict[MatchState, Telling],
) -> None:
    shortlist.take_off_all(uow, help_request_id)
    which = select(Match).where(Match.help_request_id == help_request_id, Match.state.in_(states))
    before = {match: match.state for match in uow.session.scalars(which.order_by(Match.id))}
    ids = [match.id for match in before]
    ended = {row.id for row in take_steps(uow, Subject.MATCH, step, ids, ended_at=uow.now, place_no=None)}
    for state, telling in tellings.items():
        told = [match for match, was in before.items() if was == state and match.id in ended]
        tell_volunteers(uow, told, telling)
