"""Who goes away after all: before the visit others are looked for, after it it is over; what is told of it is true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.mailer import RememberedMail
from leuvenhelpt.services import concerns, matches, volunteers
from leuvenhelpt.storage.models import HelpRequest, Match
from tests import make, people
from tests.make import MACHINE, VOLUNTEER
from tests.services.test_concerns import reported
from tests.services.test_pairing import troubles
from workers.notify import notify
from workers.pair import pair
from workers.sweep import sweep


def leave(runtime: Runtime, volunteer: int) -> None:
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.leave(uow, volunteer)


def block(runtime: Runtime, volunteer: int) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.block(uow, volunteer, reason="Vroeg iemand om geld.")


def mailed(runtime: Runtime) -> list[str]:
    """What goes out now, to whom and in one line each."""
    assert isinstance(runtime.mailer, RememberedMail)
    before = len(runtime.mailer.sent)
    notify(runtime)
    return [f"{mail.to} {' '.join(mail.text.split())}" for mail in runtime.mailer.sent[before:]]


def visited(runtime: Runtime, clock: SetClock) -> tuple[int, int]:
    """A request whose moment is past, so that both sides were asked how it went; and who came."""
    vera = people.vera(runtime)
    visit = make.accepted_match(runtime, make.located_request(runtime), vera)
    clock.move(hours=49)
    sweep(runtime)
    notify(runtime)
    return visit, vera


@pytest.mark.parametrize("go", [leave, block])
def test_who_goes_after_the_visit_opens_nothing_again(
    runtime: Runtime, clock: SetClock, go: Callable[[Runtime, int], None]
) -> None:
    visit, vera = visited(runtime, clock)
    go(runtime, vera)
    match = make.row_of(runtime, Match, visit)
    assert (match.state, make.row_of(runtime, HelpRequest, match.help_request_id).state) == ("done", "done")
    assert mailed(runtime) == []
    sweep(runtime)
    assert troubles(runtime) == []


def test_who_is_kept_out_for_what_happened_at_the_visit_opens_nothing_again(
    runtime: Runtime, clock: SetClock
) -> None:
    visit, _vera = visited(runtime, clock)
    request = int(make.row_of(runtime, Match, visit).help_request_id)
    concern = reported(runtime, request)
    with runtime.unit_of_work(MACHINE) as uow:
        concerns.settle_by_blocking(uow, concern, words="Gesproken.")
    assert make.row_of(runtime, HelpRequest, request).state == "done"
    assert mailed(runtime) == []


def test_who_goes_before_the_visit_is_replaced(runtime: Runtime) -> None:
    visit = make.accepted_match(runtime, volunteer_id=(vera := people.vera(runtime)))
    notify(runtime)
    leave(runtime, vera)
    match = make.row_of(runtime, Match, visit)
    assert (match.state, make.row_of(runtime, HelpRequest, match.help_request_id).state) == (
        "dropped",
        "open",
    )
    (told,) = mailed(runtime)
    assert "wij zoeken meteen iemand anders" in told


def test_who_is_kept_out_hears_not_to_go(runtime: Runtime) -> None:
    vera = people.vera(runtime)
    make.accepted_match(runtime, volunteer_id=vera)
    make.asked_match(runtime, volunteer_id=vera)
    notify(runtime)
    block(runtime, vera)
    to_vera = [told for told in mailed(runtime) if told.startswith("vera@")]
    assert ["U hoeft niet te gaan." in told for told in to_vera] == [True]


def test_whoever_drops_out_after_the_moment_promises_nothing_for_us(
    runtime: Runtime, clock: SetClock
) -> None:
    make.volunteer(runtime)  # who could be asked, if anybody were
    visit, _vera = visited(runtime, clock)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.drop(uow, visit)
    (told,) = mailed(runtime)
    assert "Uw buur kan toch niet" in told
    assert "een medewerker bekijkt wat nog kan" in told
    assert "wij zoeken meteen iemand anders" not in told
    pair(runtime)
    request = make.row_of(runtime, HelpRequest, make.row_of(runtime, Match, visit).help_request_id)
    assert (request.state, request.promised_by) == ("open", None)
    assert (troubles(runtime), mailed(runtime)) == (["overdue"], [])


def test_who_said_yes_late_may_still_come(runtime: Runtime, clock: SetClock) -> None:
    """Somebody found just before the moment has a day: until then they drop out, and it is not over."""
    request = make.located_request(runtime, wanted_by=timedelta(hours=3))
    visit = make.accepted_match(runtime, request)
    clock.move(hours=4)
    sweep(runtime)
    leave(runtime, int(make.row_of(runtime, Match, visit).volunteer_id))
    assert make.row_of(runtime, Match, visit).state == "dropped"
