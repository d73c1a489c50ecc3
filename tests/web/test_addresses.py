"""Addresses in the forms: understood, asked about, refused, and suggested while one types."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from leuvenhelpt.bootstrap import CITIES, Runtime
from leuvenhelpt.domain.errors import TemporaryFailure
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.gateways.geocoder import CityGeocoder, KnownAddresses
from leuvenhelpt.gateways.register_file import RegisterInUse
from leuvenhelpt.storage.models import Attention, HelpRequest
from leuvenhelpt.web import create_app
from tests.apps import app, client, client_of
from tests.apps import runtime as runtime_with_fake
from tests.pages import CheckedClient
from tests.web.asking import WHAT, WHEN, errors, fill_in, press, standing
from workers.locate import locate

__all__ = ["app", "client", "runtime_with_fake"]

NAMED = "Tiensestraat 3, 3000 Leuven"
CHOICES = [NAMED, "Tiensevest 3, 3000 Leuven", "as typed: tiensestrt 3"]
ELSEWHERE = "Wij helpen alleen in Leuven. Woont u elders? Bel 016 00 00 00, dan zoeken wij mee."


@pytest.fixture
def runtime(runtime_with_fake: Runtime, tmp_path: Path) -> Runtime:
    """The city with the street list that is built in."""
    register = RegisterInUse(tmp_path, CITIES / "leuven")
    return dataclasses.replace(runtime_with_fake, geocoder=CityGeocoder(register, runtime_with_fake.city))


def asked(runtime: Runtime) -> HelpRequest:
    with runtime.reading() as db:
        return db.scalars(select(HelpRequest)).one()


def troubles(runtime: Runtime) -> list[str]:
    with runtime.reading() as db:
        return list(db.scalars(select(Attention.kind).where(Attention.resolved_at.is_(None))))


def choices(client: CheckedClient) -> list[str]:
    return [i.get("value", "") for i in client.page.all("input") if i.get("name") == "meant"]


def where(client: CheckedClient, **typed: str) -> None:
    """As far as the page that asks where, sent with this address."""
    client.get("/hulp-vragen")
    press(client, **WHAT)
    press(client, **(WHEN | typed))


def test_a_resident_is_understood(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client, address="tiense stwg 12b kessello", postcode="3010")
    assert "tiense stwg 12b kessello" in client.page.text
    understood = "Wij begrijpen: Tiensesteenweg 12B, 3010 Kessel-Lo (dit kan tot 700 m schelen)"
    assert understood in client.page.text
    press(client, "send")
    assert locate(runtime) == 1
    row = asked(runtime)
    assert (row.state, row.address) == ("open", "tiense stwg 12b kessello")
    assert (row.place_level, row.place_label) == ("street", "Tiensesteenweg 12B, 3010 Kessel-Lo")


def test_without_a_postcode_the_address_says_it(client: CheckedClient) -> None:
    where(client, address="tiense stwg 12b kessello", postcode="")
    assert client.page.heading == "Hoe bereiken wij u?"
    assert standing(client)["postcode"] == "3010"


def test_a_suggestion_with_its_town_is_written_in_two_lines(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client, address="Tiensesteenweg 12 bus 2, 3010 Kessel-Lo", postcode="")
    press(client, "send")
    assert (asked(runtime).address, asked(runtime).postcode) == ("Tiensesteenweg 12 bus 2", "3010")


@pytest.mark.parametrize("number", ["١٤٧", "۱۴۷", "１４７"])
def test_a_number_in_other_digits_is_the_same_number(
    client: CheckedClient, runtime: Runtime, number: str
) -> None:
    fill_in(client, address=f"Naamsestraat {number}", postcode="3000")
    assert "Wij begrijpen: Naamsestraat 147, 3000 Leuven" in client.page.text
    press(client, "send")
    assert asked(runtime).address == "Naamsestraat 147"


def test_what_may_mean_several_is_asked(client: CheckedClient, runtime: Runtime) -> None:
    where(client, address="tiensestrt 3", postcode="3001")
    assert errors(client) == ["Kies welk adres u bedoelt."]
    assert choices(client) == CHOICES
    assert standing(client)["address"] == "tiensestrt 3"
    assert press(client, meant=NAMED).status_code == 200
    press(client, person_name="An Peeters", phone="0470123456", languages="nl")
    assert f"Wij begrijpen: {NAMED}" in client.page.text
    press(client, "send")
    locate(runtime)
    row = asked(runtime)
    assert (row.state, row.address, row.place_label) == ("open", "tiensestrt 3", NAMED)
    assert troubles(runtime) == []


def test_none_of_these_goes_to_a_coordinator(client: CheckedClient, runtime: Runtime) -> None:
    where(client, address="tiensestrt 3", postcode="3001")
    assert press(client, meant=CHOICES[-1]).status_code == 200
    press(client, person_name="An Peeters", phone="0470123456", languages="nl")
    assert "Een medewerker kijkt het na." in client.page.text
    press(client, "send")
    locate(runtime)
    assert (asked(runtime).state, asked(runtime).place_label) == ("in_review", "")
    assert troubles(runtime) == [Trouble.PLACE]


@pytest.mark.parametrize("meant", [NAMED, CHOICES[-1], "zomaar iets"])
def test_another_address_is_asked_about_anew(client: CheckedClient, meant: str) -> None:
    where(client, address="tiensestrt 3", postcode="3001")
    assert press(client, meant=meant, address="park 5", postcode="3000").status_code == 422
    assert choices(client)[0] == "Parkstraat 5, 3000 Leuven"


def test_the_choice_is_kept_on_the_way_back(client: CheckedClient) -> None:
    where(client, address="tiensestrt 3", postcode="3001")
    press(client, meant=NAMED)
    press(client, "back")
    assert standing(client)["meant"] == NAMED


def test_a_choice_survives_a_change(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client, address="tiensestrt 3", postcode="3001", meant=NAMED)
    page = press(client, "send").location
    locate(runtime)
    client.get(f"{page}/veranderen")
    assert client.page.heading == "Wat wilt u veranderen?"
    press(client, "send", path=f"{page}/veranderen")
    assert asked(runtime).place_label == NAMED


@pytest.mark.parametrize(
    "typed", ["Kerkstraat 12 Gent", "Stationsstraat 4, 9000 Gent", "Kerkstraat 12, Herent"]
)
def test_another_municipality_is_refused_in_plain_words(client: CheckedClient, typed: str) -> None:
    where(client, address=typed, postcode="3000")
    assert errors(client) == [ELSEWHERE]
    assert choices(client) == []


@pytest.mark.parametrize("typed", ["Kessel-Lo", "3010", "3010 Kessel-Lo", "12", "🏠", "Postbus 12"])
def test_a_part_of_the_city_alone_is_asked_for_its_street(client: CheckedClient, typed: str) -> None:
    where(client, address=typed, postcode="3010")
    assert errors(client) == ["Hierin vinden wij geen straat. Schrijf uw straat en huisnummer."]
    assert standing(client)["address"] == typed
    assert press(client, address="tiense stwg 12b").status_code == 200


def test_the_name_of_a_building_is_no_municipality(client: CheckedClient) -> None:
    where(client, address="Residentie Brugge, Tiensestraat 5", postcode="3000")
    assert client.page.heading == "Hoe bereiken wij u?"


@pytest.mark.parametrize("typed", ["🏠" * 40, "<b>Kerkstraat</b> 12", "PB 12", "3000", "x" * 10_000])
def test_whatever_is_typed_gets_an_answer(client: CheckedClient, typed: str) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    assert press(client, **(WHEN | {"address": typed})).status_code in {200, 422}


def test_a_geocoder_that_is_down_keeps_nobody(runtime: Runtime) -> None:
    down = KnownAddresses()
    down.failure = TemporaryFailure("down")
    client = client_over(dataclasses.replace(runtime, geocoder=down))
    fill_in(client, address="tiensestrt 3", postcode="3001")
    assert client.page.heading == "Klopt alles?"
    assert "Een medewerker kijkt het na." not in client.page.text


def client_over(runtime: Runtime) -> CheckedClient:
    return client_of(create_app(runtime))


def test_suggestions(client: CheckedClient) -> None:
    answer = client.get("/adressen?q=tiensest")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json is not None
    first, second, *others = answer.json["places"]
    assert first == {"label": "Tiensestraat, 3000 Leuven", "line": "Tiensestraat", "postcode": "3000"}
    assert second == {"label": "Tiensesteenweg, 3001 Heverlee", "line": "Tiensesteenweg", "postcode": "3001"}
    assert len(others) <= 3


@pytest.mark.parametrize("typed", ["", "ti", "x" * 300, "%00", "kerkstraat 12 gent"])
def test_nothing_to_suggest(client: CheckedClient, typed: str) -> None:
    assert client.get("/adressen", query_string={"q": typed}).json == {"places": []}


def test_suggestions_are_limited(app: Flask, client: CheckedClient) -> None:
    codes = [client.get("/adressen?q=ti").status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]
