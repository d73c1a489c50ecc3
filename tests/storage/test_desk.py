"""The desk lists what would hurt most first, and counts without asking more than it must."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind
from leuvenhelpt.services import attention, desk
from leuvenhelpt.storage.models import Attention
from leuvenhelpt.storage.queries import desk as query
from tests import make

TOMORROW = datetime(2026, 11, 24, 23, tzinfo=UTC)
EVERYTHING = query.Sieve(account_id=0)


@contextmanager
def statements(runtime: Runtime) -> Iterator[list[str]]:
    """The SQL that is sent while this is open."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    event.listen(runtime.engine, "before_cursor_execute", note)
    yield sent
    event.remove(runtime.engine, "before_cursor_execute", note)


def trouble(runtime: Runtime, kind: Trouble, due: timedelta, *, help_request_id: int = 0) -> int:
    """Something on the desk about a request of its own; the id of that request."""
    help_request_id = help_request_id or make.help_request(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        due_at = runtime.clock() + due
        attention.raise_trouble(uow, kind, due_at=due_at, help_request_id=help_request_id)
    return help_request_id


def order(runtime: Runtime, sieve: query.Sieve = EVERYTHING) -> list[tuple[str, int]]:
    with runtime.reading() as db:
        page = query.page(db, sieve, runtime.clock(), tomorrow=TOMORROW)
    return [(row.trouble, row.urgency) for row in page.rows]


def test_what_would_hurt_most_comes_first(runtime: Runtime) -> None:
    trouble(runtime, Trouble.REVIEW, timedelta(days=2))
    trouble(runtime, Trouble.REVIEW, timedelta(hours=3))
    trouble(runtime, Trouble.UNDELIVERABLE, timedelta(hours=-1))
    trouble(runtime, Trouble.PROMISE, timedelta(minutes=40))
    trouble(runtime, Trouble.REVIEW, timedelta(minutes=-25))
    trouble(runtime, Trouble.CALL, timedelta(minutes=-5))
    trouble(runtime, Trouble.UNWELL, timedelta())
    trouble(runtime, Trouble.UNHEARD, timedelta())
    assert order(runtime) == [
        ("unheard", 0),
        ("unwell", 0),
        ("call", 1),
        ("review", 1),
        ("undeliverable", 2),
        ("promise", 2),
        ("review", 2),
        ("review", 3),
    ]


def test_sieve_lets_through_what_was_asked_for(runtime: Runtime) -> None:
    stef = make.staff(runtime)
    mine = trouble(runtime, Trouble.NOBODY, timedelta(hours=1))
    trouble(runtime, Trouble.CALL, timedelta(hours=2), help_request_id=make.help_request(runtime, kind="dog"))
    with runtime.unit_of_work(Actor(ActorKind.STAFF, stef)) as uow:
        desk.take_up(uow, mine)
    assert order(runtime, query.Sieve(stef, whose="mine")) == [("nobody", 2)]
    assert order(runtime, query.Sieve(stef, whose="nobody")) == [("call", 2)]
    assert order(runtime, query.Sieve(stef, kind="dog")) == [("call", 2)]
    assert order(runtime, query.Sieve(stef, troubles=[Trouble.NOBODY])) == [("nobody", 2)]
    soon = runtime.clock() + timedelta(hours=1)
    with runtime.reading() as db:
        counted = query.counts(db, query.Sieve(stef), runtime.clock(), soon=soon)
        dogs = query.counts(db, query.Sieve(stef, "mine", "dog"), runtime.clock(), soon=soon)
        calls = query.counts(
            db, query.Sieve(stef, troubles=[Trouble.CALL, Trouble.NOBODY]), runtime.clock(), soon=soon
        )
    assert counted == query.DeskCounts(
        total=2, shown=2, mine=1, nobodys=1, calls=1, letters=0, concerns=0, late=0, soon=1
    )
    assert dogs == dataclasses.replace(counted, shown=1, mine=0)
    assert calls == counted


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_asks_one_query_for_rows_and_one_for_counts(runtime: Runtime, rows: int) -> None:
    for _ in range(rows):
        trouble(runtime, Trouble.REVIEW, timedelta(hours=1))
    with statements(runtime) as sent, runtime.reading() as db:
        page = query.page(db, EVERYTHING, runtime.clock(), tomorrow=TOMORROW)
        query.counts(db, EVERYTHING, runtime.clock(), soon=TOMORROW)
    assert (len(page.rows), page.total, len(sent)) == (rows, rows, 2)


def more_than_a_page(runtime: Runtime) -> None:
    """One thing on the desk more than a page holds, all of them for today."""
    about = make.help_request(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        for number in range(query.PAGE + 1):
            due = uow.now + timedelta(minutes=number)
            row = Attention(kind="review", dedupe_key=f"{number}", raised_at=uow.now, due_at=due)
            row.help_request_id = about
            uow.session.add(row)


def test_pages_hold_no_more_than_a_page(runtime: Runtime) -> None:
    more_than_a_page(runtime)
    with runtime.reading() as db:
        now = runtime.clock()
        first = query.page(db, EVERYTHING, now, tomorrow=TOMORROW)
        second = query.page(db, EVERYTHING, now, tomorrow=TOMORROW, number=2)
    assert (len(first.rows), len(second.rows), first.total) == (query.PAGE, 1, query.PAGE + 1)
    assert {row.alike for row in (*first.rows, *second.rows)} == {query.PAGE + 1}
