"""What a help request was before it changed, read from its row."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from leuvenhelpt.domain.asking_again import Change, Former, Version, change_since, may_be_asked_again
from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.storage.models import HelpRequest, Match

WAS_ASKED = (
    Match.state, Match.proposed_at, Match.asked_at, Match.asked_before_at, Match.answered_at, Match.declined_for,
)  # fmt: skip
"""What `may_renew` reads of a match."""


def version_of(request: HelpRequest) -> Version:
    """What the request is now."""
    return Version(request.kind, request.timing, request.wanted_by, request.hours, request.area)


def change_of(request: HelpRequest, asked_at: datetime | None) -> Change | None:
    """What changed since somebody was asked at a moment; None if nothing did, or nobody was."""
    if asked_at is None or not request.former:
        return None
    return change_since(asked_at, [Former.from_kept(kept) for kept in request.former], version_of(request))


def may_renew(request: HelpRequest, match: Match | Row[*tuple[Any, ...]]) -> bool:
    """Whether the volunteer of a match that is over may be asked once more: the request changed, or we kept them
    from answering.
    """
    return may_be_asked_again(
        match.state,
        is_second=match.asked_before_at is not None,
        declined_for=match.declined_for,
        change=change_of(request, match.asked_at),
        was_taken_back=_was_taken_back(match),
    )


def _was_taken_back(match: Match | Row[*tuple[Any, ...]]) -> bool:
    """Whether we ended an ask before it was answered: the request changed, be it a word of it, or a concern held it up.

    Once renewed, that is no more.
    """
    if match.state != MatchState.CANCELLED or match.answered_at or match.asked_at is None:
        return False
    return match.proposed_at <= match.asked_at
