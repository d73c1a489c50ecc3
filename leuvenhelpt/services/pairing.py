"""Writing down whom matching proposes, and asking them: by itself, or when the coordinator says so."""

from collections.abc import Collection, Sequence
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select, update

from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.availability import is_quiet, next_waking
from leuvenhelpt.domain.city import AT_RISK_BELOW, Asking
from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.domain.kinds import Telling, Trouble
from leuvenhelpt.domain.lifecycle import SEARCHED_HELP_REQUEST, HelpRequestState, MatchState, Subject
from leuvenhelpt.domain.messages import Candidate, LeftOut, Reason
from leuvenhelpt.domain.suiting import Standing, objections, trust
from leuvenhelpt.services import attention, claims, concerns, matches, promises, shortlist
from leuvenhelpt.services.shortlist import Proposed
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import HelpRequest, Match, Notification, Volunteer
from leuvenhelpt.storage.queries.doubts import has_open_concern
from leuvenhelpt.storage.unit_of_work import UnitOfWork

WEEK = timedelta(days=7)

_ASK_OUT = (
    select(Match.id)
    .where(Match.help_request_id == bindparam("request_id"), Match.state == MatchState.ASKED)
    .limit(1)
)
_HOLD_VOLUNTEER = (
    update(Volunteer).where(Volunteer.id == bindparam("volunteer_id")).values(attempts=Volunteer.attempts)
)
_ASKED_TWICE = func.sum(case((Match.asked_before_at > bindparam("week_ago"), 1), else_=0))
# The index proposes, the database disposes: how everybody stands who is proposed.
_STANDING = (
    select(
        *(Volunteer.id, Volunteer.state, Volunteer.kinds, Volunteer.languages),
        *(Volunteer.vetting, Volunteer.vetted_until),
        (Volunteer.max_asks_a_week - func.count(Match.id) - _ASKED_TWICE).label("asks_left"),
    )
    .outerjoin(Match, (Match.volunteer_id == Volunteer.id) & (Match.asked_at > bindparam("week_ago")))
    .where(Volunteer.id.in_(bindparam("volunteer_ids", expanding=True)))
    .group_by(Volunteer.id)
)


def record_candidates(
    uow: UnitOfWork,
    help_request_id: int,
    *,
    candidates: Sequence[Candidate],
    wave_size: int,
    why_not: Sequence[LeftOut] = (),
    chance: float | None = None,
    look_again_at: datetime | None = None,
    owner: str = "",
) -> None:
    """Make these candidates the shortlist, best first, and ask the first `wave_size` of them if we may.

    We may when the request is open, asked automatically, and it is not night. Ends the lease. Volunteers who
    are already matched to this request, in whatever state, stay as they are. `why_not`: which rule left out
    how many; `chance`: of a yes before the promise ends; `look_again_at`: when to ask more people. `owner`: who
    worked on it under a lease; SomebodyWasFirst if that is not theirs any more, as in claims.prove.
    """
    help_request = matches.hold(uow, help_request_id)
    if owner:
        claims.must_be_of(owner, help_request)
    if help_request.state not in SEARCHED_HELP_REQUEST:
        return
    # Without a place nobody can say how far it is: there is nobody to propose.
    suiting = [] if _lacks_place(uow, help_request) else candidates
    proposed = shortlist.write(uow, help_request, suiting)
    if chance is not None and chance < AT_RISK_BELOW and proposed:
        promises.warn(uow, help_request)
    look_at = _go_on(uow, help_request, proposed, wave_size, look_again_at)
    # Only now, so that all of it goes out in one statement.
    claims.end_lease(uow, help_request)
    help_request.why_not, help_request.chance_of_yes = [list(astuple(one)) for one in why_not], chance
    help_request.look_at = look_at


def ask_by_hand(uow: UnitOfWork, help_request_id: int, *, match_ids: Collection[int]) -> int:
    """The coordinator asks these volunteers of the shortlist; how many. A request in review is approved by it.

    Refused: "on_hold_desk" while a concern about the request is not settled, "no_longer_suits" if none of them may
    be asked now; the shortlist says why, see storage.queries.suitors.
    """
    if not match_ids:
        raise Refused("nobody_chosen")
    help_request = matches.hold(uow, help_request_id)
    concerns.refuse_while_open(uow, help_request_id)
    if help_request.state == HelpRequestState.IN_REVIEW:
        approve(uow, help_request_id)
    elif help_request.state != HelpRequestState.OPEN:
        raise SomebodyWasFirst("help_request_ask")
    proposed = uow.session.execute(
        select(Match.id, Match.volunteer_id).where(
            Match.help_request_id == help_request_id,
            Match.id.in_(match_ids),
            Match.state == MatchState.PROPOSED,
        )
    )
    chosen = [Proposed(*row) for row in proposed]
    if not chosen:
        raise SomebodyWasFirst("match_ask")
    may_be_asked = _who_may_be_asked(uow, help_request, chosen)
    if not may_be_asked:
        raise Refused("no_longer_suits")
    claims.interrupt(help_request)
    _send_wave(uow, help_request, may_be_asked)
    return len(may_be_asked)


def approve(uow: UnitOfWork, help_request_id: int) -> None:
    """The coordinator agrees that volunteers may be asked for this; without a place, that is still asked for."""
    take_step(uow, Subject.HELP_REQUEST, "approve", help_request_id)
    attention.resolve_for_help_request(uow, help_request_id, {Trouble.REVIEW})
    matches.look_again(uow, help_request_id)


def leave_to_machine(uow: UnitOfWork, help_request_id: int) -> None:
    """The coordinator approves, and lets the machine do the asking; refused as ask_by_hand is."""
    help_request = matches.hold(uow, help_request_id)
    concerns.refuse_while_open(uow, help_request_id)
    if help_request.state not in SEARCHED_HELP_REQUEST:
        raise SomebodyWasFirst("help_request_ask")
    help_request.asking = Asking.AUTOMATIC
    if help_request.state == HelpRequestState.IN_REVIEW:
        approve(uow, help_request_id)
    matches.look_again(uow, help_request_id)


def take_back_untold(uow: UnitOfWork, notification_id: int) -> None:
    """An ask of which the mail is not sent was never made: it is no silence, and others are asked at once."""
    told = uow.session.get_one(Notification, notification_id)
    if told.kind != Telling.ASK or told.help_request_id is None or told.match_id is None:
        return
    matches.hold(uow, told.help_request_id)
    match = matches.get(uow, told.match_id)
    if match.state == MatchState.ASKED and match.asked_at is not None and match.asked_at <= told.created_at:
        take_step(uow, Subject.MATCH, "cancel", match.id, ended_at=uow.now)
        matches.look_again(uow, told.help_request_id)


def _has_ask_out(uow: UnitOfWork, help_request_id: int) -> bool:
    return uow.session.scalar(_ASK_OUT, {"request_id": help_request_id}) is not None


def _hand_to_person(uow: UnitOfWork, help_request: HelpRequest, *, has_choice: bool) -> None:
    """Nothing is under way by itself: the desk hears at once. First of all it is asked for the place."""
    is_review = help_request.state == HelpRequestState.IN_REVIEW or help_request.asking == Asking.BY_HAND
    trouble = Trouble.REVIEW if has_choice and is_review else Trouble.NOBODY
    if _lacks_place(uow, help_request):
        trouble = Trouble.PLACE
    elif help_request.wanted_by <= uow.now:
        trouble = Trouble.OVERDUE
    due_at = (help_request.promised_by if trouble != Trouble.OVERDUE else help_request.wanted_by) or uow.now
    attention.raise_trouble(uow, trouble, due_at=due_at, help_request_id=help_request.id)


def _lacks_place(uow: UnitOfWork, help_request: HelpRequest) -> bool:
    return help_request.lat is None and not uow.city.kinds[help_request.kind].is_remote


def _go_on(
    uow: UnitOfWork,
    help_request: HelpRequest,
    proposed: Sequence[Proposed],
    wave_size: int,
    look_again_at: datetime | None,
) -> datetime | None:
    """Ask a wave if we may, or let the desk hear that nothing is under way; when to look again."""
    asks_now = wave_size > 0 and _may_ask(uow, help_request)
    if asks_now and uow.city.has_quiet_hours and is_quiet(uow.now):
        return next_waking(uow.now)
    wave = _who_may_be_asked(uow, help_request, proposed)[:wave_size] if asks_now else []
    if wave:
        _send_wave(uow, help_request, wave)
    elif not _has_ask_out(uow, help_request.id):
        _hand_to_person(uow, help_request, has_choice=bool(proposed))
        return rhythm.looks_again_at(uow.now) if _may_ask(uow, help_request) else None
    return look_again_at


def _may_ask(uow: UnitOfWork, help_request: HelpRequest) -> bool:
    """By itself, and nobody for help with no place, wanted by a moment now past, or that a concern is about."""
    is_left_to_us = help_request.state == HelpRequestState.OPEN and help_request.asking == Asking.AUTOMATIC
    if not is_left_to_us or _lacks_place(uow, help_request) or help_request.wanted_by <= uow.now:
        return False
    return not has_open_concern(uow.session, help_request.id)


def _send_wave(uow: UnitOfWork, help_request: HelpRequest, wave: Sequence[Proposed]) -> None:
    """Ask these, who are at least one."""
    lapses_at, number = rhythm.lapses_at(uow.city, help_request.wanted_by, uow.now), help_request.wave + 1
    matches.ask(uow, [one.match_id for one in wave], lapses_at=lapses_at, wave=number)
    attention.resolve_for_help_request(uow, help_request.id, {Trouble.NOBODY, Trouble.REVIEW})
    help_request.wave = number


def _who_may_be_asked(
    uow: UnitOfWork, help_request: HelpRequest, proposed: Sequence[Proposed]
) -> list[Proposed]:
    """Those who may be asked now, in their order: a shortlist may be days old.

    Their volunteers stay locked until the end of the unit of work, in one order for everybody: of two requests
    that ask the same person at once, the second counts the first.
    """
    volunteer_ids = sorted({one.volunteer_id for one in proposed})
    if not volunteer_ids:
        return []
    # A statement for each, in this order, which no IN promises.
    uow.execute(_HOLD_VOLUNTEER, [{"volunteer_id": each} for each in volunteer_ids])
    facts = {"volunteer_ids": volunteer_ids, "week_ago": uow.now - WEEK}
    able = {row.id for row in uow.execute(_STANDING, facts) if not _objections(uow, help_request, row)}
    return [one for one in proposed if one.volunteer_id in able]


def _objections(uow: UnitOfWork, help_request: HelpRequest, row: Row[*tuple[Any, ...]]) -> tuple[Reason, ...]:
    level = trust(row.vetting, row.vetted_until, uow.now)
    standing = Standing(row.state, row.kinds, row.languages, level, row.asks_left)
    return objections(standing, uow.city.kinds[help_request.kind], help_request.languages)
