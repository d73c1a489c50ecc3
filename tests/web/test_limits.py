"""How often is too often: for an account that somebody tries to open, and for one number that asks for help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.storage.models import HelpRequest
from leuvenhelpt.web import create_app
from leuvenhelpt.web.forms.keys import FormKeys
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.runtimes import settings_for
from tests.web.staff.conftest import sign_in

TOO_OFTEN = HTTPStatus.TOO_MANY_REQUESTS


def from_somewhere(client: CheckedClient, number: int, path: str, facts: dict[str, str]) -> int:
    """Each try from an address of its own."""
    return client.post(path, data=facts, environ_base={"REMOTE_ADDR": f"10.0.{number}.1"}).status_code


def test_one_account_is_not_tried_from_many_places(app: Flask, runtime: Runtime) -> None:
    people.stef(runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    facts = {"email": "Stef@stad.example", "password": "is het dit misschien"}
    codes = [from_somewhere(client_of(app), n, "/balie/aanmelden", facts) for n in range(11)]
    assert (set(codes[:10]), codes[10]) == ({HTTPStatus.UNPROCESSABLE_ENTITY}, TOO_OFTEN)
    other = {"email": "an@post.example", "password": "is het dit misschien"}
    assert from_somewhere(client_of(app), 99, "/balie/aanmelden", other) == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_sixth_code_is_refused_wherever_it_comes_from(app: Flask, runtime: Runtime) -> None:
    account = people.stef(runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    codes = []
    for number in range(6):
        client = client_of(app)
        with client.session_transaction() as session:
            session["halfway"], session["halfway_until"] = account, runtime.clock().timestamp() + 300
        codes.append(from_somewhere(client, number, "/balie/aanmelden/code", {"code": "000000"}))
    assert (set(codes[:5]), codes[5]) == ({HTTPStatus.UNPROCESSABLE_ENTITY}, TOO_OFTEN)


def test_colleagues_in_one_office_all_sign_in(app: Flask, runtime: Runtime) -> None:
    for n in range(6):
        make.staff(runtime, email=f"c{n}@stad.example", name=f"C{n}")
        sign_in(client_of(app), runtime, f"c{n}@stad.example")


def test_an_evening_in_one_hall_brings_many_volunteers(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    emails = [f"v{n}@post.example" for n in range(31)]
    offered = [client_of(app).post("/helpen", data={"email": email}).status_code for email in emails]
    assert set(offered) == {HTTPStatus.UNPROCESSABLE_ENTITY}  # more is asked for, and all of it comes back
    back = [client_of(app).post("/aanmelden", data={"email": email}).status_code for email in emails]
    assert set(back) == {HTTPStatus.FOUND}


def test_a_code_in_other_digits_is_only_wrong(app: Flask, runtime: Runtime) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = client_of(app)
    with client.session_transaction() as session:
        session["halfway"], session["halfway_until"] = people.stef(runtime), runtime.clock().timestamp() + 300
    answer = client.post("/balie/aanmelden/code", data={"code": "١٢٣٤٥٦"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(("whom", "most"), [("self", 3), ("other", 10)])
def test_a_fourth_request_within_the_hour_for_one_number_is_too_often_and_an_eleventh_for_others(
    runtime: Runtime, tmp_path: Path, whom: str, most: int
) -> None:
    real = settings_for(
        tmp_path, runtime.settings.database_url, is_demonstration=False, public_url="https://localhost"
    )
    app = create_app(replace(runtime, settings=real))
    app.config["WTF_CSRF_ENABLED"], app.testing = False, True
    sent = {
        "words": "Brood", "kind": "groceries", "whom": whom, "timing": "soon", "address": "Naamsestraat 147",
        "postcode": "3000", "person_name": "An", "phone": "0470 12 34 56", "languages": "nl", "at": "4", "go": "send",
        "asker_name": "Tine", "agreed": "y",
    }  # fmt: skip
    codes = []
    for _ in range(most + 1):
        client = client_of(app)
        key = FormKeys(real.secret_key).new(runtime.clock() - timedelta(minutes=1))
        codes.append(client.post("/hulp-vragen", data=sent | {"key": key}).status_code)
        runtime.clock.move(minutes=1)  # type: ignore[attr-defined]
    assert codes == [HTTPStatus.FOUND] * most + [TOO_OFTEN]
    with runtime.reading() as db:
        assert db.query(HelpRequest).count() == most
