"""A city's last twelve months, counted: enough to draw people like them, and nobody among them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.what_if import History
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import closing
from leuvenhelpt.storage.queries.last_year import history, last_year
from tests import make, people
from tests.make import RESIDENT
from tests.storage.test_desk import statements


def test_the_year_is_counted_and_nobody_is_in_it(runtime: Runtime, clock: SetClock) -> None:
    make.located_request(runtime, people.an())
    clock.move(days=330)
    make.volunteer(runtime, vetting=1, languages=("nl", "fr"), kinds=("groceries",))
    make.located_request(runtime, kind="dog", timing=Timing.BEFORE, languages=("fr", "nl"))
    withdrawn = make.located_request(runtime, kind="dog")
    with runtime.unit_of_work(RESIDENT) as uow:
        closing.withdraw(uow, withdrawn)
    clock.move(days=10)
    with statements(runtime) as sent, runtime.reading() as db:
        found = last_year(db, clock())
    assert len(sent) == 3
    assert found.history == History(requests=2, volunteers=1, days=340)
    assert found.wanted == {("groceries", "3000", True): 1, ("dog", "3000", False): 1}
    assert found.wanted_languages == {("nl",): 1, ("fr", "nl"): 1}
    assert (found.offered, found.ways) == ({("groceries",): 1}, {("bike", 5.0): 1})
    assert (found.limits, found.hours, found.homes) == ({(1, 7): 1}, {ALWAYS: 1}, {"3000": 1})
    assert (found.joined, sum(found.by_weekday.values())) == (1, 2)
    assert [secret for secret in people.AN_SECRETS if secret in str(dataclasses.asdict(found))] == []


def test_what_is_older_than_a_year_does_not_count(runtime: Runtime, clock: SetClock) -> None:
    make.located_request(runtime)
    with runtime.reading() as db:
        assert history(db, clock() + timedelta(days=364)) == History(1, 0, 364)
        assert history(db, clock() + timedelta(days=366)) == History(0, 0, 0)


def test_how_much_is_enough() -> None:
    assert History(requests=50, volunteers=10, days=28).is_enough
    for few in (History(49, 10, 28), History(50, 9, 28), History(50, 10, 27)):
        assert not few.is_enough
