"""The pages that exist only in the demonstration."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.demonstration import COLLEAGUES
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.mailer import KeptMail
from leuvenhelpt.web import create_app
from tests.apps import client_of
from tests.pages import CheckedClient

MAIL = Email(
    to="an@post.example",
    subject="Wij hebben uw vraag",
    text="Dag An.\nhttps://stad.example/vraag/x",
    html="<!doctype html><html lang=nl><title>x</title><style>p{color:red}</style><p>Dag An.</p>",
    message_id="<x@stad.example>",
)


@pytest.fixture
def kept(runtime: Runtime, tmp_path: Path) -> Runtime:
    """A runtime that keeps its mail."""
    return dataclasses.replace(runtime, mailer=KeptMail(tmp_path / "mail"))


def test_messages_are_read_as_text_and_in_a_frame_of_their_own(kept: Runtime) -> None:
    app = create_app(kept)
    client = client_of(app)
    client.get("/demonstratie/berichten")
    assert "Nog geen berichten" in client.page.text
    kept.mailer.send(MAIL)
    client.get("/demonstratie/berichten")
    (link,) = [e.get("href", "") for e in client.page.all("a") if e.text == MAIL.subject]
    answer = client.get(link)
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    (frame,) = client.page.all("iframe")
    assert frame.get("sandbox") == ""
    html = FlaskClient(app).get(frame.get("src", ""))
    assert html.get_data(as_text=True) == MAIL.html
    policy = html.headers["Content-Security-Policy"]
    assert ("default-src 'none'" in policy, "style-src 'unsafe-inline'" in policy, "script" in policy) == (
        True,
        True,
        False,
    )


def test_a_message_that_is_not_there(client: CheckedClient, kept: Runtime) -> None:
    assert client.get("/demonstratie/berichten/abc").status_code == 404
    assert client_of(create_app(kept)).get("/demonstratie/berichten/abc/html").status_code == 404


def test_sign_ins_are_shown_with_the_code_of_now(client: CheckedClient) -> None:
    client.get("/demonstratie")
    codes = [e.text for e in client.page.all("strong") if re.fullmatch(r"\d{6}", e.text or "")]
    assert len(codes) == len(COLLEAGUES)


@pytest.mark.parametrize("path", ["/demonstratie", "/demonstratie/berichten", "/demonstratie/berichten/abc"])
def test_none_of_it_exists_in_earnest(runtime: Runtime, path: str) -> None:
    settings = dataclasses.replace(runtime.settings, is_demonstration=False)
    client = client_of(create_app(dataclasses.replace(runtime, settings=settings)))
    assert client.get(path).status_code == 404
