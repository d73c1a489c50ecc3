"""Writing down whom matching proposes, and asking them: by itself, or when the coordinator says so."""

from collections.abc import Collection, Sequence
from dataclasses import astuple
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, select, update

from leuvenhelpt.domain.availability import is_quiet, next_waking, waking_hours_after
from leuvenhelpt.domain.city import Asking
from leuvenhelpt.domain.errors import Refused, SomebodyWasFirst
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import HelpRequestState, MatchState, Subject, VolunteerState
from leuvenhelpt.domain.messages import Candidate, LeftOut
from leuvenhelpt.services import attention, claims, matches, promises
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries.former import may_renew
from leuvenhelpt.storage.unit_of_work import UnitOfWork

WEEK = timedelta(days=7)
AT_RISK_BELOW = 0.5
SEARCHING = frozenset({HelpRequestState.OPEN, HelpRequestState.IN_REVIEW})


def record_candidates(
    uow: UnitOfWork,
    help_request_id: int,
    *,
    candidates: Sequence[Candidate],
    wave_size: int,
    why_not: Sequence[LeftOut] = (),
    chance: float | None = None,
    look_again_at: datetime | None = None,
) -> None:
    """Make these candidates the shortlist, best first, and ask the first `wave_size` of them if we may.

    We may when the request is open, asked automatically, and it is not night. Ends the lease. Volunteers who
    are already matched to this request, in whatever state, stay as they are. `why_not`: which rule left out
    how many; `chance`: of a yes before the promise ends; `look_again_at`: when to ask more people.
    """
    help_request = matches.hold(uow, help_request_id)
    if help_request.state not in SEARCHING:
        return
    claims.end_lease(uow, help_request)
    help_request.look_at = None
    help_request.why_not, help_request.chance_of_yes = [list(astuple(one)) for one in why_not], chance
    # Without a place nobody can say how far it is: there is nobody to propose.
    suiting = [] if _lacks_place(uow, help_request) else candidates
    shortlist = _write_shortlist(uow, help_request, suiting)
    if chance is not None and chance < AT_RISK_BELOW and shortlist:
        promises.warn(uow, help_request)
    if help_request.state == HelpRequestState.OPEN and help_request.asking == Asking.AUTOMATIC:
        _ask_wave(uow, help_request, shortlist, wave_size)
    if help_request.look_at is None and _has_ask_out(uow, help_request_id):
        help_request.look_at = look_again_at
    elif help_request.look_at is None:
        _hand_to_person(uow, help_request, has_choice=bool(shortlist))


def ask_by_hand(uow: UnitOfWork, help_request_id: int, *, match_ids: Collection[int]) -> None:
    """The coordinator asks these volunteers of the shortlist; a request in review is approved by it."""
    if not match_ids:
        raise Refused("nobody_chosen")
    help_request = matches.hold(uow, help_request_id)
    if help_request.state == HelpRequestState.IN_REVIEW:
        approve(uow, help_request_id)
    elif help_request.state != HelpRequestState.OPEN:
        raise SomebodyWasFirst("help_request_ask")
    proposed = uow.session.scalars(
        select(Match).where(
            Match.help_request_id == help_request_id,
            Match.id.in_(match_ids),
            Match.state == MatchState.PROPOSED,
        )
    ).all()
    may_be_asked = _who_may_be_asked(uow, proposed)
    if not may_be_asked:
        raise SomebodyWasFirst("match_ask")
    _send_wave(uow, help_request, may_be_asked)


def approve(uow: UnitOfWork, help_request_id: int) -> None:
    """The coordinator agrees that volunteers may be asked for this; without a place, that is still asked for."""
    take_step(uow, Subject.HELP_REQUEST, "approve", help_request_id)
    attention.resolve_for_help_request(uow, help_request_id, {Trouble.REVIEW})
    matches.look_again(uow, help_request_id)


def leave_to_machine(uow: UnitOfWork, help_request_id: int) -> None:
    """The coordinator approves, and lets the machine do the asking."""
    help_request = matches.hold(uow, help_request_id)
    help_request.asking = Asking.AUTOMATIC
    if help_request.state == HelpRequestState.IN_REVIEW:
        approve(uow, help_request_id)
    matches.look_again(uow, help_request_id)


def _write_shortlist(
    uow: UnitOfWork, help_request: HelpRequest, candidates: Sequence[Candidate]
) -> list[Match]:
    which = select(Match).where(Match.help_request_id == help_request.id)
    known = {match.volunteer_id: match for match in uow.session.scalars(which)}
    for volunteer_id in known.keys() - {candidate.volunteer_id for candidate in candidates}:
        if known[volunteer_id].state == MatchState.PROPOSED:
            _take_off(uow, known[volunteer_id])
    shortlist = []
    for rank, candidate in enumerate(candidates, start=1):
        match = known.get(candidate.volunteer_id) or _propose(uow, help_request, candidate)
        if may_renew(help_request, match):
            take_step(uow, Subject.MATCH, "renew", match.id, proposed_at=uow.now)
        if match.state == MatchState.PROPOSED:
            _describe(match, candidate, rank)
            shortlist.append(match)
    uow.session.flush()
    return shortlist


def _take_off(uow: UnitOfWork, match: Match) -> None:
    """Of who was asked before the request changed, that they were stays known."""
    if match.asked_at is None:
        uow.session.delete(match)
    else:
        take_step(uow, Subject.MATCH, "cancel", match.id, ended_at=uow.now)


def _propose(uow: UnitOfWork, help_request: HelpRequest, candidate: Candidate) -> Match:
    match = Match(
        help_request_id=help_request.id,
        volunteer_id=candidate.volunteer_id,
        state=MatchState.PROPOSED,
        proposed_at=uow.now,
    )
    uow.session.add(match)
    return match


def _describe(match: Match, candidate: Candidate, rank: int) -> None:
    match.rank, match.score, match.distance_km = rank, candidate.score, candidate.distance_km
    match.reasons = [vars(reason) for reason in candidate.reasons]


def _has_ask_out(uow: UnitOfWork, help_request_id: int) -> bool:
    out = select(Match.id).where(Match.help_request_id == help_request_id, Match.state == MatchState.ASKED)
    return uow.session.scalar(out.limit(1)) is not None


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


def _ask_wave(uow: UnitOfWork, help_request: HelpRequest, shortlist: Sequence[Match], size: int) -> None:
    """Ask the best who may be asked. Nobody for help that has no place, or was wanted by a moment now past."""
    if _lacks_place(uow, help_request) or help_request.wanted_by <= uow.now or not size:
        return
    if uow.city.has_quiet_hours and is_quiet(uow.now):
        help_request.look_at = next_waking(uow.now)
        return
    _send_wave(uow, help_request, _who_may_be_asked(uow, shortlist)[:size])


def _send_wave(uow: UnitOfWork, help_request: HelpRequest, wave: Sequence[Match]) -> None:
    help_request.wave += 1
    lapses_at = ask_lapses_at(uow, help_request)
    if wave:
        matches.ask(uow, wave, lapses_at=lapses_at, wave=help_request.wave)
        attention.resolve_for_help_request(uow, help_request.id, {Trouble.NOBODY, Trouble.REVIEW})


def ask_lapses_at(uow: UnitOfWork, help_request: HelpRequest) -> datetime:
    """Until when an ask sent now can be answered: waking hours that fit how soon help is wanted."""
    rhythm = promises.rhythm_for(uow.city, help_request.wanted_by, uow.now)
    return waking_hours_after(uow.now, rhythm.ask_hours)


def _who_may_be_asked(uow: UnitOfWork, proposed: Sequence[Match]) -> list[Match]:
    """Those who may be asked now, in their order.

    Their volunteers stay locked until the end of the unit of work, in one order for everybody: of two requests
    that ask the same person at once, the second counts the first.
    """
    _hold_volunteers(uow, sorted({match.volunteer_id for match in proposed}))
    able = _able(uow, [match.volunteer_id for match in proposed])
    return [match for match in proposed if match.volunteer_id in able]


def _hold_volunteers(uow: UnitOfWork, volunteer_ids: Sequence[int]) -> None:
    if volunteer_ids:
        # A statement for each, in this order, which no IN promises.
        lock = update(Volunteer).values(attempts=Volunteer.attempts)
        one = lock.where(Volunteer.id == bindparam("volunteer_id"))
        uow.execute(one, [{"volunteer_id": each} for each in volunteer_ids])


def _able(uow: UnitOfWork, volunteer_ids: Collection[int]) -> set[int]:
    """The index proposes, the database disposes: who is still active, and below the weekly limit."""
    this_week = (Match.volunteer_id == Volunteer.id) & (Match.asked_at > uow.now - WEEK)
    asked_twice = func.sum(case((Match.asked_before_at > uow.now - WEEK, 1), else_=0))
    rows = uow.session.scalars(
        select(Volunteer.id)
        .outerjoin(Match, this_week)
        .where(Volunteer.id.in_(volunteer_ids), Volunteer.state == VolunteerState.ACTIVE)
        .group_by(Volunteer.id, Volunteer.max_asks_a_week)
        .having(func.count(Match.id) + asked_twice < Volunteer.max_asks_a_week)
    )
    return set(rows)
