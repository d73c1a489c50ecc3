"""What matching has to know of a request: its need, and who was asked already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.availability import hours_left
from leuvenhelpt.domain.city import Asking, City
from leuvenhelpt.domain.lifecycle import SEARCHED_HELP_REQUEST, HelpRequestState, MatchState
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.domain.pairs import marks_of
from leuvenhelpt.storage.models import HelpRequest, Match, RatherNot
from leuvenhelpt.storage.queries.former import WAS_ASKED, may_renew

_REQUEST = select(HelpRequest).where(HelpRequest.id == bindparam("help_request_id"))
_KNOWN = (
    select(Match.volunteer_id, *WAS_ASKED)
    .where(Match.help_request_id == bindparam("help_request_id"))
    .order_by(Match.id)
)
_KEPT_APART = select(RatherNot.volunteer_id).where(
    RatherNot.resident_mark.in_(bindparam("marks", expanding=True))
)
_WENT_WELL = (
    select(Match.volunteer_id)
    .join(HelpRequest, HelpRequest.id == Match.help_request_id)
    .where(Match.state == MatchState.DONE, HelpRequest.went_well.is_(True))
)
_WENT_WELL_BY_PHONE = _WENT_WELL.where(HelpRequest.phone == bindparam("same"))
_WENT_WELL_BY_EMAIL = _WENT_WELL.where(HelpRequest.email == bindparam("same"))


@dataclass(frozen=True)
class PairingTask:
    """What the pairing worker has to know of a request. `asked`: whose answer is awaited, and since when."""

    need: Need
    state: str
    asking: str
    asked: Mapping[int, datetime]
    promised_by: datetime | None

    @property
    def is_asked_by_machine(self) -> bool:
        """Whether a wave may go out without a person."""
        return self.state == HelpRequestState.OPEN and self.asking == Asking.AUTOMATIC

    def deadline(self, now: datetime) -> datetime:
        """By when a yes is needed: see domain.rhythm."""
        return rhythm.deadline(self.promised_by, self.need.wanted_by, now)


def request_id_of(db: Session, reference: str) -> int:
    """The id of the request with a reference (six digits); 0, which no request has, if there is none."""
    return db.scalar(select(HelpRequest.id).where(HelpRequest.reference == reference)) or 0


def pairing_task(db: Session, help_request_id: int, city: City, now: datetime) -> PairingTask | None:
    """The need of a request that is searched for, or None if it is not (any more)."""
    request = db.scalars(_REQUEST, {"help_request_id": help_request_id}).one_or_none()
    if request is None or request.state not in SEARCHED_HELP_REQUEST:
        return None
    known = db.connection().execute(_KNOWN, {"help_request_id": help_request_id}).all()
    return PairingTask(
        need=_need(db, request, city, now, known),
        state=request.state,
        asking=request.asking,
        asked={
            row.volunteer_id: row.asked_at for row in known if row.state == MatchState.ASKED and row.asked_at
        },
        promised_by=request.promised_by,
    )


def _need(
    db: Session, request: HelpRequest, city: City, now: datetime, known: Sequence[Row[*tuple[Any, ...]]]
) -> Need:
    kind = city.kinds[request.kind]
    proposable = [row for row in known if _is_proposable(request, row)]
    excluded = {row.volunteer_id for row in known} - {row.volunteer_id for row in proposable}
    return Need(
        help_request_id=request.id,
        kind=request.kind,
        languages=frozenset(request.languages),
        hours=hours_left(request.hours, now, request.wanted_by),
        lat=None if kind.is_remote else request.lat,
        lon=None if kind.is_remote else request.lon,
        vetting=kind.vetting,
        wanted_by=request.wanted_by,
        places_open=request.places_needed - request.places_taken,
        words=request.words,
        area=request.area,
        excluded=frozenset(excluded) | _kept_apart(db, request),
        asked_before=frozenset(row.volunteer_id for row in proposable if row.asked_at),
        went_well_with=_went_well_with(db, request),
        gender_wish=request.gender_wish if kind.allows_gender_wish else "",
    )


def _is_proposable(request: HelpRequest, row: Row[*tuple[Any, ...]]) -> bool:
    """Whoever was never asked, whatever became of the proposal, and who may be asked once more."""
    return row.asked_at is None or row.state == MatchState.PROPOSED or may_renew(request, row)


def _kept_apart(db: Session, request: HelpRequest) -> frozenset[int]:
    """Volunteers of whom this person, or who themselves, said: rather not again."""
    marks = marks_of(request.phone, request.email)
    return frozenset(db.connection().scalars(_KEPT_APART, {"marks": list(marks)}))


def _went_well_with(db: Session, request: HelpRequest) -> frozenset[int]:
    """Volunteers who helped this same person before, to content."""
    if request.phone:
        return frozenset(db.connection().scalars(_WENT_WELL_BY_PHONE, {"same": request.phone}))
    return frozenset(db.connection().scalars(_WENT_WELL_BY_EMAIL, {"same": request.email}))
