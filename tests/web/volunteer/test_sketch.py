"""The circle on an invitation: wide, always the same, and drawn without knowing the place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leuvenhelpt.bootstrap import Runtime, load_city
from leuvenhelpt.domain.values import Outlines
from leuvenhelpt.gateways.geocoder import KnownAddresses
from leuvenhelpt.services import pairing
from leuvenhelpt.web.volunteer.sketch import sketch
from tests import make, people
from tests.pages import CheckedClient, words
from tests.web.volunteer.test_linked_pages import path

CITY = load_city("leuven")
SQUARE = ((50.885, 4.72), (50.885, 4.74), (50.895, 4.74), (50.895, 4.72), (50.885, 4.72))
AREAS: Outlines = (("Blauwput", (SQUARE,)), ("Vaartkom", (tuple((lat, lon - 0.03) for lat, lon in SQUARE),)))


def picture(client: CheckedClient, runtime: Runtime, match_id: int) -> str:
    client.get(path(runtime, match_id))
    html = client.page.html
    return html[html.index("<figure") : html.index("</figure>")] if "<figure" in html else ""


def asked_at(runtime: Runtime, **place: object) -> int:
    request = make.located_request(runtime, people.an(), place=replace(make.HERE, **place))  # type: ignore[arg-type]
    return make.asked_match(runtime, request)


def test_two_homes_in_one_neighbourhood_have_one_picture(client: CheckedClient, runtime: Runtime) -> None:
    here = asked_at(runtime, lat=50.8720, lon=4.7010)
    there = asked_at(runtime, lat=50.8905, lon=4.7105)
    pictures = {picture(client, runtime, which) for which in (here, there, here)}
    assert len(pictures) == 1
    assert "Leuven centrum" in pictures.pop()


def test_it_is_told_in_words_too(client: CheckedClient, runtime: Runtime) -> None:
    client.get(path(runtime, asked_at(runtime)))
    [drawn] = [e for e in client.page.root.iter() if e.get("role") == "img"]
    assert drawn.get("aria-label") == "Kaart met een ruime cirkel over Leuven centrum."
    assert [words(e) for e in client.page.all("figcaption")] == [
        "Het is ergens in Leuven centrum. U krijgt het adres pas als u ja zegt."
    ]


def test_imported_neighbourhoods_are_drawn(client: CheckedClient, runtime: Runtime) -> None:
    assert isinstance(runtime.geocoder, KnownAddresses)
    runtime.geocoder.areas = AREAS
    drawn = picture(client, runtime, asked_at(runtime, area="Blauwput"))
    assert drawn.count('class="map__border"') == 2
    assert ">Blauwput<" in drawn


def test_a_place_without_a_name_has_none(client: CheckedClient, runtime: Runtime) -> None:
    assert picture(client, runtime, asked_at(runtime, area="")) == ""
    assert sketch(CITY, AREAS, "Elders") is None


def test_help_from_home_is_nowhere(client: CheckedClient, runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an(kind="phone_call"))
    candidate = make.candidate(people.vera(runtime), distance_km=None)
    with runtime.unit_of_work(make.MACHINE) as uow:
        pairing.record_candidates(uow, request, candidates=[candidate], wave_size=1)
    [asked] = [row.match_id for row in make.notifications(runtime, "ask")]
    assert asked is not None
    assert picture(client, runtime, asked) == ""


@pytest.mark.parametrize(("area", "least_m"), [("Blauwput", 800), ("Kessel-Lo", 1300)])
def test_the_circle_is_wide_and_covers_its_neighbourhood(area: str, least_m: float) -> None:
    drawn = sketch(CITY, AREAS, area)
    assert drawn is not None
    metres_a_pixel = 50  # the city is 14 to 16 km wide, on 280 pixels
    assert drawn.radius * metres_a_pixel * 1.2 >= least_m
    assert 0 < drawn.x < drawn.size
    assert 0 < drawn.y < drawn.size


def test_a_tiny_neighbourhood_gets_no_smaller_circle() -> None:
    tiny: Outlines = (("Hof", (((50.88, 4.7), (50.88, 4.7001), (50.8801, 4.7), (50.88, 4.7)),)),)
    small, large = sketch(CITY, tiny, "Hof"), sketch(CITY, AREAS, "Blauwput")
    assert small is not None
    assert large is not None
    assert 14 <= small.radius < large.radius
