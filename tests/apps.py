"""Fixtures: a runtime with fakes at its gateways over a fresh SQLite database, and the application on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import Settings
from leuvenhelpt.bootstrap import Runtime, load_city
from leuvenhelpt.gateways.bell import RememberedBell
from leuvenhelpt.gateways.mailer import RememberedMail
from leuvenhelpt.rendering.links import Links
from leuvenhelpt.storage.engine import build_engine
from leuvenhelpt.web import create_app
from tests.pages import CheckedClient

KEY = "a key that only the tests know, long enough"


def settings_for(folder: Path, database_url: str, **facts: object) -> Settings:
    """Settings as a demonstration has them, unless told otherwise."""
    known: dict[str, object] = {
        "data_dir": folder,
        "database_url": database_url,
        "redis_url": "",
        "smtp_url": None,
        "mail_from": "hallo@stad.example",
        "public_url": "http://localhost",
        "secret_key": KEY,
        "is_demonstration": True,
        "city": "leuven",
        "host": "127.0.0.1",
        "port": 8000,
        "proxy_hops": 0,
        "secure_cookies": False,
        "log_level": "INFO",
    }
    return Settings(**(known | facts))  # type: ignore[arg-type]


def runtime_for(settings: Settings) -> Runtime:
    """A runtime whose bell and mail only remember."""
    return Runtime(
        settings=settings,
        city=load_city(settings.city),
        engine=build_engine(settings.database_url),
        links=Links(settings.public_url, settings.secret_key),
        bell=RememberedBell(),
        mailer=RememberedMail(),
    )


def client_of(app: Flask) -> CheckedClient:
    """A browser of its own on an application."""
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.fixture
def runtime(tmp_path: Path, sqlite_url: str) -> Iterator[Runtime]:
    """A runtime over a fresh database."""
    built = runtime_for(settings_for(tmp_path, sqlite_url))
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
