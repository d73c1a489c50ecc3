"""What needs a person now: the rows of the desk, what would hurt most first, and their numbers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, select
from sqlalchemy.orm import Session

from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.storage.models import Account, Attention, HelpRequest, Match, Volunteer

PAGE = 25
# Whoever is named here is not well, or thinks that we forgot them.
FIRST = (Trouble.CONCERN, Trouble.UNHEARD, Trouble.UNWELL)
# Past its hour, each of these is a promise we broke.
PROMISED = (Trouble.CALL, Trouble.PROMISE, Trouble.NOBODY, Trouble.PLACE, Trouble.REVIEW)
SEVERITY = {trouble.value: rank for rank, trouble in enumerate(Trouble)}


@dataclass(frozen=True)
class Sieve:
    """Which rows to show. `whose`: "mine", "nobody" or "" for all; `kind`: a kind of help."""

    account_id: int
    whose: str = ""
    kind: str = ""
    troubles: Collection[str] = ()


@dataclass(frozen=True)
class DeskRow:
    """One thing that needs a person. `urgency`: 0 somebody is not well, 1 late, 2 today, 3 later.

    About a help request `reference` is set, about a volunteer alone `volunteer` (the public id); what anybody
    reports has a page of its own, by `concern_id`.
    `asked`, `proposed`: how many volunteers wait to answer, and how many could be asked.
    `alike`: how many rows are equally urgent, on all pages together.
    """

    attention_id: int
    trouble: str
    urgency: int
    due_at: datetime
    raised_at: datetime
    note: str
    reference: str | None
    kind: str | None
    area: str
    state: str | None
    taken_by_id: int | None
    taken_by: str
    volunteer: str | None
    concern_id: int | None
    asked: int
    proposed: int
    alike: int

    @property
    def is_promise(self) -> bool:
        """Whether somebody was promised to hear from us by `due_at`."""
        return self.trouble in PROMISED


@dataclass(frozen=True)
class DeskPage:
    """One page of rows, and how many there are on all pages together."""

    rows: tuple[DeskRow, ...]
    total: int


@dataclass(frozen=True)
class DeskCounts:
    """Numbers over the whole desk. `late`: broken promises; `soon`: promises that end before a moment.

    Of the list at hand alone: `shown`, and of these `mine` and `nobodys`.
    """

    total: int
    shown: int
    mine: int
    nobodys: int
    calls: int
    letters: int
    concerns: int
    late: int
    soon: int


def page(db: Session, sieve: Sieve, now: datetime, *, tomorrow: datetime, number: int = 1) -> DeskPage:
    """The rows of one page (from 1). `tomorrow`: the moment today ends. One query."""
    urgency = _urgency(now, tomorrow)
    is_late = case((urgency <= 1, 0), else_=1)
    severity = case(SEVERITY, value=Attention.kind, else_=len(SEVERITY))
    order = (urgency, case((is_late == 0, severity), else_=0), Attention.due_at, severity, Attention.id)
    shown = (
        select(
            Attention.id,
            func.count().over().label("total"),
            func.count().over(partition_by=urgency).label("alike"),
        )
        .join(HelpRequest, HelpRequest.id == Attention.help_request_id, isouter=True)
        .where(*_passing(sieve))
        .order_by(*order)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
        .subquery()
    )
    query = (
        _rows(urgency, shown.c.total, shown.c.alike).join(shown, shown.c.id == Attention.id).order_by(*order)
    )
    found = db.execute(query).all()
    return DeskPage(tuple(_fact(row) for row in found), found[0].total if found else 0)


def counts(db: Session, sieve: Sieve, now: datetime, *, soon: datetime) -> DeskCounts:
    """The numbers in the heading, and beside the filters of what the sieve lets through. One query."""
    is_promise, taken_by = Attention.kind.in_(PROMISED), HelpRequest.taken_up_by
    is_shown = and_(*_passing(replace(sieve, whose="")))
    row = db.execute(
        select(
            func.count(),
            _number(is_shown),
            _number(and_(is_shown, taken_by == sieve.account_id)),
            _number(and_(is_shown, taken_by.is_(None))),
            _number(Attention.kind == Trouble.CALL),
            _number(Attention.kind == Trouble.LETTER),
            _number(Attention.kind.in_(FIRST)),
            _number(and_(is_promise, Attention.due_at < now)),
            _number(and_(is_promise, Attention.due_at >= now, Attention.due_at <= soon)),
        )
        .select_from(Attention)
        .join(HelpRequest, HelpRequest.id == Attention.help_request_id, isouter=True)
        .where(Attention.resolved_at.is_(None))
    ).one()
    return DeskCounts(*(int(number or 0) for number in row))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _urgency(now: datetime, tomorrow: datetime) -> ColumnElement[int]:
    return case(
        (Attention.kind.in_(FIRST), 0),
        (and_(Attention.kind.in_(PROMISED), Attention.due_at < now), 1),
        (Attention.due_at < tomorrow, 2),
        else_=3,
    )


def _matches(state: MatchState) -> ColumnElement[int]:
    which = (Match.help_request_id == Attention.help_request_id, Match.state == state)
    return select(func.count()).select_from(Match).where(*which).correlate(Attention).scalar_subquery()


def _rows(urgency: ColumnElement[int], *numbers: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Attention,
            urgency.label("urgency"),
            HelpRequest.reference,
            HelpRequest.kind,
            func.coalesce(HelpRequest.area, Volunteer.area, literal("")).label("area"),
            HelpRequest.state,
            HelpRequest.taken_up_by,
            Account.name.label("taken_by"),
            Volunteer.public_id.label("volunteer"),
            _matches(MatchState.ASKED).label("asked"),
            _matches(MatchState.PROPOSED).label("proposed"),
            *numbers,
        )
        .join(HelpRequest, HelpRequest.id == Attention.help_request_id, isouter=True)
        .join(Account, Account.id == HelpRequest.taken_up_by, isouter=True)
        .join(Volunteer, Volunteer.id == Attention.volunteer_id, isouter=True)
    )


def _passing(sieve: Sieve) -> list[ColumnElement[bool]]:
    passing: list[ColumnElement[bool]] = [Attention.resolved_at.is_(None)]
    if sieve.whose == "mine":
        passing.append(HelpRequest.taken_up_by == sieve.account_id)
    if sieve.whose == "nobody":
        passing.append(HelpRequest.taken_up_by.is_(None))
    if sieve.kind:
        passing.append(HelpRequest.kind == sieve.kind)
    if sieve.troubles:
        passing.append(Attention.kind.in_(sieve.troubles))
    return passing


def _fact(row: Row[*tuple[Any, ...]]) -> DeskRow:
    attention = row.Attention
    return DeskRow(
        attention_id=attention.id,
        trouble=attention.kind,
        urgency=row.urgency,
        due_at=attention.due_at,
        raised_at=attention.raised_at,
        note=attention.note,
        reference=row.reference,
        kind=row.kind,
        area=row.area,
        state=row.state,
        taken_by_id=row.taken_up_by,
        taken_by=row.taken_by or "",
        volunteer=row.volunteer,
        concern_id=attention.concern_id,
        asked=row.asked,
        proposed=row.proposed,
        alike=row.alike,
    )
