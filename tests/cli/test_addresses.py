"""The commands that load addresses and ask for them."""

import json
from pathlib import Path
from typing import Any

import pytest

from leuvenhelpt.cli.main import main
from tests.gateways.test_register_import import row, write

KEYS = [
    *(
        "query",
        "level",
        "confidence",
        "accepted",
        "street",
        "house_number",
        "postcode",
        "municipality",
        "lat",
        "lon",
    ),
    *("accuracy_m", "approximate", "candidates"),
]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, and nothing else set: these commands need no secret and no mail server."""
    for name in ("SECRET_KEY", "PUBLIC_URL", "SMTP_URL", "LEUVENHELPT_CITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEUVENHELPT_DEMO", "0")
    monkeypatch.setenv("LEUVENHELPT_DATA", str(tmp_path / "data"))
    return tmp_path


def told(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_address_is_told_as_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "tiense stwg 12b kessello", "--json"]) == 0
    (answer,) = told(capsys)
    assert list(answer) == KEYS
    assert (answer["level"], answer["accepted"], answer["postcode"]) == ("street", True, "3010")


def test_a_file_is_answered_line_by_line_in_its_order(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "typed.csv").write_text(
        '\ufeffid,query\n1,"Naamsestraat,\nLeuven"\n2,\n3,Kerkstraat 12 Gent\n', "utf-8"
    )
    assert main(["geocode", "--file", str(data / "typed.csv"), "--column", "query", "--json"]) == 0
    assert [(answer["query"], answer["level"]) for answer in told(capsys)] == [
        ("Naamsestraat,\nLeuven", "street"),
        ("", "none"),
        ("Kerkstraat 12 Gent", "none"),
    ]


def test_choices_have_the_same_shape(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(data / "a.csv", row(1, "1"), row(2, "3"))
    assert main(["addresses", "import", str(data / "a.csv"), "--json"]) == 0
    assert main(["geocode", "proefstraat 900", "--json"]) == 0
    report, answer = told(capsys)
    assert (report["houses"], report["is_active"], answer["accepted"]) == (2, True, False)
    assert [list(choice) for choice in answer["candidates"]] == [KEYS]


def test_an_import_is_told_and_can_be_repeated_without_naming_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(data / "a.csv", row(1, "1"), row(2, "", street="x"), row(3, "3"))
    assert (
        main(["addresses", "import", source, "--municipality", "leuven", "--postcode", "3000", "3010"]) == 0
    )
    assert "line 3: house number" in capsys.readouterr().out
    assert main(["addresses", "import", "--force"]) == 0
    assert "addresses: 0 new, 0 gone, 0 moved" in capsys.readouterr().out
    assert main(["addresses", "status", "--json"]) == 0
    (status,) = told(capsys)
    assert (status["register"], status["source"], status["addresses"]) == ("imported", source, 2)
    assert status["only"] == "leuven 3000 3010"


def test_another_municipality_only(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(data / "a.csv", row(1, "1"))
    assert main(["addresses", "import", source, "--municipality", "Tienen"]) == 1
    assert capsys.readouterr().err == "no address to import in 1 rows: 1 other municipality\n"


def test_what_cannot_be_read_is_told_in_one_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "page.html").write_text("<html>")
    for command in (
        ["addresses", "import"],
        ["addresses", "import", str(data / "page.html")],
        ["areas", "import", str(data / "page.html")],
        ["geocode"],
        ["geocode", "--file", str(data / "absent.csv")],
    ):
        assert main(command) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1, command


def test_areas_are_loaded(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    square = [[4.6, 50.8], [4.8, 50.8], [4.8, 51.0], [4.6, 51.0], [4.6, 50.8]]
    geometry = {"type": "Polygon", "coordinates": [square]}
    feature = {"type": "Feature", "properties": {"wijk": "Blauwput"}, "geometry": geometry}
    (data / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert main(["areas", "import", str(data / "a.geojson"), "--name", "wijk"]) == 0
    assert main(["addresses", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["neighbourhoods"] == 1


def test_an_outline_is_loaded(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    square = [[4.6, 50.8], [4.8, 50.8], [4.8, 51.0], [4.6, 51.0], [4.6, 50.8]]
    hole = [[4.65, 50.85], [4.75, 50.85], [4.75, 50.95], [4.65, 50.95], [4.65, 50.85]]
    features = [
        {"properties": {"NAAM": name}, "geometry": {"type": "Polygon", "coordinates": rings}}
        for name, rings in (("Leuven", [square]), ("Herent", [square, hole]))
    ]
    (data / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    outline = ["areas", "import", str(data / "a.geojson"), "--outline", "--only"]
    assert main([*outline, "Herent"]) == 1
    assert "lies outside this outline" in capsys.readouterr().err
    assert main([*outline, "Leuven"]) == 0
    assert main(["areas", "import", str(data / "a.geojson"), "--only", "Leuven"]) == 1
    capsys.readouterr()
    assert main(["addresses", "status", "--json"]) == 0
    (status,) = told(capsys)
    assert (status["outline"], status["neighbourhoods"]) == ("imported", 0)
