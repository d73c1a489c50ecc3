"""Where a volunteer starts from: asked about once, and not again when a coordinator has found it."""

from __future__ import annotations

import dataclasses

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE, Located, Place, PlaceLevel
from leuvenhelpt.gateways.geocoder import KnownAddresses
from leuvenhelpt.services import locating
from leuvenhelpt.storage.models import Volunteer
from tests import make
from tests.apps import runtime as runtime_with_fake
from tests.pages import CheckedClient
from tests.web.asking import errors
from tests.web.volunteer.test_own_pages import offer, press, signed_in
from workers.locate import locate

__all__ = ["runtime_with_fake"]

STREET = Place(50.876, 4.707, PlaceLevel.STREET, 700, "Parkstraat 5, 3000 Leuven", "3000", "Leuven centrum")
ABBEY = Place(50.863, 4.717, PlaceLevel.STREET, 400, "Abdij van Park 5, 3001 Heverlee", "3001", "Heverlee")
IN_DOUBT = Located(STREET, 0.4, is_accepted=False, candidates=(STREET, ABBEY))
PROFILE = "/mijn-hulp/profiel"


@pytest.fixture
def runtime(runtime_with_fake: Runtime) -> Runtime:
    """A city where "park 5" may be two places, and one address is elsewhere."""
    known = KnownAddresses({"park 5": IN_DOUBT})
    known.elsewhere = {"Kerkstraat 12 Gent"}
    return dataclasses.replace(runtime_with_fake, geocoder=known)


def choices(client: CheckedClient) -> list[str]:
    return [i.get("value", "") for i in client.page.all("input") if i.get("name") == "meant"]


def test_a_volunteer_is_asked_which_address(client: CheckedClient, runtime: Runtime) -> None:
    assert offer(client, address="park 5") == 422
    assert errors(client) == ["Kies welk adres u bedoelt."]
    assert choices(client) == [STREET.label, ABBEY.label, "as typed: park 5"]
    assert offer(client, address="park 5", meant=ABBEY.label) == 302
    assert locate(runtime) == 1
    row = make.row_of(runtime, Volunteer, 1)
    assert (row.address, row.place_label, row.postcode, row.area) == (
        "park 5",
        ABBEY.label,
        "3001",
        "Heverlee",
    )


def test_elsewhere_is_told_so(client: CheckedClient) -> None:
    assert offer(client, address="Kerkstraat 12 Gent") == 422
    assert errors(client) == [
        "Wij zoeken buren in Leuven. Woont u elders? Bel 016 00 00 00, dan zoeken wij mee."
    ]


def test_what_a_coordinator_found_is_not_asked_again(client: CheckedClient, runtime: Runtime) -> None:
    volunteer_id = signed_in(client, runtime)
    client.get(PROFILE)
    assert press(client, PROFILE, address="park 5", meant="as typed: park 5") == 200
    locate(runtime)
    behind = dataclasses.replace(make.POINTED_AT, label="achter de abdij")
    with runtime.unit_of_work(MACHINE) as uow:
        locating.place_volunteer_by_hand(uow, volunteer_id, place=behind)
    client.get(PROFILE)
    assert choices(client) == []
    assert press(client, PROFILE, name="Vera") == 200
    row = make.row_of(runtime, Volunteer, volunteer_id)
    assert (row.name, row.place_level, row.place_label) == ("Vera", "by_hand", "achter de abdij")
    client.get(PROFILE)
    assert press(client, PROFILE, postcode="3010") == 422
    assert choices(client) == [STREET.label, ABBEY.label, "as typed: park 5"]
