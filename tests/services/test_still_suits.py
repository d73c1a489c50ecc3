"""A shortlist may be days old, and an ask hours: who does not suit any more is not asked, and goes nowhere unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import matches, pairing, volunteers
from leuvenhelpt.storage.models import Match
from leuvenhelpt.storage.queries.suitors import suitors
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from tests import make, people
from tests.make import MACHINE, VOLUNTEER

Deed = Callable[[UnitOfWork, int], None]


def offering(**facts: object) -> Deed:
    return lambda uow, vera: volunteers.change(
        uow, vera, facts=make.offer_facts(**facts), reader_language="nl"
    )


SINCE: dict[str, Deed] = {
    "vetting": lambda uow, vera: volunteers.vet(uow, vera, level=1, reason="twijfel"),
    "kind": offering(kinds=("dog",)),
    "language": offering(languages=("tr",)),
    "weekly_limit": offering(max_asks_a_week=0),
    "paused": lambda uow, vera: volunteers.pause(uow, vera, until=None),
}


def against(runtime: Runtime, request: int) -> list[str]:
    """What the desk reads beside the first of the shortlist."""
    with runtime.reading() as db:
        return [why.rule for why in suitors(db, request, runtime.city, runtime.clock())[0].against]


@pytest.mark.parametrize("rule", SINCE)
def test_who_does_not_suit_any_more_is_not_asked_and_the_desk_sees_why(runtime: Runtime, rule: str) -> None:
    request, vera = make.located_request(runtime, kind="company", languages=("nl",)), people.vera(runtime)
    (proposed,) = make.shortlist(runtime, request, [vera])
    assert against(runtime, request) == []
    with runtime.unit_of_work(VOLUNTEER) as uow:
        SINCE[rule](uow, vera)
    assert against(runtime, request) == [rule]
    with pytest.raises(Refused, match="no_longer_suits"), runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[proposed])
    assert make.row_of(runtime, Match, proposed).state == "proposed"


def test_what_a_coordinator_said_of_somebody_holds_for_a_year(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, kind="company", wanted_by=timedelta(days=400))
    (proposed,) = make.shortlist(runtime, request, [people.vera(runtime)])
    clock.move(days=364)
    assert against(runtime, request) == []
    clock.move(days=2)
    assert against(runtime, request) == ["vetting"]
    with pytest.raises(Refused, match="no_longer_suits"), runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[proposed])


def test_the_machine_asks_the_others(runtime: Runtime) -> None:
    request, wim = make.located_request(runtime, kind="odd_job"), people.wim(runtime)
    unknown = people.vera(runtime, vetting=0)
    found = make.shortlist(runtime, request, [unknown, wim], wave_size=1)
    assert [make.row_of(runtime, Match, one).state for one in found] == ["proposed", "asked"]


def test_a_yes_of_somebody_not_known_well_enough_any_more_tells_no_address(runtime: Runtime) -> None:
    request, vera = make.located_request(runtime, kind="company"), people.vera(runtime)
    (match_id,) = make.shortlist(runtime, request, [vera])
    with runtime.unit_of_work(MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[match_id])
        volunteers.vet(uow, vera, level=1, reason="twijfel")
    with pytest.raises(Refused, match="not_vetted"), runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    assert make.row_of(runtime, Match, match_id).state == "asked"
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.vet(uow, vera, level=2, reason="gesproken")
        matches.accept(uow, match_id)
    assert make.row_of(runtime, Match, match_id).state == "accepted"


def test_a_yes_to_what_was_asked_holds_though_the_offer_changed_meanwhile(runtime: Runtime) -> None:
    """They say so themselves, later than the offer."""
    match_id = make.asked_match(runtime, volunteer_id=(vera := people.vera(runtime)))
    with runtime.unit_of_work(VOLUNTEER) as uow:
        SINCE["kind"](uow, vera)
        matches.accept(uow, match_id)
    assert make.row_of(runtime, Match, match_id).state == "accepted"
