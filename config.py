"""Settings: everything the system is told from outside, read once from the environment."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlsplit

from dotenv import dotenv_values

from leuvenhelpt.domain.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent

DEFAULTS = {  # right in production, and they may be public
    "LEUVENHELPT_DATA": ".data",
    "LEUVENHELPT_CITY": "leuven",
    "LEUVENHELPT_DEMO": "0",
    "ADDRESSES_MONTHLY": "0",
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "PROXY_HOPS": "0",
    "LOG_LEVEL": "INFO",
}
REQUIRED = {  # outside demonstration mode: name -> what it must hold
    "SECRET_KEY": "at least 32 random characters that only this installation knows",
    "PUBLIC_URL": "the address people see, such as https://hulp.example.be; links in messages begin with it",
    "SMTP_URL": "the mail server, such as smtp+starttls://user:password@mail.example.be:587",
}
LONGEST_SOCKET_PATH = 100  # bytes; the system's own limit is 108 on Linux and 104 on macOS
SHORTEST_SECRET = 32
TILES = r"https://[a-z0-9.-]+(:\d+)?/(?=.*\{z\})(?=.*\{x\})(?=.*\{y\})[^\s{}]*(\{[xyz]\}[^\s{}]*){3}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the system is told from outside. Secrets stay out of `repr`.

    `data_dir` is absolute. `mail_from` may be empty: the sender is then the one of the city's profile. `city`
    is the name of a folder in leuvenhelpt/cities or the path of a profile. `embed` is "module:function", or
    empty: see matching.words. `tiles` is the address of map tiles with {z}, {x} and {y}, or empty.
    """

    data_dir: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    smtp_url: str | None = field(repr=False)
    mail_from: str
    public_url: str
    secret_key: str = field(repr=False)
    is_demonstration: bool
    city: str
    refreshes_addresses: bool
    host: str
    port: int
    proxy_hops: int
    secure_cookies: bool
    log_level: str
    embed: str = ""
    tiles: str = ""
    tiles_attribution: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read every setting, or raise one `ConfigurationError`: a line for each that is missing or invalid.

        In demonstration mode the first call makes a secret key and keeps it in the data folder.
        """
        read = _Reader(environ)
        settings = cls(
            data_dir=read.data_dir,
            database_url=read.database_url(),
            redis_url=read.redis_url(),
            smtp_url=read.address("SMTP_URL", "smtps", "smtp+starttls", "smtp") or None,
            mail_from=read.mail_from(),
            public_url=read.public_url,
            secret_key=read.secret_key(),
            is_demonstration=read.is_demonstration,
            city=read.text("LEUVENHELPT_CITY"),
            refreshes_addresses=read.truth("ADDRESSES_MONTHLY"),
            host=read.text("HOST"),
            port=read.port,
            proxy_hops=read.number("PROXY_HOPS", 0, 5),
            secure_cookies=not read.is_demonstration or read.public_url.startswith("https:"),
            log_level=read.matching("LOG_LEVEL", "DEBUG|INFO|WARNING|ERROR", "DEBUG, INFO, WARNING or ERROR"),
            embed=read.matching("EMBED", r"([\w.]+:\w+)?", "module:function"),
            tiles=read.tiles(),
            tiles_attribution=read.text("TILES_ATTRIBUTION"),
        )
        if read.problems:
            raise ConfigurationError("\n".join(read.problems))
        return settings


def read_environment(root: Path = ROOT) -> dict[str, str]:
    """The environment of this process, laid over the `.env` file in `root`, where there is one."""
    from_file = dotenv_values(root / ".env", interpolate=False)
    return {name: value for name, value in from_file.items() if value is not None} | dict(os.environ)


def data_and_city(environ: Mapping[str, str]) -> tuple[Path, str]:
    """The data folder and the city: all that commands need which neither send nor sign anything."""
    read = _Reader(environ)
    return read.data_dir, read.text("LEUVENHELPT_CITY")


def embedded_socket(data_dir: Path) -> Path:
    """Where the embedded Valkey of this data folder listens.

    Beside the data, unless that path is too long for a socket or would need quoting in an address: then under
    a short name in the temporary folder, the same for every process of this user.
    """
    beside = data_dir / "valkey" / "valkey.sock"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_PATH and re.fullmatch(r"[\w./-]+", str(beside), re.ASCII):
        return beside
    digest = sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path(gettempdir()) / f"leuvenhelpt-{os.getuid()}-{digest}" / "valkey.sock"


class _Reader:
    """Takes values out of an environment; what is wrong with them gathers in `problems`."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []
        self.is_demonstration = self.truth("LEUVENHELPT_DEMO")
        self.data_dir = (ROOT / Path(self.text("LEUVENHELPT_DATA")).expanduser()).resolve()
        self.port = self.number("PORT", 1, 65535)
        self.public_url = self._public_url()

    def text(self, name: str) -> str:
        """What `name` holds, else its default, else nothing; an empty value counts as none."""
        value = self._environ.get(name, "").strip() or DEFAULTS.get(name, "")
        if not value and name in REQUIRED and not self.is_demonstration:
            self.problems.append(f"{name} is missing: {REQUIRED[name]}.")
        return value

    def truth(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
            self.problems.append(f"{name} must be 1 or 0.")
        return value in {"1", "true", "yes", "on"}

    def number(self, name: str, lowest: int, highest: int) -> int:
        value = self.text(name)
        if not (value.isascii() and value.isdecimal() and lowest <= int(value) <= highest):
            self.problems.append(f"{name} must be a whole number from {lowest} to {highest}.")
            return lowest
        return int(value)

    def matching(self, name: str, pattern: str, expected: str) -> str:
        value = self.text(name)
        if not re.fullmatch(pattern, value):
            self.problems.append(f"{name} must be {expected}.")
        return value

    def address(self, name: str, *schemes: str) -> str:
        """A URL of one of these schemes, or nothing."""
        value = self.text(name)
        if value and urlsplit(value).scheme not in schemes:
            self.problems.append(f"{name} must begin with {' or '.join(f'{scheme}:' for scheme in schemes)}.")
        return value

    def database_url(self) -> str:
        value = self.address("DATABASE_URL", "postgresql", "postgresql+psycopg", "postgres", "sqlite")
        if value.startswith("sqlite") and not value.removeprefix("sqlite:").strip("/"):
            self.problems.append(
                "DATABASE_URL must name a file: a database in memory is not shared by the processes."
            )
        if value.startswith("postgres:"):
            return "postgresql:" + value.removeprefix("postgres:")
        return value or f"sqlite:///{self.data_dir / 'leuvenhelpt.sqlite3'}"

    def redis_url(self) -> str:
        return (
            self.address("REDIS_URL", "redis", "rediss", "unix") or f"unix://{embedded_socket(self.data_dir)}"
        )

    def mail_from(self) -> str:
        value = self.text("MAIL_FROM")
        if value and "@" not in parseaddr(value)[1]:
            self.problems.append("MAIL_FROM must hold an e-mail address.")
        return value

    def tiles(self) -> str:
        example = "https://tiles.example.be/{z}/{x}/{y}.png"
        value = self.matching("TILES", f"({TILES})?", f"https: with {{z}}, {{x}} and {{y}}, as in {example}")
        if value and not self.text("TILES_ATTRIBUTION"):
            self.problems.append(
                "TILES_ATTRIBUTION is missing: whom the maker of the map wants named under it."
            )
        return value

    def _public_url(self) -> str:
        value = self.address("PUBLIC_URL", "https", "http")
        if value.startswith("http:") and not self.is_demonstration:
            self.problems.append("PUBLIC_URL must begin with https: outside demonstration mode.")
        return value.rstrip("/") or f"http://localhost:{self.port}"

    def secret_key(self) -> str:
        value = self.text("SECRET_KEY")
        if not value and self.is_demonstration:
            return _kept_secret(self.data_dir)
        if 0 < len(value) < SHORTEST_SECRET:
            self.problems.append(f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters.")
        return value


def _kept_secret(data_dir: Path) -> str:
    """The demonstration's own secret key: made at the first start, kept in the data folder."""
    kept = data_dir / "secret-key"
    if not kept.exists():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = data_dir / f"secret-key.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), "ascii")
        with suppress(FileExistsError):  # another process was first: its key is the one
            kept.hardlink_to(fresh)
        fresh.unlink()
    return kept.read_text("ascii")
