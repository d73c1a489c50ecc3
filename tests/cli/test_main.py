"""The parser and the small verbs."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from leuvenhelpt.cli.main import build_parser, main, modules


def test_help_tells_of_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert [verb for verb in modules() if f"\n    {verb}" not in told] == []


@pytest.mark.parametrize("verb", modules())
def test_every_verb_has_help_of_its_own(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([verb, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out) > 200


def test_migrate_makes_the_database_and_may_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEUVENHELPT_DEMO", "1")
    monkeypatch.setenv("LEUVENHELPT_DATA", str(tmp_path / "a folder"))
    monkeypatch.setenv("DATABASE_URL", "")
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    with sqlite3.connect(tmp_path / "a folder" / "leuvenhelpt.sqlite3") as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert {"help_request", "volunteer", "match", "notification"} <= tables


def test_what_is_missing_is_told_a_line_each_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("SECRET_KEY", "PUBLIC_URL", "SMTP_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("LEUVENHELPT_DEMO", "0")
    assert main(["migrate"]) == 1
    told = capsys.readouterr().err
    assert [line.split()[0] for line in told.splitlines()] == ["PUBLIC_URL", "SMTP_URL", "SECRET_KEY"]


@pytest.mark.parametrize("days", ["0", "-5"])
def test_no_city_lives_through_no_days(days: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", f"--days={days}"]) == 1
    assert capsys.readouterr().err == "Live through at least one day: --days 1 or more.\n"


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_of_somebody_else_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o500)
    monkeypatch.setenv("LEUVENHELPT_DEMO", "1")
    monkeypatch.setenv("LEUVENHELPT_DATA", str(tmp_path / "data"))
    assert main(["migrate"]) == 1
    assert (
        capsys.readouterr().err == f"This user may not use {tmp_path}/data: give another LEUVENHELPT_DATA.\n"
    )


def test_a_database_that_is_not_there_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEUVENHELPT_DEMO", "1")
    monkeypatch.setenv("LEUVENHELPT_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:hush@127.0.0.1:1/nowhere")
    assert main(["migrate"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The database in DATABASE_URL does not do: connection failed")
    assert (told.count("\n"), "hush" in told) == (1, False)
