"""A town in fast motion: events in the order of their moments, and the work of the workers after each."""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain import rhythm
from leuvenhelpt.domain.errors import PermanentFailure, Refused
from leuvenhelpt.domain.jobs import WAITS_BEHIND, Bell, Wait
from leuvenhelpt.domain.messages import Candidate, Email
from leuvenhelpt.domain.values import MACHINE, Actor
from leuvenhelpt.gateways.bell import RememberedBell
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.mailer import Line
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.wishing import with_wish
from leuvenhelpt.rendering.messages import compose
from leuvenhelpt.services import locating, notifications, pairing
from leuvenhelpt.storage.queries import addresses
from leuvenhelpt.storage.queries.matching import pairing_task
from leuvenhelpt.storage.queries.notifications import message_facts
from leuvenhelpt.storage.queries.offers import genders_told, volunteer_offers
from leuvenhelpt.storage.queries.waiting import waiting_ids
from leuvenhelpt.storage.unit_of_work import UnitOfWork

SHORTLIST, ASKED_AT_ONCE = 8, 2
GONE = "@weg.example"  # mail to this domain comes back

Deed = Callable[[UnitOfWork], object]


class Post:
    """The mailer of the town: keeps each mail with its moment; a few addresses do not exist any more."""

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.sent: list[tuple[datetime, Email]] = []

    @contextmanager
    def open(self) -> Iterator[Line]:
        yield self

    def send(self, email: Email) -> None:
        if email.to.endswith(GONE):
            raise PermanentFailure("smtp 550")
        self.sent.append((self.clock(), email))


class Town:
    """Runs events up to a moment. `favourites`: who is asked first for a request, by its id."""

    def __init__(self, runtime: Runtime, clock: SetClock, bell: RememberedBell) -> None:
        self.runtime, self.clock, self.bell = runtime, clock, bell
        self.favourites: dict[int, int] = {}
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = count()
        self._work_on = {
            Wait.REQUEST_TO_LOCATE: self._locate_request,
            Wait.VOLUNTEER_TO_LOCATE: self._locate_volunteer,
            Wait.REQUEST_TO_PAIR: self._pair,
            Wait.MAIL_TO_SEND: self._notify,
        }

    def at(self, moment: datetime, event: Callable[[], None]) -> None:
        """Let something happen at a moment; what lies in the past happens as soon as possible."""
        heapq.heappush(self._events, (max(moment, self.clock()), next(self._numbers), event))

    def live(self, until: datetime) -> None:
        """Let time pass; events after `until` do not happen any more."""
        while self._events and self._events[0][0] <= until:
            moment, _number, event = heapq.heappop(self._events)
            self.clock.now = moment
            event()
        self.clock.now = until

    def do(self, actor: Actor, deed: Deed) -> None:
        """Somebody does something, and the workers do what follows; too late is nothing."""
        try:
            with self.runtime.unit_of_work(actor) as uow:
                deed(uow)
        except Refused:
            return
        self._work()

    def _work(self) -> None:
        """Whoever is rung for looks, until it is quiet."""
        while self.bell.rung:
            for wait in WAITS_BEHIND[self.bell.rung.pop()]:
                with self.runtime.reading() as db:
                    ids = waiting_ids(db, wait, self.clock())
                for row_id in ids:
                    self._work_on[wait](row_id)

    def _locate_request(self, help_request_id: int) -> None:
        with self.runtime.reading() as db:
            address = addresses.of_help_request(db, help_request_id)
        located = self.runtime.geocoder.locate(address.line, address.postcode)
        with self.runtime.unit_of_work(MACHINE) as uow:
            locating.record_help_request(uow, help_request_id, located)

    def _locate_volunteer(self, volunteer_id: int) -> None:
        with self.runtime.reading() as db:
            address = addresses.of_volunteer(db, volunteer_id)
        located = self.runtime.geocoder.locate(address.line, address.postcode)
        with self.runtime.unit_of_work(MACHINE) as uow:
            locating.record_volunteer(uow, volunteer_id, located)

    def _pair(self, help_request_id: int) -> None:
        now = self.clock()
        with self.runtime.reading() as db:
            task = pairing_task(db, help_request_id, self.runtime.city, now)
            offers, genders = volunteer_offers(db, now), genders_told(db)
        if task is None:
            return
        best = Pool.from_offers(offers, now).best(task.need, SHORTLIST)
        with self.runtime.unit_of_work(MACHINE) as uow:
            pairing.record_candidates(
                uow,
                help_request_id,
                candidates=self._in_order(help_request_id, with_wish(task.need, best, genders)),
                wave_size=max(0, ASKED_AT_ONCE - len(task.asked)),
            )
        self.at(rhythm.looks_again_at(now), self._look_again)

    def _look_again(self) -> None:
        """What the clock does for requests for which there was nobody."""
        self.bell.ring(Bell.PAIR)
        self._work()

    def _in_order(self, help_request_id: int, candidates: list[Candidate]) -> list[Candidate]:
        """The favourite of the story first, then the best."""
        favourite = self.favourites.get(help_request_id)
        return sorted(candidates, key=lambda one: (one.volunteer_id != favourite, -one.score))

    def _notify(self, notification_id: int) -> None:
        with self.runtime.reading() as db:
            facts = message_facts(db, notification_id, self.clock())
        with self.runtime.unit_of_work(MACHINE) as uow:
            if facts is None or facts.is_stale:
                notifications.record_stale(uow, notification_id)
                return
            notifications.start_sending(uow, [notification_id], owner="town")
            try:
                with self.runtime.mailer.open() as line:
                    line.send(compose(facts, self.runtime.city, self.runtime.links))
            except PermanentFailure as failure:
                notifications.record_failure(uow, notification_id, error=str(failure), is_permanent=True)
            else:
                notifications.record_sent(uow, notification_id)
