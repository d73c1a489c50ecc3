"""Fixtures for every test: fresh databases on SQLite and PostgreSQL, and a real Valkey of its own.

Name a fixture and the test has the server; the marks `server` and `browser` follow from the names, so that
`./test fast` can leave those tests out.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import structlog

from tests import servers

if TYPE_CHECKING:  # the suites of pure rooms need no database
    from playwright.sync_api import Browser

    from leuvenhelpt.bootstrap import Runtime
    from leuvenhelpt.gateways.clock import SetClock

NEEDS_SERVER = {"redis_url", "valkey_url", "postgres", "postgresql_url"}
NEEDS_BROWSER = {"browser", "page", "context"}

DatabaseMaker = Callable[[], str]


def pytest_configure() -> None:
    """A failure in the log is its traceback: with rich installed it would be every local variable, for seconds."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        on_postgresql = "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values()
        if on_postgresql or names & NEEDS_SERVER:
            item.add_marker(pytest.mark.server)
        if names & NEEDS_BROWSER:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this test process, for every module: Playwright starts only once in a process."""
    from tests.browsers import chromium  # noqa: PLC0415 - most suites drive no browser

    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """A Valkey of this test process alone; not emptied between tests, so prefer `redis_url`."""
    with servers.valkey_server() as url:
        yield url


@pytest.fixture
def redis_url(valkey_url: str) -> str:
    """An empty Valkey."""
    servers.flush(valkey_url)
    return valkey_url


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.PostgresServer]:
    """A PostgreSQL of this test process alone."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(servers.postgres_server())
        except servers.Unavailable as reason:
            pytest.skip(str(reason))
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every migration run, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgres: servers.PostgresServer) -> str:
    """The name of a PostgreSQL database with every migration run, to be copied."""
    _migrate(postgres.create_database("migrated"))
    return "migrated"


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite database."""
    path = tmp_path / "fresh.sqlite3"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres: servers.PostgresServer, migrated_postgresql: str) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database, gone after the test."""
    name = f"test_{uuid4().hex}"
    yield postgres.create_database(name, template=migrated_postgresql)
    postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database: the test runs twice, on SQLite and on PostgreSQL."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url


@pytest.fixture
def clock() -> SetClock:
    """The clock of `runtime`: a Tuesday in November, 10.00 in Brussels, until a test moves it."""
    from leuvenhelpt.gateways.clock import SetClock  # noqa: PLC0415

    return SetClock(datetime(2026, 11, 24, 9, tzinfo=UTC))


@pytest.fixture
def runtime(database_url: str, tmp_path: Path, clock: SetClock) -> Iterator[Runtime]:
    """A runtime with fakes at its gateways, over a fresh database: twice, on SQLite and on PostgreSQL."""
    from tests.runtimes import runtime_for, settings_for  # noqa: PLC0415

    built = runtime_for(settings_for(tmp_path, database_url), clock)
    yield built
    built.engine.dispose()


def _migrate(database_url: str) -> None:
    from leuvenhelpt.storage.migrate import upgrade  # noqa: PLC0415 - the suites of pure rooms need no database

    upgrade(database_url)
