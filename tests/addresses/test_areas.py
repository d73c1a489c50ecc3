"""Which neighbourhood a point lies in."""

import csv
import gzip
import json
from typing import Any

import pytest

from leuvenhelpt.addresses.areas import NotAreas, areas_from, outline_from
from tests.geodata import geodata

SQUARE = [[4.0, 50.0], [4.2, 50.0], [4.2, 50.2], [4.0, 50.2], [4.0, 50.0]]
HOLE = [[4.05, 50.05], [4.15, 50.05], [4.15, 50.15], [4.05, 50.15], [4.05, 50.05]]


def collection(kind: str, coordinates: Any, **properties: str) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "FeatureCollection", "features": [{"properties": properties, "geometry": geometry}]}


def test_a_point_is_inside_but_not_in_the_hole() -> None:
    areas = areas_from(collection("Polygon", [SQUARE, HOLE], name="Blauwput"))
    assert [areas.at(50.02, 4.02), areas.at(50.1, 4.1), areas.at(51.0, 4.1)] == ["Blauwput", "", ""]


def test_the_property_with_the_name_can_be_named() -> None:
    areas = areas_from(collection("MultiPolygon", [[SQUARE]], wijk="Centrum"), name_property="wijk")
    assert areas.at(50.1, 4.1) == "Centrum"


@pytest.mark.parametrize(
    "document",
    [
        *([], {}, {"features": []}, "page", None, {"features": [None]}, {"features": [{"properties": {}}]}),
        collection("Point", [4.0, 50.0], name="x"),
        collection("Polygon", [SQUARE]),
        collection("Polygon", [[[173000.0, 174000.0]] * 4], name="in metres"),
        collection("Polygon", [], name="x"),
    ],
)
def test_what_is_no_area_is_refused(document: Any) -> None:
    with pytest.raises(NotAreas):
        areas_from(document)


def test_the_sectors_of_a_real_city() -> None:
    document = json.loads(geodata("leuven_sectors.geojson").read_text(encoding="utf-8"))
    areas = areas_from(document)
    points = [feature["properties"] for feature in document["features"]]
    assert len(areas.names) == 118
    assert all(areas.at(point["lat"], point["lon"]) == point["display_name"] for point in points)


def test_an_outline_is_all_its_polygons_together() -> None:
    east = [[lon + 0.3, lat] for lon, lat in SQUARE]
    outline = outline_from(collection("MultiPolygon", [[SQUARE, HOLE], [east]]))
    points = [(50.02, 4.02), (50.1, 4.1), (50.1, 4.25), (50.1, 4.4)]
    assert [outline.hold(*point) for point in points] == [True, False, False, True]


def test_of_several_towns_one_is_taken() -> None:
    towns = [collection("Polygon", [SQUARE], NAAM="Leuven"), collection("Polygon", [HOLE], NAAM="Herent")]
    both = {"features": [feature for town in towns for feature in town["features"]]}
    assert outline_from(both, only="herent").names == ("Herent",)
    with pytest.raises(NotAreas, match="no polygon named Gent"):
        outline_from(both, only="Gent")


def test_the_outline_of_a_real_city_holds_its_own_houses_and_hardly_another() -> None:
    document = json.loads(geodata("municipalities_around_leuven.geojson").read_text(encoding="utf-8"))
    outline = outline_from(document, only="Leuven")
    ours, others = (houses(f"openaddress-bevlg-{name}.csv.gz") for name in ("leuven", "neighbours"))
    assert [house for house in ours[::50] if not outline.hold(*house)] == []
    assert sum(outline.hold(*house) for house in others[::50]) <= 4  # on the border, within two metres of it


def houses(name: str) -> list[tuple[float, float]]:
    with gzip.open(geodata(name), "rt", encoding="utf-8") as lines:
        return [(float(row["EPSG:4326_lat"]), float(row["EPSG:4326_lon"])) for row in csv.DictReader(lines)]
