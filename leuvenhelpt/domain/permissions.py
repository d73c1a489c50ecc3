"""Who may see and do what, as predicates over plain facts."""

from datetime import datetime, timedelta

from leuvenhelpt.domain.lifecycle import MatchState

REVEAL_AFTER_DONE = timedelta(hours=24)
KEPT_AT_MOST = timedelta(days=3)
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


def keeps_until(state: str, wanted_by: datetime, now: datetime) -> datetime | None:
    """Until when the device of a volunteer may keep the page with the address; None: not, or not any more.

    As long as the task lasts, and three days at a time at most.
    """
    if state != MatchState.ACCEPTED or wanted_by <= now:
        return None
    return min(wanted_by, now + KEPT_AT_MOST)
