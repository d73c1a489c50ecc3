"""Fixtures: the application over a fresh SQLite database, with fakes at its gateways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.web import create_app
from tests.pages import CheckedClient
from tests.runtimes import runtime_for, settings_for


def client_of(app: Flask) -> CheckedClient:
    """A browser of its own on an application."""
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.fixture
def runtime(tmp_path: Path, sqlite_url: str, clock: SetClock) -> Iterator[Runtime]:
    """A runtime over a fresh SQLite database: pages only read and hand on, services know both databases."""
    built = runtime_for(settings_for(tmp_path, sqlite_url), clock)
    yield built
    built.engine.dispose()


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """The application."""
    app = create_app(runtime)
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """Somebody with a browser."""
    return client_of(app)
