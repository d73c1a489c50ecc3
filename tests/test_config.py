"""Settings: defaults, what is required, and everything wrong told at once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from config import ROOT, Settings, embedded_socket, read_environment
from leuvenhelpt.domain.errors import ConfigurationError

PRODUCTION = {
    "SECRET_KEY": "k" * 32,
    "PUBLIC_URL": "https://hulp.example.be/",
    "SMTP_URL": "smtp://mail.example.be:587",
    "MAIL_FROM": "Buurthulp <hulp@example.be>",
}
TILES = {"TILES": "https://tiles.example.be/{z}/{x}/{y}.png", "TILES_ATTRIBUTION": "© the maker"}
NOT_TILES = (
    "http://tiles.example.be/{z}/{x}/{y}.png",
    "https://tiles.example.be/map.png",
    "https://tiles.example.be/{z}/{x}/{x}.png",
    "https://{s}.tiles.example.be/{z}/{x}/{y}.png",
    "https://tiles.example.be/{z}/{x}/{y}{r}.png",
    "https://tiles.example.be/{z}/{x}/{y}.png; script-src *",
)


def problems(environ: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environment(environ)
    return str(caught.value).splitlines()


def test_production_has_safe_defaults() -> None:
    settings = Settings.from_environment(PRODUCTION)
    assert settings == Settings(
        data_dir=ROOT / ".data",
        database_url=f"sqlite:///{ROOT / '.data' / 'leuvenhelpt.sqlite3'}",
        redis_url=f"unix://{embedded_socket(ROOT / '.data')}",
        smtp_url="smtp://mail.example.be:587",
        mail_from="Buurthulp <hulp@example.be>",
        public_url="https://hulp.example.be",
        secret_key="k" * 32,
        is_demonstration=False,
        city="leuven",
        refreshes_addresses=False,
        host="127.0.0.1",
        port=8000,
        proxy_hops=0,
        secure_cookies=True,
        log_level="INFO",
    )


def test_all_that_production_lacks_is_named_at_once() -> None:
    assert [problem.split()[0] for problem in problems({})] == [
        "PUBLIC_URL",
        "SMTP_URL",
        "SECRET_KEY",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PORT", "٣"),
        ("PUBLIC_URL", "http://hulp.example.be"),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "sqlite://"),
        ("REDIS_URL", "localhost:6379"),
        ("SMTP_URL", "mail.example.be"),
        ("MAIL_FROM", "Buurthulp"),
        ("SECRET_KEY", "short"),
        ("LEUVENHELPT_DEMO", "perhaps"),
        ("PROXY_HOPS", "-1"),
        ("ADDRESSES_MONTHLY", "weekly"),
        ("LOG_LEVEL", "LOUD"),
        *(("TILES", wrong) for wrong in NOT_TILES),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    assert [problem.split()[0] for problem in problems(PRODUCTION | TILES | {name: value})] == [name]


def test_tiles_have_a_maker_and_a_mistake_says_what_to_write() -> None:
    settings = Settings.from_environment(PRODUCTION | TILES)
    assert (settings.tiles, settings.tiles_attribution) == tuple(TILES.values())
    assert problems(PRODUCTION | {"TILES": TILES["TILES"]}) == [
        "TILES_ATTRIBUTION is missing: whom the maker of the map wants named under it."
    ]
    assert problems(PRODUCTION | TILES | {"TILES": NOT_TILES[0]}) == [
        "TILES must be https: with {z}, {x} and {y}, as in https://tiles.example.be/{z}/{x}/{y}.png."
    ]


def test_secrets_are_not_in_the_representation() -> None:
    environ = PRODUCTION | {"DATABASE_URL": "postgresql://lh:hush-hush@db/lh"}
    text = repr(Settings.from_environment(environ))
    assert "hush-hush" not in text
    assert "kkkk" not in text


def test_the_short_name_of_postgresql_is_understood() -> None:
    settings = Settings.from_environment(PRODUCTION | {"DATABASE_URL": "postgres://lh@db/lh"})
    assert settings.database_url == "postgresql://lh@db/lh"


def test_a_demonstration_needs_nothing_and_keeps_its_secret(tmp_path: Path) -> None:
    environ = {"LEUVENHELPT_DEMO": "1", "LEUVENHELPT_DATA": str(tmp_path / "data"), "PORT": "8123"}
    first, second = Settings.from_environment(environ), Settings.from_environment(environ)
    assert first == second
    assert len(first.secret_key) >= 32
    assert (first.public_url, first.secure_cookies, first.smtp_url) == ("http://localhost:8123", False, None)
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


def test_a_demonstration_behind_https_has_secure_cookies(tmp_path: Path) -> None:
    environ = {
        "LEUVENHELPT_DEMO": "1",
        "LEUVENHELPT_DATA": str(tmp_path),
        "PUBLIC_URL": "https://demo.example.be",
    }
    assert Settings.from_environment(environ).secure_cookies


@pytest.mark.parametrize("folder", ["/srv/a folder with spaces", "/srv/" + "long" * 30, "/srv/één"])
def test_a_socket_that_cannot_stand_beside_the_data_gets_a_short_name(folder: str) -> None:
    socket = embedded_socket(Path(folder))
    assert len(bytes(socket)) <= 100
    assert " " not in str(socket)
    assert socket == embedded_socket(Path(folder))
    assert socket != embedded_socket(Path(folder + "2"))


def test_the_environment_wins_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text('LH_ONE="from the file" # a remark\nLH_TWO=a$b\nLH_THREE\n')
    monkeypatch.setenv("LH_ONE", "from the environment")
    environ = read_environment(tmp_path)
    assert (environ["LH_ONE"], environ["LH_TWO"], "LH_THREE" in environ) == (
        "from the environment",
        "a$b",
        False,
    )


def test_every_setting_is_in_the_example() -> None:
    described = {
        line.lstrip("#").split("=")[0]
        for line in (ROOT / ".env.example").read_text().splitlines()
        if "=" in line
    }
    names = {
        *PRODUCTION,
        "LEUVENHELPT_DEMO",
        "LEUVENHELPT_DATA",
        "LEUVENHELPT_CITY",
        "DATABASE_URL",
        "REDIS_URL",
    }
    assert names | {"ADDRESSES_MONTHLY", "HOST", "PORT", "PROXY_HOPS", "LOG_LEVEL", *TILES} <= described
