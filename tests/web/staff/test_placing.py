"""A coordinator puts an address on the map: by choosing, searching, pointing or typing, none of it with JavaScript."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import CITIES, Runtime
from leuvenhelpt.domain.values import MACHINE, Located, Place, PlaceLevel
from leuvenhelpt.gateways.area_file import AreasInUse, import_areas, import_outline
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.geocoder import CityGeocoder
from leuvenhelpt.gateways.register_file import RegisterInUse
from leuvenhelpt.services import locating
from leuvenhelpt.storage.models import HelpRequest, JournalEntry, Volunteer
from tests import make
from tests.pages import CheckedClient
from tests.runtimes import runtime_for, settings_for
from tests.storage.test_desk import statements

CANDIDATE = Place(50.876, 4.707, PlaceLevel.STREET, 700, "Tiensestraat 3, 3000 Leuven", "3000", "")
SVG = "{http://www.w3.org/2000/svg}"
SQUARE = [[4.69, 50.87], [4.72, 50.87], [4.72, 50.89], [4.69, 50.89], [4.69, 50.87]]


@pytest.fixture
def runtime(tmp_path: Path, sqlite_url: str, clock: SetClock) -> Iterator[Runtime]:
    """The city with the street list that is built in, and areas once a test imports them."""
    built = runtime_for(settings_for(tmp_path, sqlite_url), clock)
    register = RegisterInUse(tmp_path, CITIES / "leuven")
    yield dataclasses.replace(built, geocoder=CityGeocoder(register, built.city, AreasInUse(tmp_path)))
    built.engine.dispose()


@pytest.fixture
def about(runtime: Runtime) -> int:
    """A request whose address may mean one place, if it means any."""
    help_request_id = make.help_request(runtime, address="tiensestrt 3")
    with runtime.unit_of_work(MACHINE) as uow:
        located = Located(None, 0.5, is_accepted=False, candidates=(CANDIDATE,))
        locating.record_help_request(uow, help_request_id, located)
    return help_request_id


@pytest.fixture
def path(runtime: Runtime, about: int) -> str:
    return f"/balie/hulpvragen/{make.row_of(runtime, HelpRequest, about).reference}"


def send(stef: CheckedClient, path: str, **facts: str) -> int:
    """Press one of the buttons that place, on the page with the address."""
    stef.get(path)
    token = stef.page.all("input")[0].get("value", "")
    stef.post(f"{path}/toon", data={"csrf_token": token, "reason": "check_address"})
    facts = {name.replace("map_", "map."): value for name, value in facts.items()}
    return stef.post(f"{path}/plaats", data={"csrf_token": token} | facts).status_code


def placed(runtime: Runtime, about: int) -> tuple[object, ...]:
    row = make.row_of(runtime, HelpRequest, about)
    return row.state, row.place_level, row.place_accuracy_m, row.place_label


def offered(stef: CheckedClient, name: str) -> list[str]:
    return [i.get("value", "") for i in stef.page.all("input") if i.get("name") == name]


def drawn(stef: CheckedClient) -> ElementTree.Element:
    [picture] = [i.get("src", "") for i in stef.page.all("input") if i.get("type") == "image"]
    return ElementTree.fromstring(unquote(picture.removeprefix("data:image/svg+xml,")))  # noqa: S314  # ours


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter() if element.tag.endswith("}text")]


def test_a_candidate_keeps_how_far_off_it_may_be(
    stef: CheckedClient, runtime: Runtime, about: int, path: str
) -> None:
    assert send(stef, path, go="whole") == 200
    assert "Tiensestraat 3, 3000 Leuven (dit kan tot 700 m schelen)" in stef.page.text
    assert send(stef, path, choice="0") == 302
    assert placed(runtime, about) == ("open", "by_hand", 700, "Tiensestraat 3, 3000 Leuven")


def test_a_street_is_searched_and_chosen(
    stef: CheckedClient, runtime: Runtime, about: int, path: str
) -> None:
    assert send(stef, path, go="search", search="tiensevst") == 200
    assert offered(stef, "found")[0] == "Tiensevest, 3000 Leuven"
    assert send(stef, path, search="tiensevst", found="Tiensevest, 3000 Leuven") == 302
    state, level, _, label = placed(runtime, about)
    assert (state, level, label) == ("open", "by_hand", "Tiensevest, 3000 Leuven")


def test_what_is_not_found_is_said(stef: CheckedClient, path: str) -> None:
    assert send(stef, path, go="search", search="xyzzy") == 200
    assert "Niets gevonden." in stef.page.text


def test_pointing_comes_closer_and_then_places(
    stef: CheckedClient, runtime: Runtime, about: int, path: str
) -> None:
    assert send(stef, path, go="whole") == 200
    assert "De straten op deze kaart staan ongeveer op hun plaats." in stef.page.text
    assert words(drawn(stef)) == ["Leuven centrum", "Heverlee", "Kessel-Lo", "Wilsele", "Wijgmaal"]
    assert send(stef, path, map_x="140", map_y="140", zoom="0") == 200
    assert (offered(stef, "lat"), offered(stef, "lon")) == (["50.89000"], ["4.71000"])
    assert offered(stef, "zoom") == ["1"]
    middle = {"middle_lat": "50.89", "middle_lon": "4.71", "zoom": "1"}
    assert send(stef, path, map_x="240", map_y="140", **middle) == 200
    assert (offered(stef, "lat"), offered(stef, "lon")) == (["50.89000"], ["4.72139"])  # 100 pixels, 800 m
    assert placed(runtime, about)[0] == "in_review"
    assert send(stef, path, lat="50.89000", lon="4.72139", label="tegenover het park") == 302
    assert placed(runtime, about) == ("open", "by_hand", 100, "tegenover het park")


def test_looking_again_and_again_is_one_line_of_the_journal(
    stef: CheckedClient, runtime: Runtime, path: str
) -> None:
    for at in ("100", "120", "140"):
        send(stef, path, map_x=at, map_y="140", zoom="0")
    with runtime.reading() as db:
        assert db.scalars(select(JournalEntry.step)).all().count("see_address") == 1


def test_looking_at_the_map_reads_as_often_whatever_is_on_it(
    stef: CheckedClient, runtime: Runtime, path: str
) -> None:
    send(stef, path, go="whole")
    token = stef.page.all("input")[0].get("value", "")
    counted = []
    for facts in ({"go": "whole"}, {"go": "search", "search": "tiensestraat"}, {"map.x": "9", "map.y": "9"}):
        with statements(runtime) as sent:
            stef.post(f"{path}/plaats", data={"csrf_token": token} | facts)
        counted.append(len(sent))
    assert counted == [12, 12, 12]


def test_a_key_on_the_map_points_nowhere(stef: CheckedClient, path: str) -> None:
    assert send(stef, path, map_x="0", map_y="0", zoom="0") == 200
    assert offered(stef, "zoom") == ["0"]


@pytest.mark.parametrize(
    "facts",
    [
        {"map_x": "99999999", "map_y": "-4", "zoom": "7"},
        {"map_x": "12", "map_y": "12", "zoom": "2", "middle_lat": "noord", "middle_lon": "999"},
        {"search": "\x00", "found": "nergens"},
        {"search": "<script>", "go": "search"},
        {"go": "iets"},
    ],
)
def test_nonsense_places_nothing(
    stef: CheckedClient, runtime: Runtime, about: int, path: str, facts: dict[str, str]
) -> None:
    assert send(stef, path, **facts) in {200, 422}
    assert placed(runtime, about)[0] == "in_review"


def test_tiles_lie_over_the_map_and_let_the_pointer_through(
    runtime: Runtime, path: str, monkeypatch: pytest.MonkeyPatch, stef: CheckedClient
) -> None:
    settings = dataclasses.replace(
        runtime.settings, tiles="https://tiles.example.be/{z}/{x}/{y}.png", tiles_attribution="© the maker"
    )
    told = dataclasses.replace(runtime, settings=settings)
    monkeypatch.setitem(stef.application.extensions, "runtime", told)
    assert send(stef, path, map_x="140", map_y="140", zoom="0") == 200
    tiles = [e.get("href", "") for e in stef.page.all(f"{SVG}image")]
    assert {address.split("/")[3] for address in tiles} == {"14"}
    assert [(e.get("cx"), e.get("cy")) for e in stef.page.all(f"{SVG}circle")] == [("140", "140")] * 2
    assert "© the maker" in stef.page.text
    assert [i.get("type") for i in stef.page.all("input") if i.get("name") == "map"] == ["image"]


def test_areas_are_drawn_as_soon_as_they_are_imported(stef: CheckedClient, path: str, tmp_path: Path) -> None:
    send(stef, path, go="whole")
    without = len(list(drawn(stef).iter("{http://www.w3.org/2000/svg}path")))
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    areas = {"type": "FeatureCollection", "features": [{"properties": {"name": "Plein"}, "geometry": shape}]}
    (tmp_path / "areas.json").write_text(json.dumps(areas))
    import_areas(tmp_path / "areas.json", tmp_path)
    send(stef, path, go="whole")
    assert len(list(drawn(stef).iter("{http://www.w3.org/2000/svg}path"))) == without + 1


def test_no_point_beyond_the_outline_is_taken_and_within_it_the_area_is_known(
    stef: CheckedClient, runtime: Runtime, about: int, path: str, tmp_path: Path
) -> None:
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    areas = {"type": "FeatureCollection", "features": [{"properties": {"name": "Plein"}, "geometry": shape}]}
    (tmp_path / "areas.json").write_text(json.dumps(areas))
    import_areas(tmp_path / "areas.json", tmp_path)
    import_outline(tmp_path / "areas.json", tmp_path, middles=[])
    assert send(stef, path, lat="50.88", lon="4.73") == 422
    assert "Dit punt ligt niet in het gebied." in stef.page.text
    assert send(stef, path, lat="50.88", lon="4.71") == 302
    assert make.row_of(runtime, HelpRequest, about).area == "Plein"


def test_a_volunteer_is_placed_the_same_way(stef: CheckedClient, runtime: Runtime) -> None:
    volunteer_id = make.applicant(runtime)
    path = f"/balie/vrijwilligers/{make.row_of(runtime, Volunteer, volunteer_id).public_id}"
    assert send(stef, path, map_x="100", map_y="100", zoom="0") == 200
    assert send(stef, path, search="parkstraat 5", found="Parkstraat 5, 3000 Leuven") == 302
    row = make.row_of(runtime, Volunteer, volunteer_id)
    assert (row.place_level, row.place_label) == ("by_hand", "Parkstraat 5, 3000 Leuven")
