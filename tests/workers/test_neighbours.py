"""The kept pool is at every moment what a freshly built one would be."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.messages import Need
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.services import aftercare, matches, volunteers
from leuvenhelpt.storage.models import Match, Volunteer
from leuvenhelpt.storage.queries.offers import genders_told, volunteer_offers, words_written
from tests import make
from tests.runtimes import runtime_for, settings_for
from workers.neighbours import Neighbours

HERE = {"lat": make.HERE.lat, "lon": make.HERE.lon}


def need(runtime: Runtime, **facts: object) -> Need:
    known: dict[str, object] = {
        "help_request_id": 1, "kind": "groceries", "languages": frozenset({"nl"}), "hours": ALWAYS, "vetting": 0,
        "wanted_by": runtime.clock() + timedelta(days=2),
    }  # fmt: skip
    return Need(**(HERE | known | facts))  # type: ignore[arg-type]


def needs(runtime: Runtime) -> list[Need]:
    return [
        need(runtime),
        need(runtime, kind="dog", languages=frozenset({"tr", "fr"}), hours=0b111, area="Leuven centrum"),
        need(runtime, kind="homework", vetting=2),
        need(runtime, kind="phone_call", lat=None, lon=None, languages=frozenset()),
    ]


def seen(pool: Pool, need: Need, runtime: Runtime) -> tuple[object, ...]:
    best = pool.best(need, 50, runtime.clock())
    ids = [one.volunteer_id for one in best]
    return best, sorted(map(repr, pool.why_not(need))), pool.nearly(need), pool.yes_probabilities(need, ids)


def assert_as_fresh(neighbours: Neighbours, runtime: Runtime) -> None:
    with runtime.reading() as db:
        kept = neighbours.fresh(db, runtime.clock())
        fresh = Pool.from_offers(volunteer_offers(db, runtime.clock()), runtime.clock())
        assert (neighbours.words, neighbours.genders) == (words_written(db), genders_told(db))
    assert len(kept) == len(fresh)
    for one in needs(runtime):
        assert seen(kept, one, runtime) == seen(fresh, one, runtime)


class Town:
    """Things that happen in a town, drawn by lot."""

    def __init__(self, runtime: Runtime, clock: SetClock, dice: random.Random) -> None:
        self.runtime, self.clock, self.dice = runtime, clock, dice

    def ids(self, table: type[Volunteer] | type[Match]) -> list[int]:
        with self.runtime.reading() as db:
            return [row.id for row in db.query(table).order_by(table.id)]

    def facts(self) -> dict[str, object]:
        kinds = ("groceries", "dog", "homework", "phone_call")
        return {
            "kinds": tuple(self.dice.sample(kinds, 2)),
            "languages": tuple(self.dice.sample(("nl", "fr", "tr"), 2)),
            "hours": self.dice.choice([ALWAYS, 0b11, self.dice.getrandbits(21)]),
            "reach_km": self.dice.choice([0.3, 2.0, 20.0]),
            "max_asks_a_week": self.dice.randrange(4),
            "gender": self.dice.choice(["", "woman", "man"]),
            "words": self.dice.choice(["", "Ik kan koken."]),
        }

    def come(self) -> None:
        lat = 50.87 + self.dice.uniform(-0.05, 0.05)
        make.volunteer(
            self.runtime, vetting=self.dice.randrange(4), place=replace(make.HERE, lat=lat), **self.facts()
        )

    def change(self) -> None:
        facts = make.offer_facts(**self.facts())
        self.act(lambda uow, number: volunteers.change(uow, number, facts=facts, reader_language="nl"))

    def step(self) -> None:
        until = self.clock() + timedelta(hours=self.dice.randrange(1, 400))
        step = self.dice.choice(
            [
                lambda uow, number: volunteers.pause(uow, number, until=until),
                volunteers.resume,
                lambda uow, number: volunteers.vet(uow, number, level=self.dice.randrange(4), reason="x"),
                lambda uow, number: self.dice.random() < 0.3 and volunteers.leave(uow, number),
                lambda uow, number: self.dice.random() < 0.3 and volunteers.block(uow, number, reason="x"),
            ]
        )
        self.act(step)

    def ask(self) -> None:
        people = self.dice.sample(self.ids(Volunteer), 3)
        make.shortlist(self.runtime, make.located_request(self.runtime), people)

    def answer(self) -> None:
        deed = self.dice.choice(
            [matches.accept, matches.decline, matches.lapse, matches.drop, aftercare.finish]
        )
        self.act(deed, Match)

    def wait(self) -> None:
        self.clock.move(hours=self.dice.choice([1, 5, 30, 170, 24 * 30]))

    def act(self, deed: Callable[..., object], table: type[Volunteer] | type[Match] = Volunteer) -> None:
        ids = self.ids(table)
        with suppress(Refused), self.runtime.unit_of_work(make.MACHINE) as uow:
            if ids:
                deed(uow, self.dice.choice(ids))


def test_random_changes_leave_the_kept_pool_as_a_fresh_one(runtime: Runtime, clock: SetClock) -> None:
    town = Town(runtime, clock, random.Random(7))
    for _ in range(5):
        town.come()
    neighbours = Neighbours()
    happenings = [
        town.come,
        town.change,
        town.step,
        town.step,
        town.ask,
        town.ask,
        town.answer,
        town.answer,
        town.wait,
    ]
    for _ in range(40):
        for happening in town.dice.choices(happenings, k=town.dice.randrange(1, 4)):
            happening()
        assert_as_fresh(neighbours, runtime)


def test_a_pause_that_ends_by_the_clock_is_seen(runtime: Runtime, clock: SetClock) -> None:
    who, neighbours = make.volunteer(runtime, max_asks_a_week=1), Neighbours()
    make.asked_match(runtime, volunteer_id=who)

    def found() -> list[int]:
        with runtime.reading() as db:
            pool = neighbours.fresh(db, clock())
        return [one.volunteer_id for one in pool.best(need(runtime), 9, clock())]

    assert found() == []
    clock.move(days=7)
    assert found() == [who]


@pytest.fixture
def on_postgresql(postgresql_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Runtime]:
    built = runtime_for(settings_for(tmp_path, postgresql_url), clock)
    yield built
    built.engine.dispose()


def test_who_began_first_and_commits_last_is_not_missed(on_postgresql: Runtime) -> None:
    runtime, neighbours = on_postgresql, Neighbours()
    slow, quick = make.volunteer(runtime), make.volunteer(runtime)
    assert_as_fresh(neighbours, runtime)
    with runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.leave(uow, slow)
        uow.session.flush()
        with runtime.unit_of_work(make.MACHINE) as other:
            volunteers.leave(other, quick)
        assert_as_fresh(neighbours, runtime)
        with runtime.reading() as db:
            assert len(neighbours.fresh(db, runtime.clock())) == 1
    assert_as_fresh(neighbours, runtime)


def test_a_look_in_which_nothing_is_new_is_one_small_question(runtime: Runtime) -> None:
    neighbours = Neighbours()
    make.volunteer(runtime)
    asked: list[str] = []
    with runtime.reading() as db:
        neighbours.fresh(db, runtime.clock())
        neighbours.fresh(db, runtime.clock())
        event.listen(
            db.get_bind(), "before_cursor_execute", lambda _c, _cursor, sql, *_rest: asked.append(sql)
        )
        neighbours.fresh(db, runtime.clock())
    assert len(asked) == 1
    assert not any("FROM volunteer" in sql for sql in asked)
