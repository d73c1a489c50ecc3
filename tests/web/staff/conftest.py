"""Stef at the desk, signed in, with a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.web import create_app
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.runtimes import runtime_for, settings_for


@pytest.fixture
def runtime(tmp_path: Path, sqlite_url: str, clock: SetClock) -> Iterator[Runtime]:
    """A runtime over a fresh database; a Tuesday, 10.00 in Brussels."""
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
def stef(app: Flask, runtime: Runtime) -> CheckedClient:
    """Stef's browser, signed in at the desk."""
    people.stef(runtime)
    client = client_of(app)
    sign_in(client, runtime, "stef@stad.example")
    return client


def sign_in(client: CheckedClient, runtime: Runtime, email: str) -> None:
    """Password, then code, as a colleague does."""
    client.get("/balie/aanmelden")
    token = client.page.form()["csrf_token"]
    facts = {"csrf_token": token, "email": email, "password": make.PASSWORD}
    assert client.post("/balie/aanmelden", data=facts).location == "/balie/aanmelden/code"
    facts = {"csrf_token": token, "code": make.totp_code(runtime)}
    assert client.post("/balie/aanmelden/code", data=facts).location == "/balie"


def press(client: CheckedClient, page: str, action: str, **facts: str) -> None:
    """Open a page, send its form to `action` with these facts, and follow to what comes."""
    client.get(page)
    answer = client.post(action, data=client.page.form(action) | facts)
    if answer.status_code == 302:
        client.get(answer.location)
