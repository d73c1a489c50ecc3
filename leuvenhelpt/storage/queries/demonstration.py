"""What filling a demonstration city has to look up on its way."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import Channel
from leuvenhelpt.domain.lifecycle import MatchState, NotificationState
from leuvenhelpt.storage.models import Account, HelpRequest, Match, Notification, Volunteer


@dataclass(frozen=True)
class Asked:
    """A match of a request that was asked."""

    match_id: int
    state: str
    asked_at: datetime | None
    lapses_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """How a request stands, with its matches."""

    id: int
    state: str
    wanted_by: datetime
    promised_by: datetime | None
    look_at: datetime | None
    shortlist: tuple[int, ...]
    calls: tuple[int, ...]
    asked: tuple[Asked, ...]

    @property
    def accepted(self) -> int | None:
        """The match of whoever said yes and still comes."""
        return next((match.match_id for match in self.asked if match.state == MatchState.ACCEPTED), None)


def _calls_to_make(help_request_id: int) -> Select[int]:
    return select(Notification.id).where(
        Notification.help_request_id == help_request_id,
        Notification.channel == Channel.CALL,
        Notification.state == NotificationState.QUEUED,
    )


def is_empty(db: Session) -> bool:
    """Whether nobody ever asked, offered or signed in here."""
    return all(db.scalar(select(table.id).limit(1)) is None for table in (HelpRequest, Volunteer, Account))


def volunteer_id(db: Session, email: str) -> int:
    """The volunteer with this address."""
    return db.scalars(select(Volunteer.id).where(Volunteer.email == email)).one()


def account_id(db: Session, email: str) -> int:
    """The account with this address."""
    return db.scalars(select(Account.id).where(Account.email == email)).one()


def standing(db: Session, public_id: str) -> Standing:
    """How a request stands now."""
    request = db.scalars(select(HelpRequest).where(HelpRequest.public_id == public_id)).one()
    which = select(Match).where(Match.help_request_id == request.id)
    matches = db.scalars(which.order_by(Match.asked_at, Match.rank)).all()
    return Standing(
        id=request.id,
        state=request.state,
        wanted_by=request.wanted_by,
        promised_by=request.promised_by,
        look_at=request.look_at,
        calls=tuple(db.scalars(_calls_to_make(request.id))),
        shortlist=tuple(match.id for match in matches if match.state == MatchState.PROPOSED),
        asked=tuple(
            Asked(match.id, match.state, match.asked_at, match.lapses_at)
            for match in matches
            if match.asked_at is not None
        ),
    )
