"""What is looked into goes on by no clock: no "how did it go", no "it is done", nobody forgotten before."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import aftercare
from leuvenhelpt.storage.models import HelpRequest, Match
from tests import make, people
from tests.make import RESIDENT, VOLUNTEER
from tests.services.test_concerns import reported, settled
from tests.services.test_pairing import troubles
from workers.sweep import sweep


def asked_how_it_went(runtime: Runtime) -> list[str]:
    kinds = [row.kind for row in make.notifications(runtime)]
    return sorted(kind for kind in kinds if kind.startswith("aftercare"))


def request_of(runtime: Runtime, match_id: int) -> int:
    return int(make.row_of(runtime, Match, match_id).help_request_id)


@pytest.mark.parametrize("is_about_another", [False, True])
def test_how_it_went_is_asked_only_after_it_is_settled_and_there_was_time(
    runtime: Runtime, clock: SetClock, is_about_another: bool
) -> None:
    vera = people.vera(runtime)
    visit = make.accepted_match(runtime, volunteer_id=vera)
    another = make.accepted_match(runtime, volunteer_id=vera)
    concern = reported(runtime, request_of(runtime, another if is_about_another else visit))
    clock.move(days=7)
    sweep(runtime)
    assert asked_how_it_went(runtime) == []
    settled(runtime, concern)
    clock.move(hours=23)
    sweep(runtime)
    assert asked_how_it_went(runtime) == []
    clock.move(hours=2)
    sweep(runtime)
    assert asked_how_it_went(runtime) == ["aftercare_requester"] * 2 + ["aftercare_volunteer"] * 2


def test_silence_about_what_is_looked_into_means_nothing(runtime: Runtime, clock: SetClock) -> None:
    visit = make.accepted_match(runtime)
    clock.move(days=3)
    sweep(runtime)
    assert len(asked_how_it_went(runtime)) == 2
    concern = reported(runtime, request_of(runtime, visit))
    for state in ("accepted", "done"):
        clock.move(days=4)
        sweep(runtime)
        assert make.row_of(runtime, Match, visit).state == state
        if state == "accepted":
            settled(runtime, concern)


def test_who_stands_still_cannot_say_that_it_is_done_and_the_resident_can(runtime: Runtime) -> None:
    visit = make.accepted_match(runtime)
    reported(runtime, request := request_of(runtime, visit))
    for deed in (
        lambda uow: aftercare.finish(uow, visit),
        lambda uow: aftercare.answer_as_volunteer(uow, visit, went_well=True),
    ):
        with pytest.raises(Refused, match="on_hold"), runtime.unit_of_work(VOLUNTEER) as uow:
            deed(uow)
    with runtime.unit_of_work(RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request, went_well=False)
    assert make.row_of(runtime, HelpRequest, request).state == "done"
    assert "unwell" in troubles(runtime)
