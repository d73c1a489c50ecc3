"""Who gets in where, sessions that really end, and how often one may."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import accounts
from leuvenhelpt.web import app as web
from leuvenhelpt.web.access import Route, Who
from leuvenhelpt.web.limits import typed_account
from leuvenhelpt.web.signed_in import visitor
from tests import make
from tests.apps import client_of
from tests.pages import CheckedClient

ROOMS = ("everyone", "demonstration", "volunteer", "staff", "admin")


def say_who() -> ResponseReturnValue:
    return {"name": visitor().name, "role": visitor().role}


def let_in() -> ResponseReturnValue:
    return {}  # a view of its own: limits are counted by view


@pytest.fixture
def rooms(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application with a page more for each role, and two that may be sent to twice: one by each account."""
    extra = [Route(f"/rooms/{who}", f"room_{who}", say_who, Who(who)) for who in ROOMS]
    extra.append(Route("/rooms/often", "room_often", say_who, Who.EVERYONE, "POST", "2 per hour"))
    often = "2 per 15 minutes"
    extra.append(Route("/rooms/door", "room_door", let_in, Who.EVERYONE, "POST", often, typed_account))
    monkeypatch.setattr(web, "TABLE", (*web.TABLE, *extra))
    return web.create_app(runtime)


def sign_in(runtime: Runtime, client: CheckedClient, account_id: int) -> str:
    """Put a new session into the cookie of a client; its secret."""
    with runtime.unit_of_work(MACHINE) as uow:
        token = accounts.sign_in(uow, account_id)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return token


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("", [200, 200, 302, 302, 302]),
        ("coordinator", [200, 200, 404, 200, 404]),
        ("admin", [200, 200, 404, 200, 200]),
    ],
)
def test_each_role_gets_in_where_it_belongs(
    rooms: Flask, runtime: Runtime, role: str, codes: list[int]
) -> None:
    rooms.test_client_class = None
    client = rooms.test_client()
    if role:
        sign_in(runtime, client, make.staff(runtime, role=role))  # type: ignore[arg-type]
    assert [client.get(f"/rooms/{who}").status_code for who in ROOMS] == codes


def test_a_copied_cookie_is_worth_nothing_after_signing_out(rooms: Flask, runtime: Runtime) -> None:
    client = client_of(rooms)
    token = sign_in(runtime, client, make.staff(runtime, name="Stef Wouters"))
    answer = client.get("/rooms/staff")
    assert (answer.json, answer.headers["Cache-Control"]) == (
        {"name": "Stef Wouters", "role": "coordinator"},
        "no-store",
    )
    with runtime.unit_of_work(MACHINE) as uow:
        accounts.sign_out(uow, token)
    assert client.get("/rooms/staff").status_code == 302


def test_staff_left_alone_for_half_an_hour_must_sign_in_again(
    rooms: Flask, runtime: Runtime, clock: SetClock
) -> None:
    client = client_of(rooms)
    sign_in(runtime, client, make.staff(runtime))
    for _ in range(3):
        clock.move(minutes=20)
        assert client.get("/rooms/staff").status_code == 200
    clock.move(minutes=31)
    assert client.get("/rooms/staff").status_code == 302


def test_too_often_says_when_to_come_back(rooms: Flask) -> None:
    rooms.config["WTF_CSRF_ENABLED"] = False
    client = client_of(rooms)
    assert [client.post("/rooms/often").status_code for _ in range(3)] == [200, 200, 429]
    assert client.page.heading == "Even wachten"
    assert "Probeer het na 11.00 uur opnieuw" in client.page.text
    assert client.post("/rooms/often").headers["Retry-After"] == "3600"


def test_people_at_one_address_count_together_only_from_ten_times_as_many(rooms: Flask) -> None:
    rooms.config["WTF_CSRF_ENABLED"] = False
    client = client_of(rooms)

    def knock(account: str) -> int:
        return client.post("/rooms/door", data={"email": account}).status_code

    assert [knock("an@post.example") for _ in range(3)] == [200, 200, 429]
    assert "Probeer het na 10.15 uur opnieuw" in client.page.text
    assert [knock(f"{n}@post.example") for n in range(18)] == [200] * 17 + [429]


def test_valkey_away_is_no_reason_to_refuse(runtime: Runtime) -> None:
    settings = dataclasses.replace(runtime.settings, redis_url="unix:///nowhere/valkey.sock")
    app = web.create_app(dataclasses.replace(runtime, settings=settings))
    app.config["WTF_CSRF_ENABLED"] = False
    assert client_of(app).post("/hulp-vragen", data={"go": "next", "heard": ""}).status_code == 422
