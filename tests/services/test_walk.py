"""A town at random: residents, volunteers, staff, workers and the clock do whatever they may, in any order.

After each step nothing may be forgotten: this is what we promise, asked of the rows themselves.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import NotFound, PermanentFailure, Refused, TemporaryFailure
from leuvenhelpt.domain.lifecycle import CLOSED_HELP_REQUEST
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind, Located
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import aftercare, changes, closing, desk, locating, matches, notifications, pairing
from leuvenhelpt.services import help_requests as asking
from leuvenhelpt.services import volunteers as helping
from leuvenhelpt.storage.models import Attention, HelpRequest, Match, Notification, Volunteer
from leuvenhelpt.storage.queries import tasks
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from tests import make
from workers.locate import locate
from workers.notify import notify
from workers.pair import pair
from workers.sweep import sweep

STEPS = 60
KINDS = ("groceries", "company", "phone_call", "odd_job", "dog")
ADDRESSES = ("Naamsestraat 147", "Parkstraat 5", "Nergensstraat 1")


class Town:
    """What may happen, each a method whose name begins with `do_`."""

    def __init__(self, runtime: Runtime, clock: SetClock, seed: int) -> None:
        self.runtime, self.clock, self.dice = runtime, clock, random.Random(seed)
        self.staff = make.staff(runtime)
        known = runtime.geocoder.known  # type: ignore[attr-defined]
        known["Naamsestraat 147"] = Located(make.HERE, 1.0, is_accepted=True)
        known["Parkstraat 5"] = Located(make.NEARBY, 1.0, is_accepted=True)
        for _ in range(4):
            self.do_offer()

    def step(self) -> str:
        deeds = [name for name in dir(self) if name.startswith("do_")]
        name = self.dice.choice([*deeds, *["do_work"] * 6, *["do_answer"] * 4, *["do_wait"] * 4])
        with suppress(Refused, NotFound):
            getattr(self, name)()
        return name

    def facts(self) -> asking.AskFacts:
        email = self.dice.choice(["", "an@post.example"])
        days = self.dice.choice([0.1, 1, 2, 5])
        return make.ask_facts(
            kind=self.dice.choice(KINDS),
            email=email,
            address=self.dice.choice(ADDRESSES),
            wanted_by=self.clock.now + timedelta(days=days),
        )

    def do_ask(self) -> None:
        request = make.help_request(self.runtime, self.facts())
        if self.dice.random() < 0.2:
            with self.runtime.unit_of_work(MACHINE) as uow:
                uow.session.get_one(HelpRequest, request).places_needed = 2

    def do_offer(self) -> None:
        make.volunteer(
            self.runtime, max_asks_a_week=self.dice.choice([1, 2, 5]), vetting=self.dice.choice([0, 2])
        )

    def do_change(self) -> None:
        self.with_one(HelpRequest, lambda uow, id: changes.change_help_request(uow, id, facts=self.facts()))

    def do_withdraw(self) -> None:
        if self.dice.random() < 0.2:
            self.with_one(HelpRequest, closing.withdraw)

    def do_complain(self) -> None:
        self.with_one(HelpRequest, asking.complain_unheard)

    def do_answer(self) -> None:
        deed = self.dice.choice([matches.accept, matches.accept, matches.decline, matches.drop])
        self.with_one(Match, deed)

    def do_finish(self) -> None:
        self.with_one(Match, aftercare.finish)

    def do_say(self) -> None:
        well = self.dice.random() < 0.7
        self.with_one(HelpRequest, lambda uow, id: aftercare.answer_as_requester(uow, id, went_well=well))

    def do_volunteer(self) -> None:
        deeds: list[Callable[[UnitOfWork, int], None]] = [
            lambda uow, id: helping.pause(uow, id, until=uow.now + timedelta(days=1)),
            helping.resume,
            lambda uow, id: helping.block(uow, id, reason="zorg"),
            lambda uow, id: helping.unblock(uow, id, reason="gesproken"),
            helping.leave,
        ]
        if self.dice.random() < 0.3:
            self.with_one(Volunteer, self.dice.choice(deeds))

    def do_coordinate(self) -> None:
        deeds: list[Callable[[UnitOfWork, int], None]] = [
            pairing.approve,
            pairing.leave_to_machine,
            lambda uow, id: locating.place_by_hand(uow, id, place=make.POINTED_AT),
            lambda uow, id: pairing.ask_by_hand(uow, id, match_ids=self.ids(uow, Match)),
            lambda uow, id: closing.give_up(uow, id, words="Wij vonden niemand."),
            lambda uow, id: closing.refer(uow, id, service=next(iter(uow.city.services)), words="Zij wel."),
        ]
        self.with_one(HelpRequest, self.dice.choice(deeds))

    def do_settle(self) -> None:
        with self.runtime.reading() as db:
            rows = db.scalars(select(Attention).where(Attention.help_request_id.is_not(None))).all()
        if rows:
            row = self.dice.choice(rows)
            with self.as_staff() as uow:
                desk.settle(uow, row.id, row.help_request_id or 0, words="gezien")

    def do_ring(self) -> None:
        deed = self.dice.choice([notifications.record_no_answer, notifications.record_sent])
        with self.runtime.reading() as db:
            calls = select(Notification.id).where(
                Notification.channel == "call", Notification.state == "queued"
            )
            ids = db.scalars(calls).all()
        if ids:
            with self.as_staff() as uow:
                deed(uow, self.dice.choice(ids))

    def do_wait(self) -> None:
        self.clock.move(hours=self.dice.choice([0.2, 1, 3, 12, 30]))
        for _ in range(3):
            sweep(self.runtime)

    def do_work(self) -> None:
        mailer = self.runtime.mailer
        failures = [None, None, None, TemporaryFailure("later"), PermanentFailure("smtp 550")]
        mailer.failure = self.dice.choice(failures)  # type: ignore[attr-defined]
        for worker in self.dice.sample([locate, pair, notify, sweep], 3):
            worker(self.runtime)

    def as_staff(self) -> AbstractContextManager[UnitOfWork]:
        return self.runtime.unit_of_work(Actor(ActorKind.STAFF, self.staff))

    def ids(self, uow: UnitOfWork, table: type[Match | HelpRequest | Volunteer]) -> list[int]:
        return list(uow.session.scalars(select(table.id)))

    def with_one(
        self, table: type[Match | HelpRequest | Volunteer], deed: Callable[[UnitOfWork, int], None]
    ) -> None:
        with self.as_staff() as uow:
            ids = self.ids(uow, table)
            if ids:
                deed(uow, self.dice.choice(ids))

    def faults(self) -> list[str]:
        with self.runtime.reading() as db:
            requests = db.scalars(select(HelpRequest)).all()
            rows = db.scalars(select(Match)).all()
            people = {row.id: row for row in db.scalars(select(Volunteer))}
            troubles = db.scalars(select(Attention).where(Attention.resolved_at.is_(None))).all()
            told = db.scalars(select(Notification)).all()
            faults = [f for r in requests for f in self.of_request(r, rows, troubles, told)]
            faults += [
                f"{r.id} may be seen by who is not let in" for r in rows if self.is_leak(db, r, people)
            ]
            faults += [f"{kind} too often" for kind in self.too_many(told, rows)]
            faults += [f"volunteer {id} asked too often" for id in self.too_often(db, people)]
        return faults

    def of_request(
        self,
        request: HelpRequest,
        rows: Sequence[Match],
        troubles: Sequence[Attention],
        told: Sequence[Notification],
    ) -> Iterator[str]:
        name, mine = (
            f"{request.id} {request.state}",
            [row for row in rows if row.help_request_id == request.id],
        )
        heard = {row.kind for row in told if row.help_request_id == request.id}
        desk = {row.kind for row in troubles if row.help_request_id == request.id}
        if request.state in CLOSED_HELP_REQUEST:
            found = self.of_closed(request, mine, heard)
        elif request.state == "matched":
            found = self.of_matched(request, mine, heard)
        else:
            found = self.of_searched(request, mine, desk, heard)
        return (f"{name}: {fault}" for fault in found)

    def of_closed(self, request: HelpRequest, mine: list[Match], heard: set[str]) -> Iterator[str]:
        ends = {"done": "aftercare_requester", "withdrawn": ""}
        if (end := ends.get(request.state, f"request_{request.state}")) and end not in heard:
            yield "nobody was told"
        if any(row.state in {"asked", "accepted"} for row in mine):
            yield "somebody still counts on it"

    def of_live(self, request: HelpRequest, mine: list[Match]) -> Iterator[str]:
        coming = [row for row in mine if row.state in {"accepted", "done"}]
        if request.places_taken != len(coming):
            yield f"{request.places_taken} places, {len(coming)} helpers"

    def of_matched(self, request: HelpRequest, mine: list[Match], heard: set[str]) -> Iterator[str]:
        yield from self.of_live(request, mine)
        if request.look_at is None and "aftercare_requester" not in heard:
            yield "nothing will end it"

    def of_searched(
        self, request: HelpRequest, mine: list[Match], desk: set[str], heard: set[str]
    ) -> Iterator[str]:
        yield from self.of_live(request, mine)
        if request.promised_by is None and not {"overdue", "moment_passed"} <= desk | heard:
            yield "no promise"
        if request.state == "in_review" and not desk & {"review", "place", "nobody", "overdue"}:
            yield f"not on the desk, only {desk}"
        is_under_way = request.look_at is not None or any(row.state == "asked" for row in mine)
        if not is_under_way and not desk and (request.promised_by or self.clock.now) <= self.clock.now:
            yield "forgotten"
        if request.state == "submitted" and request.look_at is None:
            yield "nobody will look"

    def is_leak(self, db: Session, row: Match, people: dict[int, Volunteer]) -> bool:
        try:
            tasks.whereabouts(db, row.id, self.clock.now)
        except NotFound:
            return False
        return row.state not in {"accepted", "done"} or people[row.volunteer_id].state == "blocked"

    def too_many(self, told: Sequence[Notification], rows: Sequence[Match]) -> set[str]:
        asks = [row.match_id for row in told if row.kind == "ask"]
        most = {row.id: 1 + (row.asked_before_at is not None) for row in rows}
        return {"ask" for match_id in asks if match_id and asks.count(match_id) > most[match_id]}

    def too_often(self, db: Session, people: dict[int, Volunteer]) -> list[int]:
        week, asks = self.clock.now - timedelta(days=7), list[int]()
        for row in db.scalars(select(Match)):
            asks += [row.volunteer_id for at in (row.asked_at, row.asked_before_at) if at and at > week]
        return [id for id in set(asks) if asks.count(id) > people[id].max_asks_a_week]


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_nobody_is_forgotten(runtime: Runtime, clock: SetClock, seed: int) -> None:
    town, past = Town(runtime, clock, seed), list[str]()
    for _ in range(STEPS):
        past.append(town.step())
        assert town.faults() == [], past[-8:]
