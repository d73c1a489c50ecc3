"""The outline of a city: whoever finds a place beyond it, it is not taken; without one bounds and postcodes serve."""

import json
from pathlib import Path
from typing import Any

import pytest

from leuvenhelpt.addresses.areas import NotAreas
from leuvenhelpt.bootstrap import CITIES, load_city
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.gateways.area_file import AreasInUse, import_outline, open_outline, outline_path
from leuvenhelpt.gateways.geocoder import CityGeocoder
from leuvenhelpt.gateways.geocoder_memory import KeptAnswers
from leuvenhelpt.gateways.register_file import open_register
from leuvenhelpt.gateways.remote_geocoders import RemoteAddress
from leuvenhelpt.gateways.remote_lookup import RemoteLookup
from leuvenhelpt.gateways.turns import CountedTurns

CITY = load_city("leuven")
WEST_END, EAST_END, SOUTH_END, NORTH_END = 4.69, 4.75, 50.85, 50.93
IN_THE_HOLE = (50.875, 4.725)
TYPED = "Tiensesteenweg 12, Kessel-Lo"


def ring(west: float, east: float, south: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def collection(rings: list[Any], name: str = "Stad") -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": rings}
    return {"type": "FeatureCollection", "features": [{"properties": {"NAAM": name}, "geometry": geometry}]}


def put(data: Path, *rings: list[list[float]]) -> None:
    """Puts an invented outline in use, whatever parts of the city lie in it."""
    (data / "outline.json").write_text(json.dumps(collection(list(rings))))
    import_outline(data / "outline.json", data, middles=[])


@pytest.fixture
def geocoder(tmp_path: Path) -> CityGeocoder:
    return CityGeocoder(open_register(tmp_path, CITIES / "leuven"), CITY, AreasInUse(tmp_path))


def test_what_the_register_finds_beyond_it_is_elsewhere(geocoder: CityGeocoder, tmp_path: Path) -> None:
    located = geocoder.locate(TYPED)
    assert located is not None
    assert located.place is not None
    assert not geocoder.is_elsewhere(TYPED)
    lon = located.place.lon
    put(tmp_path, ring(WEST_END, lon - 0.002, SOUTH_END, NORTH_END))
    assert geocoder.locate(TYPED) is None
    assert geocoder.is_elsewhere(TYPED)
    assert geocoder.suggest("Tiensesteenweg 12, 3010") == ()
    assert not geocoder.is_elsewhere("Bondgenotenlaan 5")
    put(tmp_path, ring(WEST_END, lon + 0.002, SOUTH_END, NORTH_END))
    assert geocoder.locate(TYPED) == located


def test_what_another_geocoder_finds_beyond_it_is_refused(tmp_path: Path) -> None:
    register, remote = open_register(tmp_path, CITIES / "leuven"), Remote()
    lookup = RemoteLookup(remote, CountedTurns(), KeptAnswers(), register, CITY)
    found = CityGeocoder(register, CITY, AreasInUse(tmp_path), lookup)
    assert (located := found.locate("Ketelmakerij 3", "3000")) is not None
    assert located.is_accepted
    put(tmp_path, ring(WEST_END, EAST_END, SOUTH_END, NORTH_END), ring(4.72, 4.73, 50.87, 50.88))
    assert found.locate("Ketelmakerij 3", "3000") is None


def test_a_point_beyond_it_has_no_area(geocoder: CityGeocoder, tmp_path: Path) -> None:
    assert (geocoder.area_at(*IN_THE_HOLE), geocoder.area_at(48.85, 2.35)) == ("", None)
    put(tmp_path, ring(WEST_END, EAST_END, SOUTH_END, NORTH_END), ring(4.72, 4.73, 50.87, 50.88))
    assert (geocoder.area_at(*IN_THE_HOLE), geocoder.area_at(50.875, 4.70)) == (None, "")


def test_without_neighbourhoods_the_outline_is_drawn(geocoder: CityGeocoder, tmp_path: Path) -> None:
    put(tmp_path, ring(WEST_END, EAST_END, SOUTH_END, NORTH_END))
    assert [name for name, _ in geocoder.surroundings(CITY.bounds).areas] == ["Stad"]


def test_the_outline_of_another_town_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    put(tmp_path, ring(WEST_END, EAST_END, SOUTH_END, NORTH_END))
    (tmp_path / "other.json").write_text(json.dumps(collection([ring(3.6, 3.8, 51.0, 51.1)], "Gent")))
    with pytest.raises(NotAreas, match="lies outside this outline"):
        import_outline(tmp_path / "other.json", tmp_path, middles=[(50.88, 4.70)])
    outline = open_outline(tmp_path)
    assert outline is not None
    assert outline.names == ("Stad",)


def test_a_damaged_outline_is_told_at_start_and_ignored_while_running(
    geocoder: CityGeocoder, tmp_path: Path
) -> None:
    put(tmp_path, ring(WEST_END, EAST_END, SOUTH_END, NORTH_END), ring(4.72, 4.73, 50.87, 50.88))
    assert geocoder.area_at(*IN_THE_HOLE) is None
    outline_path(tmp_path).write_text("{}")
    assert geocoder.area_at(*IN_THE_HOLE) is None
    with pytest.raises(ConfigurationError, match="import it again"):
        AreasInUse(tmp_path)


class Remote:
    """A geocoder elsewhere that finds whatever it is asked in the hole of the outline."""

    host = "elsewhere.example"

    def ask(self, street: str, postcode: str, town: str) -> tuple[RemoteAddress, ...]:
        name, _, number = street.rpartition(" ")
        return (RemoteAddress(name, number, postcode, town, *IN_THE_HOLE),)
