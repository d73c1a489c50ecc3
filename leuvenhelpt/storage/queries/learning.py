"""What there is to learn from, and what was learned last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.availability import hours_left
from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.domain.messages import PastAsk
from leuvenhelpt.storage.models import HelpRequest, LearnedYes, Match, Volunteer

SAID = {
    MatchState.ACCEPTED: True,
    MatchState.DONE: True,
    MatchState.DROPPED: True,
    MatchState.DECLINED: False,
    MatchState.LAPSED: False,
}
_IN_USE = (
    select(LearnedYes.id, LearnedYes.model)
    .where(LearnedYes.is_in_use)
    .order_by(LearnedYes.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class StoredModel:
    """The text of the model in use; `number` 0 and no text while nothing was learned."""

    number: int
    text: str


def stored_model(db: Session) -> StoredModel:
    """The newest model that beat the one before it."""
    row = db.execute(_IN_USE).one_or_none()
    return StoredModel(row.id, row.model) if row else StoredModel(0, "")


def past_asks(db: Session) -> Iterator[PastAsk]:
    """Every ask that was made and is over, in the order in which they were made."""
    rows = db.execute(
        select(
            Match.volunteer_id, Match.state, Match.asked_at, Match.answered_at, Match.ended_at, Match.reasons,
            Match.distance_km, HelpRequest.hours, HelpRequest.wanted_by, Volunteer.reach_km,
        )
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .join(Volunteer, Volunteer.id == Match.volunteer_id)
        .where(Match.asked_at.is_not(None), Match.state != MatchState.ASKED)
        .order_by(Match.asked_at, Match.id)
        .execution_options(yield_per=5_000)
    )  # fmt: skip
    return map(_past_ask, rows)


def _past_ask(row: Row[*tuple[Any, ...]]) -> PastAsk:
    facts = {reason["rule"]: reason["facts"] for reason in row.reasons}
    wanted = hours_left(row.hours, row.asked_at, row.wanted_by)
    shared = int(facts.get("free_then", {}).get("hours", 0)) & wanted
    return PastAsk(
        volunteer_id=row.volunteer_id,
        asked_at=row.asked_at,
        known_at=row.answered_at or row.ended_at,
        said_yes=SAID.get(row.state),
        counts=row.state != MatchState.DROPPED,
        distance_km=row.distance_km,
        reach_km=row.reach_km,
        shared_hours=shared.bit_count() / max(wanted.bit_count(), 1),
        went_well="went_well" in facts,
    )
