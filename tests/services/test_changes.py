"""Changing a request: what is looked at anew, and what is known already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import changes, locating
from leuvenhelpt.storage.models import HelpRequest
from tests import make
from tests.make import MACHINE, RESIDENT


@pytest.mark.parametrize(
    ("changed", "state", "lat"),
    [
        ({"words": "En ook eieren."}, "open", make.POINTED_AT.lat),
        ({"kind": "company"}, "in_review", make.POINTED_AT.lat),
        ({"address": "Parkstraat 5"}, "submitted", None),
        ({"postcode": "3010"}, "submitted", None),
        ({"meant": make.NEARBY.label}, "submitted", None),
    ],
)
def test_only_another_address_is_looked_for_again_when_a_coordinator_put_it_on_the_map(
    runtime: Runtime, changed: dict[str, str], state: str, lat: float | None
) -> None:
    facts = make.ask_facts(wanted_by=runtime.clock() + timedelta(days=2))
    request = make.located_request(runtime, facts, place=None)
    with runtime.unit_of_work(MACHINE) as uow:
        locating.place_by_hand(uow, request, place=make.POINTED_AT)
    facts = replace(facts, **changed)  # type: ignore[arg-type]
    with runtime.unit_of_work(RESIDENT) as uow:
        changes.change_help_request(uow, request, facts=facts)
    row = make.row_of(runtime, HelpRequest, request)
    assert (row.state, row.lat) == (state, lat)
