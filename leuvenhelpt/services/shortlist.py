"""The shortlist of a request: whom matching proposes, best first, and why."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, delete, insert, select, update

from leuvenhelpt.domain.lifecycle import MatchState, Subject
from leuvenhelpt.domain.messages import Candidate
from leuvenhelpt.services.steps import take_steps
from leuvenhelpt.storage.models import HelpRequest, Match
from leuvenhelpt.storage.queries.former import WAS_ASKED, may_renew
from leuvenhelpt.storage.unit_of_work import UnitOfWork

_KNOWN = select(Match.id, Match.volunteer_id, *WAS_ASKED).where(
    Match.help_request_id == bindparam("request_id")
)
_PROPOSE = insert(Match).returning(Match.id, Match.volunteer_id)
_TAKE_OFF = delete(Match).where(Match.id == bindparam("match_id"), Match.asked_at.is_(None))
_DESCRIBE = (
    update(Match)
    .where(Match.id == bindparam("match_id"), Match.state == MatchState.PROPOSED)
    .values({name: bindparam(f"new_{name}") for name in ("rank", "score", "distance_km", "reasons")})
)


class Proposed(NamedTuple):
    """Somebody on the shortlist who was not asked yet."""

    match_id: int
    volunteer_id: int


def write(uow: UnitOfWork, help_request: HelpRequest, candidates: Sequence[Candidate]) -> list[Proposed]:
    """Make these candidates the shortlist; those who may be asked now, best first.

    Who was only proposed and is no candidate any more goes off it; who may be asked once more, since the request
    changed, comes back. All in a few statements, whatever their number.
    """
    known = _known(uow, help_request)
    facts = {one.volunteer_id: _facts(one, rank) for rank, one in enumerate(candidates, start=1)}
    open_ones = {who: row.id for who, row in known.items() if row.state == MatchState.PROPOSED}
    _take_off(uow, [known[who] for who in open_ones if who not in facts])
    renewed = {who: known[who].id for who in known.keys() & facts if may_renew(help_request, known[who])}
    take_steps(uow, Subject.MATCH, "renew", renewed.values(), proposed_at=uow.now, answered_at=None)
    open_ones |= renewed
    again = [_described(row_id, facts[who]) for who, row_id in open_ones.items() if who in facts]
    _for_each(uow, _DESCRIBE, again)
    newcomers = [
        {"help_request_id": help_request.id, "volunteer_id": who, "proposed_at": uow.now, **each}
        for who, each in facts.items()
        if who not in known
    ]
    if newcomers:
        open_ones |= {row.volunteer_id: row.id for row in uow.execute(_PROPOSE, newcomers)}
    return [Proposed(open_ones[who], who) for who in facts if who in open_ones]


def take_off_all(uow: UnitOfWork, help_request_id: int) -> None:
    """Who was only proposed for what a request was is bound by nothing: later they may be proposed as if anew."""
    is_unasked = (Match.state == MatchState.PROPOSED, Match.asked_at.is_(None))
    uow.execute(delete(Match).where(Match.help_request_id == help_request_id, *is_unasked))


def _known(uow: UnitOfWork, help_request: HelpRequest) -> dict[int, Row[*tuple[Any, ...]]]:
    """The matches of a request by volunteer; what ended without an ask is forgotten."""
    rows = uow.execute(_KNOWN, {"request_id": help_request.id}).all()
    known = {row.volunteer_id: row for row in rows if row.asked_at or row.state == MatchState.PROPOSED}
    _take_off(uow, [row for row in rows if row.volunteer_id not in known])
    return known


def _take_off(uow: UnitOfWork, proposed: Sequence[Row[*tuple[Any, ...]]]) -> None:
    """Of who was asked before the request changed, that they were stays known."""
    _for_each(uow, _TAKE_OFF, [{"match_id": row.id} for row in proposed if row.asked_at is None])
    before = [row.id for row in proposed if row.asked_at is not None]
    take_steps(uow, Subject.MATCH, "cancel", before, ended_at=uow.now)


def _facts(candidate: Candidate, rank: int) -> dict[str, Any]:
    return {
        "rank": rank,
        "score": candidate.score,
        "distance_km": candidate.distance_km,
        "reasons": [vars(reason) for reason in candidate.reasons],
    }


def _described(match_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"match_id": match_id} | {f"new_{name}": fact for name, fact in facts.items()}


def _for_each(uow: UnitOfWork, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        uow.execute(statement, rows)
