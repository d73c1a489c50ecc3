"""Taking in a help request: once a form, and each with a number of its own."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import help_requests
from leuvenhelpt.storage.models import HelpRequest, JournalEntry, Notification
from tests import make


def submit(runtime: Runtime, facts: help_requests.AskFacts) -> str:
    with runtime.unit_of_work(make.RESIDENT) as uow:
        return help_requests.submit(uow, facts=facts)


def facts(runtime: Runtime, **changes: str) -> help_requests.AskFacts:
    return make.ask_facts(wanted_by=runtime.clock() + make.timedelta(days=2), **changes)


def count_of(runtime: Runtime, *tables: type) -> list[int | None]:
    with runtime.reading() as db:
        return [db.scalar(select(func.count()).select_from(table)) for table in tables]


def test_the_same_form_twice_is_one_request_and_one_receipt(runtime: Runtime) -> None:
    form = facts(runtime)
    assert submit(runtime, form) == submit(runtime, form)
    assert count_of(runtime, HelpRequest, JournalEntry, Notification) == [1, 1, 1]


def test_the_same_form_from_many_hands_at_one_moment_is_one_request(runtime: Runtime) -> None:
    form, together, told = facts(runtime), Barrier(4), list[str]()

    def press() -> None:
        together.wait()
        told.append(submit(runtime, form))

    hands = [Thread(target=press) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(told) == 4
    assert len(set(told)) == 1
    assert count_of(runtime, HelpRequest, JournalEntry, Notification) == [1, 1, 1]


def test_a_number_that_another_request_has_is_drawn_again(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([111_111, 111_111, 222_222])
    monkeypatch.setattr("leuvenhelpt.services.help_requests.secrets.randbelow", lambda _most: next(drawn))
    submit(runtime, facts(runtime))
    submit(runtime, facts(runtime))
    with runtime.reading() as db:
        references = db.scalars(select(HelpRequest.reference).order_by(HelpRequest.id)).all()
    assert references == ["211111", "322222"]
