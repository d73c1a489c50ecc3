"""What a worker found is recorded only while the row is still its own; what cannot be sent is told to a person."""

from datetime import timedelta

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE, Located, Place
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import changes
from leuvenhelpt.storage.models import HelpRequest, Match, Notification
from tests import make
from tests.services.test_pairing import troubles
from workers.locate import locate
from workers.notify import notify


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
