"""Map tiles: none unless the city says where; then coarse, named, and from that one place only."""

from __future__ import annotations

import dataclasses
import re

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Point
from leuvenhelpt.web import create_app
from leuvenhelpt.web.area_map import SIZE, View, view_of
from leuvenhelpt.web.headers import CONTENT_SECURITY_POLICY
from leuvenhelpt.web.tiles import CLOSEST, CLOSEST_AT_DESK, Tiles
from leuvenhelpt.web.volunteer.sketch import sketch
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient, Page
from tests.web.volunteer.test_linked_pages import path
from tests.web.volunteer.test_sketch import AREAS, CITY

IMAGE = "{http://www.w3.org/2000/svg}image"
TILES = Tiles("https://tiles.example.be/{z}/{x}/{y}.png", "© the maker")
PLACE = re.compile(r"https://tiles\.example\.be/(\d+)/(\d+)/(\d+)\.png")


def client_with_tiles(runtime: Runtime) -> CheckedClient:
    settings = dataclasses.replace(runtime.settings, tiles=TILES.address, tiles_attribution=TILES.attribution)
    return client_of(create_app(dataclasses.replace(runtime, settings=settings)))


def fetched(page: Page) -> list[str]:
    """The pictures that a browser fetches from elsewhere."""
    return [each.get("href", "") for each in page.all(IMAGE)]


def asked_at(runtime: Runtime, lat: float, lon: float) -> int:
    place = dataclasses.replace(make.HERE, lat=lat, lon=lon)
    return make.asked_match(runtime, make.located_request(runtime, people.an(), place=place))


def test_without_a_setting_nothing_comes_from_elsewhere(client: CheckedClient, runtime: Runtime) -> None:
    answer = client.get(path(runtime, asked_at(runtime, 50.872, 4.701)))
    assert fetched(client.page) == []
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "https:" not in CONTENT_SECURITY_POLICY
    client.get("/uw-gegevens")
    assert "Alles komt van deze site zelf." in client.page.text


def test_the_one_who_is_asked_sees_coarse_tiles_the_same_for_every_home(runtime: Runtime) -> None:
    client = client_with_tiles(runtime)
    seen = []
    for lat, lon in ((50.8720, 4.7010), (50.8905, 4.7105)):
        answer = client.get(path(runtime, asked_at(runtime, lat, lon)))
        seen.append(fetched(client.page))
    assert seen[0] == seen[1]
    assert 4 <= len(seen[0]) <= 9
    zooms = {int(found[1]) for address in seen[0] if (found := PLACE.fullmatch(address))}
    assert zooms == {CLOSEST}
    assert "© the maker" in client.page.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert [rule for rule in policy if "https:" in rule] == ["img-src 'self' data: https://tiles.example.be"]


def test_the_page_about_data_says_who_sees_what(runtime: Runtime) -> None:
    client = client_with_tiles(runtime)
    client.get("/uw-gegevens")
    assert "komt van elders, van tiles.example.be." in client.page.text
    assert "Alles komt van deze site zelf." not in client.page.text
    assert fetched(client.page) == []


@pytest.mark.parametrize("area", ["Blauwput", "Kessel-Lo"])
def test_tiles_cover_the_picture_and_lie_where_they_should(area: str) -> None:
    drawn = sketch(CITY, AREAS, area, TILES)
    assert drawn is not None
    assert (drawn.x, drawn.y) == (SIZE / 2, SIZE / 2)
    assert 0.2 * SIZE < drawn.radius < 0.4 * SIZE
    for x, y in ((0, 0), (SIZE, 0), (0, SIZE), (SIZE, SIZE), (drawn.x, drawn.y)):
        assert any(t.x <= x <= t.x + t.width and t.y <= y <= t.y + t.height for t in drawn.tiles)
    assert {abs(tile.width - tile.height) <= 1 for tile in drawn.tiles} == {True}


@pytest.mark.parametrize("closeness", [0, 1, 2])
def test_squares_of_a_coordinator_are_never_smaller_than_a_block_of_streets(closeness: int) -> None:
    middle: Point = (50.88, 4.70)
    view = view_of(CITY, middle, closeness)
    tiles = TILES.under(view, CLOSEST_AT_DESK)
    zooms = {int(found[1]) for tile in tiles if (found := PLACE.fullmatch(tile.address))}
    assert zooms == {(11, 14, 15)[closeness]}
    assert len(tiles) <= 9
    assert min(tile.width for tile in tiles) * view.metres > 750


def test_the_earth_and_a_street_are_both_pictures() -> None:
    assert [t.address for t in TILES.under(View((0.0, 0.0), 500_000, 0), CLOSEST)] == [
        "https://tiles.example.be/0/0/0.png"
    ]
    assert {t.address.split("/")[3] for t in TILES.under(View((50.88, 4.7), 0.1, 0), CLOSEST)} == {"13"}
