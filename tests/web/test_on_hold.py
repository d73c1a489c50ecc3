"""While a concern is looked into, the resident's page tells nobody to open a door or pick up a phone."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.storage.models import HelpRequest
from tests import make, people
from tests.pages import CheckedClient
from tests.services.test_concerns import reported, settled
from tests.web.test_status import path

HEADING = "Wij bekijken eerst iets"


def on_their_way(runtime: Runtime, vera: int = 0, **facts: object) -> int:
    """A request of An to which Vera said yes."""
    request = make.located_request(runtime, people.an(**facts))
    make.accepted_match(runtime, request, vera or people.vera(runtime))
    return request


def read(client: CheckedClient, runtime: Runtime, request: int) -> tuple[str, int]:
    """The heading of the page, and how much of who comes, their number and the word for the door stands on it."""
    client.get(path(runtime, request))
    secrets = ("Vera", "0471 00 00 00", make.row_of(runtime, HelpRequest, request).code_word)
    return client.page.heading, sum(secret in client.page.text for secret in secrets)


def test_the_resident_is_told_not_to_open_until_it_is_settled(
    client: CheckedClient, runtime: Runtime
) -> None:
    request = on_their_way(runtime)
    assert read(client, runtime, request) == ("Vera Claes komt helpen", 3)
    concern = reported(runtime, request)
    assert read(client, runtime, request) == (HEADING, 0)
    assert "Doe niet open, en bel ons: 016 00 00 00." in client.page.text
    assert "Iets veranderen" not in client.page.text
    settled(runtime, concern)
    assert read(client, runtime, request) == ("Vera Claes komt helpen", 3)


def test_so_is_whoever_else_the_same_neighbour_would_visit(client: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    elsewhere = on_their_way(runtime, vera)
    make.accepted_match(runtime, about := make.located_request(runtime), vera)
    reported(runtime, about)
    assert read(client, runtime, elsewhere) == (HEADING, 0)


def test_whom_another_neighbour_visits_is_left_in_peace(client: CheckedClient, runtime: Runtime) -> None:
    request = on_their_way(runtime)
    make.accepted_match(runtime, about := make.located_request(runtime), people.wim(runtime))
    reported(runtime, about)
    assert read(client, runtime, request) == ("Vera Claes komt helpen", 3)


@pytest.mark.parametrize("days", [0, 4])
def test_how_it_went_is_not_asked_of_whom_nobody_may_visit(
    client: CheckedClient, runtime: Runtime, clock: SetClock, days: int
) -> None:
    request = on_their_way(runtime)
    reported(runtime, request)
    clock.move(days=days)
    assert read(client, runtime, request) == (HEADING, 0)
    assert "Ging alles goed?" not in client.page.text


def test_by_phone_too_and_whoever_asked_for_another_is_to_pass_it_on(
    client: CheckedClient, runtime: Runtime
) -> None:
    reported(runtime, request := on_their_way(runtime, kind="phone_call", asker_name="Bea"))
    assert read(client, runtime, request) == (HEADING, 0)
    for said in ("Leg neer, en bel ons: 016 00 00 00.", "Zeg dit ook aan An Peeters."):
        assert said in client.page.text
