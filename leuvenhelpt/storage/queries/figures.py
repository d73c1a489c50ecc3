"""Figures anybody may see: counted, never so few that they could tell of one person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import HelpRequestState
from leuvenhelpt.storage.models import HelpRequest

FEWEST = 5
MOST_DOTS = 208
HELPED = (HelpRequestState.MATCHED, HelpRequestState.DONE)


@dataclass(frozen=True)
class Figures:
    """Help requests that came in within a stretch of time, and what became of them."""

    asked: int
    helped: int
    referred: int

    @property
    def each(self) -> int:
        """How many requests one dot of the drawing stands for: as few as leave no more than MOST_DOTS."""
        return next(step for step in count_up() if self.asked <= step * MOST_DOTS)

    @property
    def dots(self) -> int:
        """How many dots are drawn."""
        return -(-self.asked // self.each)

    @property
    def full_dots(self) -> int:
        """How many of them are full: helped by a neighbour."""
        return round(self.helped / self.each)


def count_up() -> Iterator[int]:
    """1, 2, 5, 10, 20, 50, and so on."""
    return (digit * 10**power for power in count() for digit in (1, 2, 5))


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
