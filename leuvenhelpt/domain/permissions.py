"""Who may see and do what, as predicates over plain facts."""

from datetime import datetime, timedelta

from leuvenhelpt.domain.lifecycle import MatchState

REVEAL_AFTER_DONE = timedelta(hours=24)
STAFF_ROLES = frozenset({"coordinator", "admin"})


def is_staff(role: str) -> bool:
    """Whether a role works at the city."""
    return role in STAFF_ROLES


def may_see_address(match_state: str, ended_at: datetime | None, now: datetime) -> bool:
    """Whether the volunteer of a match may see the address: from yes until 24 hours after done."""
    if match_state == MatchState.ACCEPTED:
        return True
    return match_state == MatchState.DONE and ended_at is not None and now < ended_at + REVEAL_AFTER_DONE


def may_answer(match_state: str, lapses_at: datetime | None, now: datetime) -> bool:
    """Whether an ask can still be answered."""
    return match_state == MatchState.ASKED and lapses_at is not None and now < lapses_at
