"""What went otherwise than hoped is a page in plain words, with the number to call."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import RequestEntityTooLarge

from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.web.limits import storage_uri
from tests.apps import client_of
from tests.pages import CheckedClient


class Unforeseen(Exception):
    """What nobody thought of."""


@pytest.fixture
def failing(app: Flask) -> Flask:
    """An application in which /zo-werkt-het fails as told."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    return app


@pytest.mark.parametrize(
    ("error", "status", "heading"),
    [
        (NotFound("link"), 404, "Deze pagina vinden wij niet"),
        (Refused("too_late"), 409, "Dit kan nu niet meer"),
        (RequestEntityTooLarge(), 413, "Dat is te veel tekst"),
        (Unforeseen("Maria Peeters"), 500, "Dit lukte niet, door onze fout"),
    ],
)
def test_error_becomes_a_page_with_the_number(
    failing: Flask, error: Exception, status: int, heading: str
) -> None:
    def fail() -> None:
        raise error

    failing.view_functions["how_it_works"] = fail
    client = client_of(failing)
    assert client.get("/zo-werkt-het").status_code == status
    assert client.page.heading == heading
    assert "016 00 00 00" in client.page.text
    assert "Maria" not in client.page.html
    assert "Traceback" not in client.page.html


def test_unknown_page_is_told_plainly(client: CheckedClient) -> None:
    assert client.get("/nergens").status_code == 404
    assert client.page.heading == "Deze pagina vinden wij niet"


def test_wrong_method_says_which_is_right(client: CheckedClient) -> None:
    answer = client.post("/zo-werkt-het", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code in {400, 405}


def test_counting_place_is_spelled_as_the_library_wants() -> None:
    assert storage_uri("unix:///run/valkey.sock") == "redis+unix:///run/valkey.sock"
    assert storage_uri("redis://localhost:6379") == "redis://localhost:6379"
    assert storage_uri("") == "memory://"


def test_page_that_a_button_answered_opens_again(client: CheckedClient) -> None:
    answer = client.get("/mijn-hulp/wachtwoord")
    assert (answer.status_code, answer.location) == (302, "/mijn-hulp")
