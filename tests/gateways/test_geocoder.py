"""The geocoder of a city speaks geopy inside and places outside, and refuses what is not served."""

from pathlib import Path

import pytest

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.values import PlaceLevel
from leuvenhelpt.gateways.geocoder import CityGeocoder, RegisterGeocoder
from leuvenhelpt.gateways.register_file import open_register

LEUVEN = Path(__file__).parents[2] / "leuvenhelpt/cities/leuven"


@pytest.fixture(scope="module")
def geocoder(tmp_path_factory: pytest.TempPathFactory) -> CityGeocoder:
    return CityGeocoder(open_register(tmp_path_factory.mktemp("data"), LEUVEN), load_city("leuven"))


def test_a_typed_address_becomes_a_place(geocoder: CityGeocoder) -> None:
    located = geocoder.locate("tiense stwg 12b", "3010")
    assert located is not None
    assert located.is_accepted
    assert located.place is not None
    assert located.place.level == PlaceLevel.STREET
    assert (located.place.postcode, located.place.area) == ("3010", "Kessel-Lo")


def test_what_is_elsewhere_is_no_place(geocoder: CityGeocoder) -> None:
    assert geocoder.locate("Kerkstraat 12, Gent") is None


def test_the_register_is_a_geopy_geocoder(tmp_path: Path) -> None:
    location = RegisterGeocoder(open_register(tmp_path, LEUVEN)).geocode("Grote Markt 9, Leuven")
    assert location.address == "Grote Markt 9, 3000 Leuven"
    assert 50.87 < location.latitude < 50.89


def test_typing_is_answered_with_suggestions(geocoder: CityGeocoder) -> None:
    labels = [place.label for place in geocoder.suggest("naams", limit=2)]
    assert labels == ["Naamsevest, 3000 Leuven", "Naamsestraat, 3000 Leuven"]
