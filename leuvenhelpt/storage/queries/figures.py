"""Figures anybody may see: counted, never so few that they could tell of one person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import HelpRequestState
from leuvenhelpt.storage.models import HelpRequest

FEWEST = 5
HELPED = (HelpRequestState.MATCHED, HelpRequestState.DONE)


@dataclass(frozen=True)
class Figures:
    """Help requests that came in within a stretch of time, and what became of them."""

    asked: int
    helped: int
    referred: int


def figures(db: Session, start: datetime, end: datetime) -> Figures | None:
    """The figures of a stretch of time (UTC, end excluded); None when there were fewer than five requests."""
    row = db.execute(
        select(
            func.count(),
            func.coalesce(func.sum(case((HelpRequest.state.in_(HELPED), 1), else_=0)), 0),
            func.coalesce(func.sum(case((HelpRequest.state == HelpRequestState.REFERRED, 1), else_=0)), 0),
        ).where(HelpRequest.created_at >= start, HelpRequest.created_at < end)
    ).one()
    return Figures(*row) if row[0] >= FEWEST else None
