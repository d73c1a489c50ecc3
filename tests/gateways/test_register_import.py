"""An import takes what is sound, says what is not, and never leaves less than there was."""

import gzip
import zipfile
from pathlib import Path

import pytest

from leuvenhelpt.addresses.answer import Level
from leuvenhelpt.addresses.best_csv import NotARegister, Scope
from leuvenhelpt.domain.errors import ConfigurationError, TemporaryFailure
from leuvenhelpt.gateways.register_file import RegisterInUse, open_register, read_columns, register_path
from leuvenhelpt.gateways.register_import import Report, import_register
from tests.geodata import geodata

CITY = Path(__file__).parents[2] / "leuvenhelpt/cities/leuven"
LEUVEN = Scope(
    municipalities=frozenset({"Leuven"}),
    home_code="24062",
    home_postcodes=frozenset({"3000", "3001", "3010", "3012", "3018"}),
    home_bounds=(50.81, 4.61, 50.96, 4.79),
)
HEADER = (
    "EPSG:31370_x,EPSG:31370_y,EPSG:4326_lat,EPSG:4326_lon,address_id,box_number,house_number,municipality_id,"
    "municipality_name_de,municipality_name_fr,municipality_name_nl,postcode,postname_fr,postname_nl,street_id,"
    "streetname_de,streetname_fr,streetname_nl,region_code,status"
)


def row(id: int, number: str, *, street: str = "Proefstraat", lat: float = 50.88, lon: float = 4.7) -> str:
    return f"0,0,{lat},{lon},{id},,{number},24062,,Louvain,Leuven,3000,,Leuven,1,,,{street},BE-VLG,current"


def write(path: Path, *rows: str) -> str:
    path.write_text("\r\n".join((HEADER, *rows)) + "\r\n", encoding="utf-8")
    return str(path)


def load(source: str, data: Path) -> Report:
    return import_register([source], data, LEUVEN)


def test_of_a_damaged_file_just_the_sound_rows_are_taken(tmp_path: Path) -> None:
    report = load(str(geodata("openaddress-bevlg-damaged.csv")), tmp_path)
    assert (report.rows, report.houses, report.merged) == (46, 10, 6)
    assert report.reasons == {
        "encoding": 3,
        "columns": 5,
        "coordinates": 8,  # one of them has only its Lambert pair, which is not converted
        "street": 4,
        "house number": 1,
        "postcode": 2,
        "duplicate id": 1,
        "conflict": 1,
        "other municipality": 1,
        "status": 4,
    }
    lines = dict(report.damaged_lines)
    assert [lines[line] for line in (6, 13 - 1, 14, 25, 27, 30, 39, 42, 49)] == [
        *("encoding", "columns", "coordinates", "street", "street", "postcode"),
        *("duplicate id", "conflict", "columns"),
    ]


def test_the_addresses_of_a_damaged_file_are_where_they_should_be(tmp_path: Path) -> None:
    load(str(geodata("openaddress-bevlg-damaged.csv")), tmp_path)
    register = open_register(tmp_path, CITY)
    expected = {
        "Brabançonnestraat 12": (50.87469, 4.70959),
        "'t Pachthof 5": (50.88067, 4.72484),
        "Vaartkom 4": (50.88817, 4.70083),
        "Kapucijnenvoer 107": (50.87641, 4.69086),
        "Tiensestraat 42": (50.87764, 4.70375),
        "Brusselsestraat 48": (50.88011, 4.69799),
    }
    for text, point in expected.items():
        answer = register.find(f"{text}, Leuven")
        assert (answer.level, answer.lat, answer.lon) == (Level.HOUSE, *point), text


def test_a_real_register_is_imported_and_again_changes_nothing(tmp_path: Path) -> None:
    source = str(geodata("openaddress-bevlg-leuven.csv.gz"))
    first, second = load(source, tmp_path), load(source, tmp_path)
    assert (first.houses, first.streets, first.reasons) == (32_879, 866, {})
    assert first.changes.houses_added == 32_879
    assert (second.changes.houses_added, second.changes.houses_removed, second.changes.houses_moved) == (
        0,
        0,
        0,
    )


def test_what_changed_is_told(tmp_path: Path) -> None:
    load(write(tmp_path / "a.csv", row(1, "1"), row(2, "2"), row(3, "3", street="Oudstraat")), tmp_path)
    newer = write(tmp_path / "b.csv", row(1, "1", lat=50.881), row(2, "4"), row(3, "3", street="Nieuwstraat"))
    changes = load(newer, tmp_path).changes
    assert (changes.houses_added, changes.houses_removed, changes.houses_moved) == (2, 2, 1)
    assert (changes.new_streets, changes.gone_streets) == (("Nieuwstraat (3000)",), ("Oudstraat (3000)",))


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", row(1, "1"))
    report = import_register([source], tmp_path, LEUVEN, is_dry=True)
    assert (report.houses, report.is_active) == (1, False)
    assert read_columns(register_path(tmp_path)) is None


def test_zip_and_gz_are_read_as_what_they_hold(tmp_path: Path) -> None:
    source = Path(write(tmp_path / "a.csv", row(1, "1")))
    (tmp_path / "a.bin").write_bytes(gzip.compress(source.read_bytes()))
    with zipfile.ZipFile(tmp_path / "b.bin", "w") as archive:
        archive.write(source, "openaddress-bevlg.csv")
    assert [load(str(tmp_path / name), tmp_path / name[0]).houses for name in ("a.bin", "b.bin")] == [1, 1]


def cut_off(path: Path) -> Path:
    cut = path.with_suffix(".cut")
    cut.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return cut


def bad_sources(folder: Path) -> dict[str, Path]:
    good = Path(write(folder / "good.csv", *(row(id, str(id)) for id in range(1, 2000))))
    (folder / "gz").write_bytes(gzip.compress(good.read_bytes()))
    with zipfile.ZipFile(folder / "zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(good, "a.csv")
    (folder / "page").write_text("<!doctype html><html><title>404</title></html>")
    (folder / "empty").write_bytes(b"")
    (folder / "header").write_text(HEADER + "\n")
    (folder / "swapped").write_text(HEADER + "\n" + row(1, "1", lat=4.7, lon=50.88) + "\n")
    return {
        "a cut off gz": cut_off(folder / "gz"),
        "a cut off zip": cut_off(folder / "zip"),
        "a web page": folder / "page",
        "an empty file": folder / "empty",
        "a header without rows": folder / "header",
        "coordinates elsewhere": folder / "swapped",
        "nothing": folder / "absent",
    }


def test_whatever_fails_leaves_the_register_in_use(tmp_path: Path) -> None:
    load(write(tmp_path / "first.csv", row(1, "7")), tmp_path)
    before = register_path(tmp_path).read_bytes()
    for what, source in bad_sources(tmp_path).items():
        with pytest.raises(NotARegister):
            load(str(source), tmp_path)
        assert register_path(tmp_path).read_bytes() == before, what
    assert [path.name for path in register_path(tmp_path).parent.iterdir()] == ["register.bin"]


def test_a_much_smaller_register_is_refused_unless_forced(tmp_path: Path) -> None:
    load(write(tmp_path / "many.csv", *(row(id, str(id)) for id in range(1, 20))), tmp_path)
    few = write(tmp_path / "few.csv", row(1, "1"))
    with pytest.raises(NotARegister, match="1 addresses would replace 19"):
        load(few, tmp_path)
    assert import_register([few], tmp_path, LEUVEN, is_forced=True).houses == 1


def test_one_open_quote_costs_one_row(tmp_path: Path) -> None:
    rows = [row(1, "1"), row(2, "2", street='"Open'), *(row(id, str(id)) for id in range(3, 50))]
    report = load(write(tmp_path / "a.csv", *rows), tmp_path)
    assert (report.houses, report.reasons, report.damaged_lines) == (48, {"columns": 1}, ((3, "columns"),))


def test_a_damaged_register_file_is_told_at_the_start(tmp_path: Path) -> None:
    load(write(tmp_path / "a.csv", row(1, "1")), tmp_path)
    register_path(tmp_path).write_bytes(b"LHADDR01" + b"\xff" * 100)
    with pytest.raises(ConfigurationError, match="import the addresses again"):
        open_register(tmp_path, CITY)


def test_a_web_address_that_does_not_answer_is_a_temporary_failure(tmp_path: Path) -> None:
    with pytest.raises(TemporaryFailure):
        load("http://127.0.0.1:9/openaddress.zip", tmp_path)


def test_an_import_is_seen_without_a_restart(tmp_path: Path) -> None:
    register = RegisterInUse(tmp_path, CITY)
    assert register.find("Proefstraat 1, Leuven").level == Level.NONE
    load(write(tmp_path / "a.csv", row(1, "1")), tmp_path)
    assert register.find("Proefstraat 1, Leuven").level == Level.HOUSE
    (tmp_path / "new").write_bytes(b"LHADDR01 half")
    (tmp_path / "new").replace(register_path(tmp_path))
    assert register.find("Proefstraat 1, Leuven").level == Level.HOUSE
