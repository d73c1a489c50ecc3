"""What happened and what comes next, a line each."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """One line of a timeline; `at` in UTC. `when`: what stands there instead, where no hour is known."""

    at: datetime
    title: str
    text: str = ""
    is_now: bool = False
    is_next: bool = False
    when: str = ""
