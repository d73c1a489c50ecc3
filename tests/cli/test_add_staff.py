"""`add-staff`: a way in for somebody at the city, also the second time."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest

from config import Settings
from leuvenhelpt.bootstrap import Runtime, build_runtime
from leuvenhelpt.cli.main import main
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import accounts

PASSWORD = "vier woorden zijn genoeg"


@pytest.fixture
def runtime(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    environ = {"DATABASE_URL": sqlite_url, "LEUVENHELPT_DATA": str(tmp_path), "LEUVENHELPT_DEMO": "1"}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return build_runtime(Settings.from_environment(environ))


def add(password: str, monkeypatch: pytest.MonkeyPatch, email: str = "stef@example.be") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return main(["add-staff", email, "--name", "Stef", "--password-from-input"])


def test_the_printed_secret_and_the_password_open_the_door(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(PASSWORD, monkeypatch) == 0
    code = pyotp.parse_uri(capsys.readouterr().out.splitlines()[-1])
    assert isinstance(code, pyotp.TOTP)
    with runtime.unit_of_work(MACHINE) as uow:
        account = accounts.check_password(uow, email="stef@example.be", password=PASSWORD)
        assert account is not None
        assert (account.name, account.role) == ("Stef", "coordinator")
        assert accounts.check_second_factor(uow, account.id, code=code.at(datetime.now(UTC)))


def test_a_second_time_replaces_password_and_secret(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert add(PASSWORD, monkeypatch) == 0
    assert add(PASSWORD + " en nog een", monkeypatch) == 0
    with runtime.unit_of_work(MACHINE) as uow:
        assert accounts.check_password(uow, email="stef@example.be", password=PASSWORD) is None


@pytest.mark.parametrize(
    ("email", "password", "reason"),
    [
        ("stef@example.be", "kort", "A password for staff has at least 15 characters"),
        ("stef", PASSWORD, "stef is not an e-mail address"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(
    runtime: Runtime,
    email: str,
    password: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert add(password, monkeypatch, email) == 1
    told = capsys.readouterr().err
    assert told.startswith(reason)
    assert told.count("\n") == 1
