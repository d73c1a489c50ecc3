"""Rather not this pair again: never proposed to each other, also after who asked was forgotten."""

from collections.abc import Callable
from typing import Any

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.pairs import marks_of
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import aftercare, attention, housekeeping
from leuvenhelpt.storage.models import HelpRequest, Match
from leuvenhelpt.storage.queries.matching import pairing_task
from tests import make

PHONE, EMAIL = "+32470111111", "an@post.example"
WAYS: dict[str, Callable[..., Any]] = {
    "the volunteer": lambda uow, _request, match: aftercare.rather_not_as_volunteer(uow, match),
    "the resident": lambda uow, request, _match: aftercare.rather_not_as_requester(uow, request),
    "it went wrong": lambda uow, request, _match: aftercare.answer_as_requester(
        uow, request, went_well=False
    ),
}


def excluded(runtime: Runtime, **facts: str) -> frozenset[int]:
    """Whom a new request with these facts would never be proposed."""
    request = make.located_request(runtime, **facts)
    with runtime.reading() as db:
        task = pairing_task(db, request, runtime.city, runtime.clock())
    assert task is not None
    return task.need.excluded


@pytest.mark.parametrize("way", WAYS)
def test_whoever_says_so_they_are_kept_apart(runtime: Runtime, clock: SetClock, way: str) -> None:
    who, request = make.volunteer(runtime), make.located_request(runtime, phone=PHONE, email=EMAIL)
    match = make.done_match(runtime, request, who)
    assert excluded(runtime, phone=PHONE, email=EMAIL) == frozenset()
    for _ in range(2):  # saying it twice changes nothing
        with runtime.unit_of_work(make.RESIDENT) as uow:
            WAYS[way](uow, request, match)
    clock.move(days=100)
    with runtime.unit_of_work(make.MACHINE) as uow:
        attention.resolve_for_help_request(uow, request, {Trouble.UNWELL})  # what went wrong was looked into
        housekeeping.forget_persons(uow)
    assert make.row_of(runtime, HelpRequest, request).phone == ""
    assert excluded(runtime, phone=PHONE, email="") == {who}
    assert excluded(runtime, phone="", email=EMAIL) == {who}
    assert excluded(runtime, phone="+32470222222", email="other@post.example") == frozenset()


def test_only_who_helped_may_say_so(runtime: Runtime) -> None:
    match = make.asked_match(runtime)
    with pytest.raises(Refused), runtime.unit_of_work(make.VOLUNTEER) as uow:
        aftercare.rather_not_as_volunteer(uow, match)
    assert make.row_of(runtime, Match, match).state == "asked"


def test_a_mark_recognizes_and_does_not_tell() -> None:
    assert marks_of("+32470 11 11 11", " An@Post.example") == marks_of(PHONE, EMAIL)
    assert marks_of("", "") == frozenset()
    assert {len(mark) for mark in marks_of(PHONE, EMAIL)} == {6}
