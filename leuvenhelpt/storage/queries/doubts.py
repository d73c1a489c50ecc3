"""What stands still because a concern was reported and is not settled yet."""

from sqlalchemy import ColumnElement, case, exists, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import VolunteerState
from leuvenhelpt.storage.models import Concern, HelpRequest, Match, Volunteer


def is_doubted() -> ColumnElement[bool]:
    """Whether a concern about the help request of a row is not settled yet; for a query that reads requests."""
    return exists().where(Concern.help_request_id == HelpRequest.id, Concern.settled_at.is_(None))


def state_for(db: Session, match: Match) -> str | None:
    """How the volunteer of a match stands, frozen for this request too while a concern about it is looked into."""
    state = case((is_doubted(), VolunteerState.FROZEN.value), else_=Volunteer.state)
    return db.scalar(
        select(state)
        .join_from(Match, Volunteer, Volunteer.id == Match.volunteer_id)
        .join(HelpRequest, HelpRequest.id == Match.help_request_id)
        .where(Match.id == match.id)
    )
