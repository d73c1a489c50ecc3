"""What the resident's own page shows: how the request is, who comes, and what has happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import LIVE_HELP_REQUEST, MatchState, Subject
from leuvenhelpt.storage.models import Attention, HelpRequest, JournalEntry, Match, Volunteer
from leuvenhelpt.storage.queries.doubts import is_on_hold

# Steps of the request and its matches that the resident is shown; how it is worded is rendering's.
SHOWN = {
    (Subject.HELP_REQUEST, "submit"),
    (Subject.HELP_REQUEST, "change"),
    (Subject.HELP_REQUEST, "locate_again"),
    (Subject.HELP_REQUEST, "approve"),
    (Subject.HELP_REQUEST, "refer"),
    (Subject.HELP_REQUEST, "reject"),
    (Subject.HELP_REQUEST, "withdraw"),
    (Subject.HELP_REQUEST, "give_up"),
    (Subject.HELP_REQUEST, "finish"),
    (Subject.HELP_REQUEST, "complain_unheard"),
    (Subject.HELP_REQUEST, "reopen"),
    (Subject.HELP_REQUEST, "search_again"),
    (Subject.MATCH, "accept"),
    (Subject.MATCH, "thank"),
}


@dataclass(frozen=True)
class Helper:
    """A volunteer who comes: what the resident may know from the yes until the task is over."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Happening:
    """One thing that happened: subject and step name it, see rendering."""

    at: datetime
    subject: str
    step: str


@dataclass(frozen=True)
class Status:
    """A help request as the resident sees it. `asked`: how many neighbours were asked, no names.

    `is_unheard`: they said that they heard nothing, and nobody has seen to it yet. `is_unthanked`: somebody
    helped, and was not thanked. `is_on_hold`: somebody said yes, and must not come before a concern is looked into;
    then nothing here tells who, or the word for the door.
    """

    id: int
    public_id: str
    reference: str
    state: str
    kind: str
    gender_wish: str
    words: str
    person_name: str
    asker_name: str
    phone: str
    email: str
    languages: tuple[str, ...]
    reader_language: str
    timing: str
    wanted_by: datetime
    hours: int
    address: str
    postcode: str
    place_level: str | None
    place_accuracy_m: int | None
    place_label: str
    channel: str
    promised_by: datetime | None
    places_taken: int
    code_word: str
    referred_to: str | None
    closing_words: str
    went_well: bool | None
    asked: int
    is_unheard: bool
    is_unthanked: bool
    is_on_hold: bool
    helpers: tuple[Helper, ...]
    happenings: tuple[Happening, ...]
    idempotency_key: str

    @property
    def is_live(self) -> bool:
        """Whether something may still happen."""
        return self.state in LIVE_HELP_REQUEST

    @property
    def may_change(self) -> bool:
        """Whether nobody is coming yet, so that what, when and where can be changed."""
        return self.is_live and not self.places_taken


def status(db: Session, public_id: str) -> Status | None:
    """The status of a request by the id in its link."""
    which = select(HelpRequest, is_on_hold()).where(HelpRequest.public_id == public_id)
    found = db.execute(which).one_or_none()
    if found is None:
        return None
    row, must_wait = found
    return Status(
        **{name: getattr(row, name) for name in _COPIED},
        code_word="" if must_wait else row.code_word,
        languages=tuple(row.languages),
        **_matches(db, row.id),
        is_unheard=_is_unheard(db, row.id),
        is_on_hold=must_wait,
        helpers=() if must_wait else _helpers(db, row.id),
        happenings=_happenings(db, row.id),
    )


_COPIED = (
    "id", "public_id", "reference", "state", "kind", "gender_wish", "words", "person_name", "asker_name", "phone",
    "reader_language", "email", "timing", "wanted_by", "hours", "address", "postcode", "place_level",
    "place_accuracy_m", "place_label", "channel", "promised_by", "places_taken",
    "referred_to", "closing_words", "went_well", "idempotency_key",
)  # fmt: skip


def _matches(db: Session, help_request_id: int) -> dict[str, Any]:
    is_unthanked = and_(Match.state == MatchState.DONE, Match.thanks == "")
    asked, unthanked = db.execute(
        select(func.count(), func.coalesce(func.sum(case((is_unthanked, 1), else_=0)), 0)).where(
            Match.help_request_id == help_request_id, Match.asked_at.is_not(None)
        )
    ).one()
    return {"asked": asked, "is_unthanked": unthanked > 0}


def _is_unheard(db: Session, help_request_id: int) -> bool:
    which = (Attention.help_request_id == help_request_id, Attention.kind == Trouble.UNHEARD)
    return db.scalar(select(Attention.id).where(*which, Attention.resolved_at.is_(None))) is not None


def _helpers(db: Session, help_request_id: int) -> tuple[Helper, ...]:
    rows = db.execute(
        select(Volunteer.name, Volunteer.phone, Volunteer.email)
        .join(Match, Match.volunteer_id == Volunteer.id)
        .where(Match.help_request_id == help_request_id, Match.state == MatchState.ACCEPTED)
        .order_by(Match.place_no)
    )
    return tuple(Helper(row.name, row.phone, row.email) for row in rows)


def _happenings(db: Session, help_request_id: int) -> tuple[Happening, ...]:
    rows = db.execute(
        select(JournalEntry.at, JournalEntry.subject, JournalEntry.step)
        .where(JournalEntry.help_request_id == help_request_id)
        .order_by(JournalEntry.id)
    )
    shown = {(subject.value, step) for subject, step in SHOWN}
    return tuple(Happening(*row) for row in rows if (row.subject, row.step) in shown)
