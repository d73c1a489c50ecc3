"""What a worker found is recorded only while the row is still its own; what cannot be sent is told to a person."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE, Located, Place
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.services import changes, claims, matches, pairing
from leuvenhelpt.storage.models import HelpRequest, Match, Notification
from tests import make
from tests.make import VOLUNTEER
from tests.services.test_pairing import troubles
from workers.locate import locate
from workers.neighbours import Neighbours
from workers.notify import notify
from workers.pair import Kept, pair


class Interrupted:
    """A geocoder during whose answer the resident changes the address."""

    def __init__(self, runtime: Runtime, request: int) -> None:
        self.runtime, self.request, self.asked = runtime, request, list[str]()

    def locate(self, line: str, _postcode: str) -> Located:
        self.asked.append(line)
        if len(self.asked) == 1:
            facts = make.ask_facts(address="Parkstraat 5", wanted_by=self.runtime.clock() + timedelta(days=2))
            with self.runtime.unit_of_work(make.RESIDENT) as uow:
                changes.change_help_request(uow, self.request, facts=facts)
        place: Place = make.NEARBY if line.startswith("Parkstraat") else make.HERE
        return Located(place, 1.0, is_accepted=True)


def test_the_place_of_an_old_address_is_never_noted_for_the_new(runtime: Runtime) -> None:
    request = make.help_request(runtime)
    geocoder = Interrupted(runtime, request)
    object.__setattr__(runtime, "geocoder", geocoder)
    locate(runtime)
    assert make.row_of(runtime, HelpRequest, request).lat is None
    locate(runtime)  # the change rang
    row = make.row_of(runtime, HelpRequest, request)
    assert geocoder.asked == ["Naamsestraat 147", "Parkstraat 5"]
    assert (row.state, row.address, row.lat) == ("open", "Parkstraat 5", make.NEARBY.lat)


def test_a_message_that_cannot_be_written_is_retried_and_then_a_persons(
    runtime: Runtime, clock: SetClock
) -> None:
    make.asked_match(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        for match in uow.session.query(Match):
            match.reasons = [{"a reason": "from another version"}]
    (ask,) = make.notifications(runtime, "ask")
    make.help_request(runtime)
    notify(runtime)
    assert {told.state for told in make.notifications(runtime, "request_received")} == {"sent"}
    row = make.row_of(runtime, Notification, ask.id)
    assert (row.state, row.attempts) == ("queued", 2)  # at once, and then not before half a minute
    with runtime.unit_of_work(MACHINE) as uow:
        uow.session.get_one(Notification, ask.id).created_at = clock.now - timedelta(days=1)
    clock.move(minutes=1)
    notify(runtime)
    assert make.row_of(runtime, Notification, ask.id).state == "undeliverable"
    assert troubles(runtime) == ["undeliverable"]


class Meanwhile(Neighbours):
    """Neighbours during whose reading something happens, once."""

    def __init__(self, deed: Callable[[], object]) -> None:
        super().__init__()
        self.deeds = [deed]

    def fresh(self, db: Session, now: datetime) -> Pool:
        while self.deeds:
            self.deeds.pop()()
        return super().fresh(db, now)


def in_state(runtime: Runtime, request: int, state: str) -> list[int]:
    with runtime.reading() as db:
        which = select(Match.id).where(Match.help_request_id == request, Match.state == state)
        return list(db.scalars(which.order_by(Match.rank)))


def with_asks_out(runtime: Runtime, *, places: int = 1) -> tuple[int, list[int]]:
    """A request that waits to be looked at anew, and its asks of which an answer is awaited."""
    request = make.located_request(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        uow.session.get_one(HelpRequest, request).places_needed = places
    for _ in range(8):
        make.volunteer(runtime)
    pair(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        matches.look_again(uow, request)
    asked = in_state(runtime, request, "asked")
    assert len(asked) >= 2
    return request, asked


@pytest.mark.parametrize("how", ["decline", "lapse"])
def test_an_answer_that_comes_while_neighbours_are_looked_for_counts(
    runtime: Runtime, clock: SetClock, how: str
) -> None:
    request, asked = with_asks_out(runtime)

    def answer() -> None:
        if how == "lapse":
            clock.now = make.row_of(runtime, Match, asked[0]).lapses_at
        for match_id in asked:
            with runtime.unit_of_work(VOLUNTEER) as uow:
                {"decline": matches.decline, "lapse": matches.lapse}[how](uow, match_id)

    pair(runtime, Kept(neighbours=Meanwhile(answer)))
    assert len(in_state(runtime, request, "asked")) >= 1
    assert "nobody" not in troubles(runtime)


def test_whom_a_colleague_asks_meanwhile_the_machine_counts(runtime: Runtime) -> None:
    request, asked = with_asks_out(runtime)
    for match_id in asked:
        with runtime.unit_of_work(VOLUNTEER) as uow:
            matches.decline(uow, match_id)
    chosen = in_state(runtime, request, "proposed")[-2:]

    def ask_by_hand() -> None:
        with runtime.unit_of_work(MACHINE) as uow:
            pairing.ask_by_hand(uow, request, match_ids=chosen)

    pair(runtime, Kept(neighbours=Meanwhile(ask_by_hand)))
    assert in_state(runtime, request, "asked") == chosen


def test_who_counted_with_a_place_that_is_taken_counts_anew(runtime: Runtime) -> None:
    request, asked = with_asks_out(runtime, places=2)
    with runtime.unit_of_work(MACHINE) as uow:
        (claimed,) = claims.claim_longest_waiting(uow, Wait.REQUEST_TO_PAIR, 1, owner="a worker")
    assert claimed.id == request
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, asked[0])
    with pytest.raises(SomebodyWasFirst), runtime.unit_of_work(MACHINE) as uow:
        pairing.record_candidates(uow, request, candidates=[], wave_size=0, owner="a worker")
    assert make.row_of(runtime, HelpRequest, request).look_at == runtime.clock()
