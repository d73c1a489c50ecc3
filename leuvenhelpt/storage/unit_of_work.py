"""The unit of work: one transaction with its moment, its actor, its city and the bells to ring after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.orm import Session

from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.values import Actor

# For an UPDATE that gives the rows it wrote: those in hand become what the database has now.
AS_WRITTEN: dict[str, bool | str] = {"synchronize_session": False, "populate_existing": True}


@dataclass
class UnitOfWork:
    """What a service works in. `now` is one moment for the whole unit; nobody here commits."""

    session: Session
    actor: Actor
    now: datetime
    city: City
    bells: set[Bell] = field(default_factory=set)
    in_hand: list[object] = field(default_factory=list)
    """Rows to keep until the end: a session forgets what nobody holds, and would read it again."""

    def execute(
        self, statement: Executable, facts: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Write past the session: what it holds is flushed before, and not refreshed after.

        `facts`: what the statement's parameters are bound to; of several, it is run for each.
        """
        self.session.flush()
        return self.session.connection().execute(statement, facts)

    def ring(self, bell: Bell) -> None:
        """Ask for a bell to be rung once the commit has succeeded; losing it loses nothing."""
        self.bells.add(bell)
