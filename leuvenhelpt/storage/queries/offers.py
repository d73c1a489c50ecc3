"""What every volunteer offers, for matching: all at once in bulk, then only what changed since."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Row, Select, Text, bindparam, case, cast, func, select, true
from sqlalchemy.orm import Session

from leuvenhelpt.domain.lifecycle import MatchState, Subject, VolunteerState
from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.domain.suiting import trust
from leuvenhelpt.storage.models import JournalEntry, Match, Volunteer
from leuvenhelpt.storage.revisions import SettledRevision
from leuvenhelpt.storage.types import UtcDateTime

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
AT_ONCE = 500
GONE = (VolunteerState.LEFT, VolunteerState.BLOCKED)
SAID_YES = (MatchState.ACCEPTED, MatchState.DONE)
SAID_NO = (MatchState.DECLINED, MatchState.LAPSED)

AnyRow = Row[*tuple[Any, ...]]


class OfferNow(NamedTuple):
    """An offer as it is now. `turns_at`: when the clock alone will change it; None if it will not.

    `gender` stands beside the offer: matching weighs it only for who wishes so, and learns nothing from it.
    """

    offer: VolunteerOffer
    turns_at: datetime | None
    gender: str


class Changes(NamedTuple):
    """Volunteers of whom anything may have changed, and the mark from which to look the next time."""

    volunteer_ids: set[int]
    mark: int


class Line(NamedTuple):
    """A line of the journal, told apart from any other that may come to bear its number. `at`: ISO 8601."""

    number: int
    at: str


def newest_line(db: Session) -> Line:
    """The last line of the journal that can be read; number 0 while there is none."""
    newest = select(JournalEntry.id, JournalEntry.at).order_by(JournalEntry.id.desc()).limit(1)
    row = db.execute(newest).first()
    return Line(row.id, row.at.isoformat()) if row else Line(0, "")


def goes_on_from(db: Session, line: Line, mark: int) -> bool:
    """Whether this journal is still the one in which a line was the newest, so that `mark` means the same.

    A database put back from a copy lacks the line, has another in its place, or has written later ones anew
    under lower revisions.
    """
    at = db.scalar(select(JournalEntry.at).where(JournalEntry.id == line.number))
    if (at.isoformat() if at else "") != line.at:
        return False
    since = db.scalars(select(JournalEntry.revision).where(JournalEntry.id > line.number))
    return all(revision >= mark for revision in since)


def words_written(db: Session) -> dict[int, str]:
    """What volunteers wrote about themselves, by id; of those who wrote anything and have not left."""
    wrote = select(Volunteer.id, Volunteer.words).where(Volunteer.words != "", Volunteer.state.not_in(GONE))
    return {row.id: row.words for row in db.execute(wrote)}


def genders_told(db: Session) -> dict[int, str]:
    """What volunteers said of themselves, by id; of those who said it and have not left."""
    told = select(Volunteer.id, Volunteer.gender).where(Volunteer.gender != "", Volunteer.state.not_in(GONE))
    return {row.id: row.gender for row in db.execute(told)}


def settled_mark(db: Session) -> int:
    """The mark from which `changes_since` finds all that cannot be read yet."""
    return db.scalar(_SETTLED) or 0


def changes_since(db: Session, mark: int) -> Changes:
    """Who changed, was asked or answered in a transaction that could not be read at `mark`, or just before.

    Nothing about a volunteer or a match changes without a line in the journal, so the journal tells.
    """
    # One statement, so that both are of one moment: what commits after it is found the next time.
    rows = db.connection().execute(_CHANGED_AND_NEXT, {"mark": mark}).all()
    return Changes({row.volunteer_id for row in rows if row.volunteer_id}, rows[0].mark or 0)


def volunteer_offers(db: Session, now: datetime) -> list[VolunteerOffer]:
    """The offer of every volunteer who has not left, in two queries whatever their number."""
    return [one.offer for one in all_offers(db, now)]


def all_offers(db: Session, now: datetime) -> Iterator[OfferNow]:
    """Every volunteer who has not left; rows of the database only, no objects of the mapper."""
    return _offers(db, _VOLUNTEERS, _ASKS, now)


def offers_of(db: Session, volunteer_ids: Collection[int], now: datetime) -> Iterator[OfferNow]:
    """The same of some; whoever has left is missing from the answer."""
    ids = sorted(volunteer_ids)
    for start in range(0, len(ids), AT_ONCE):
        some: Sequence[int] = ids[start : start + AT_ONCE]
        yield from _offers(db, _SOME_VOLUNTEERS, _ASKS_OF_SOME, now, some=some)


def _volunteers() -> Select[*tuple[Any, ...]]:
    return select(
        Volunteer.id, cast(Volunteer.kinds, Text), cast(Volunteer.languages, Text), Volunteer.hours,
        Volunteer.lat, Volunteer.lon, Volunteer.reach_km, Volunteer.means, Volunteer.vetting,
        Volunteer.vetted_until, Volunteer.state, Volunteer.paused_until, Volunteer.notice_version,
        Volunteer.max_asks_a_week, Volunteer.created_at, Volunteer.area, Volunteer.words,
        Volunteer.gender,
    ).where(Volunteer.state.not_in(GONE))  # fmt: skip


def _asks() -> Select[*tuple[Any, ...]]:
    week_ago = bindparam("week_ago", type_=UtcDateTime())
    month_ago = bindparam("month_ago", type_=UtcDateTime())
    in_week, in_month = Match.asked_at > week_ago, Match.asked_at > month_ago
    # Who was asked twice for one request was asked twice; the first of both is always the older.
    first_in_week, first_in_month = Match.asked_before_at > week_ago, Match.asked_before_at > month_ago
    return (
        select(
            Match.volunteer_id,
            func.sum(case((first_in_week, 2), (in_week, 1), else_=0)),
            func.sum(case((first_in_month, 2), (in_month, 1), else_=0)),
            func.sum(case((Match.state.in_(SAID_YES), 1), else_=0)),
            func.sum(case((Match.state.in_(SAID_NO), 1), else_=0)),
            func.max(Match.asked_at),
            func.min(case((first_in_week, Match.asked_before_at), (in_week, Match.asked_at))),
            func.min(case((first_in_month, Match.asked_before_at), (in_month, Match.asked_at))),
        )
        .where(Match.asked_at.is_not(None))
        .group_by(Match.volunteer_id)
    )


_SOME = bindparam("some", type_=Integer(), expanding=True)
_VOLUNTEERS, _ASKS = _volunteers(), _asks()
_SOME_VOLUNTEERS = _VOLUNTEERS.where(Volunteer.id.in_(_SOME))
_ASKS_OF_SOME = _ASKS.where(Match.volunteer_id.in_(_SOME))
_SETTLED = select(SettledRevision())
# What is told to a volunteer has lines too, but changes nothing about them.
_CHANGED = (
    select(JournalEntry.volunteer_id)
    .where(
        JournalEntry.revision >= bindparam("mark"),
        JournalEntry.volunteer_id.is_not(None),
        JournalEntry.subject != Subject.NOTIFICATION,
    )
    .distinct()
    .subquery()
)
_NEXT = select(SettledRevision().label("mark")).subquery()
# The mark also where nobody changed.
_CHANGED_AND_NEXT = select(_NEXT.c.mark, _CHANGED.c.volunteer_id).join_from(
    _NEXT, _CHANGED, true(), isouter=True
)


def _offers(
    db: Session,
    people: Select[*tuple[Any, ...]],
    asks: Select[*tuple[Any, ...]],
    now: datetime,
    **which: Sequence[int],
) -> Iterator[OfferNow]:
    moments = {"week_ago": now - WEEK, "month_ago": now - MONTH}
    asked = {row[0]: row for row in db.execute(asks, moments | which)}
    never = (0, 0, 0, 0, 0, None, None, None)
    for row in db.execute(people, which, execution_options={"yield_per": 10_000}):
        yield _offer(row, asked.get(row[0], never), now)


@lru_cache(maxsize=1 << 16)  # a few hundred combinations, however many people
def _names(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


def _offer(row: AnyRow, asked: AnyRow | tuple[Any, ...], now: datetime) -> OfferNow:
    number, kinds, languages, hours, lat, lon, reach_km, means, vetting, vetted_until, *more = row
    state, paused_until, notice, most, since, area, words, gender = more
    _, in_week, in_month, said_yes, said_no, last, first_in_week, first_in_month = asked
    offer = VolunteerOffer(
        volunteer_id=number,
        kinds=_names(kinds),
        languages=_names(languages),
        hours=hours,
        lat=lat,
        lon=lon,
        reach_km=reach_km,
        means=means,
        vetting=trust(vetting, vetted_until, now),
        is_available=state == VolunteerState.ACTIVE and not _is_ahead(paused_until, now),
        has_notice=notice is not None,
        asks_left=max(0, most - in_week),
        asked_recently=in_month,
        said_yes=said_yes,
        said_no=said_no,
        last_asked=last,
        since=since,
        area=area,
        words=words,
    )
    turns_at = _turns_at(now, first_in_week, first_in_month, vetted_until, paused_until)
    return OfferNow(offer, turns_at, gender)


def _is_ahead(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment > now


def _turns_at(
    now: datetime, first_in_week: datetime | None, first_in_month: datetime | None, *ends: datetime | None
) -> datetime | None:
    turns = [end for end in ends if end is not None and end > now]
    turns += [first_in_week + WEEK] if first_in_week else []
    turns += [first_in_month + MONTH] if first_in_month else []
    return min(turns, default=None)
