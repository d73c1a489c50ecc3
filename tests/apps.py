"""Fixtures: the application over a fresh SQLite database, with fakes at its gateways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.web import create_app
from tests.pages import CheckedClient
from tests.runtimes import runtime_for, settings_for


class CompiledOnce(BytecodeCache):
    """What templates compile to, kept for every application that a test process builds: most tests build one."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": CompiledOnce()}


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
