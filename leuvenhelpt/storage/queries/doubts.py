"""What stands still because a concern was reported and is not settled yet."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import LIVE_HELP_REQUEST, MatchState, Subject, VolunteerState
from leuvenhelpt.domain.suiting import trust
from leuvenhelpt.storage.models import Concern, HelpRequest, JournalEntry, Match, Volunteer


def is_doubted() -> ColumnElement[bool]:
    """Whether a concern about the help request of a row is not settled yet; for a query that reads requests."""
    return exists().where(Concern.help_request_id == HelpRequest.id, Concern.settled_at.is_(None))


def has_open_concern(db: Session, help_request_id: int) -> bool:
    """Whether a concern about a help request is not settled yet."""
    return bool(db.scalar(select(is_doubted()).where(HelpRequest.id == help_request_id)))


def is_on_hold() -> ColumnElement[bool]:
    """Whether somebody would come to the help request of a row, and must not; for a query that reads requests.

    A concern is looked into about the request, or about another to which one of those who come said yes too.
    """
    comes_frozen = exists().where(
        Match.help_request_id == HelpRequest.id,
        Match.state == MatchState.ACCEPTED,
        Volunteer.id == Match.volunteer_id,
        Volunteer.state == VolunteerState.FROZEN,
    )
    is_expected = and_(HelpRequest.state.in_(LIVE_HELP_REQUEST), HelpRequest.places_taken > 0)
    return and_(is_expected, or_(is_doubted(), comes_frozen.correlate(HelpRequest)))


def said_yes() -> ColumnElement[bool]:
    """Whether the volunteer of a match ever said yes to it, whatever became of it; for a query that reads matches.

    A match that is asked anew tells only of the last answer, its journal of each.
    """
    return exists().where(
        JournalEntry.subject == Subject.MATCH,
        JournalEntry.subject_id == Match.id,
        JournalEntry.step == "accept",
    )


def waits_for_concern() -> ColumnElement[bool]:
    """Whether a volunteer stands still for a concern, or stopped and is not forgotten yet, as one waits."""
    has_stopped = and_(Volunteer.state == VolunteerState.LEFT, Volunteer.name != "")
    return or_(Volunteer.state == VolunteerState.FROZEN, has_stopped)


def standing_for(db: Session, match: Match, now: datetime) -> tuple[str, int]:
    """The state of the volunteer of a match, frozen for this request too while a concern about it is looked into;
    and how far they are trusted, as domain.suiting has it.
    """
    state = case((is_doubted(), VolunteerState.FROZEN.value), else_=Volunteer.state)
    row = db.execute(
        select(state, Volunteer.vetting, Volunteer.vetted_until)
        .join_from(Match, Volunteer, Volunteer.id == Match.volunteer_id)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .where(Match.id == match.id)
    ).one()
    return row[0], trust(row.vetting, row.vetted_until, now)
