"""Signing in takes a password and a code; strangers learn nothing; signing out ends it."""

from __future__ import annotations

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts
from leuvenhelpt.storage.models import Account, SignInLink
from tests import make, people
from tests.pages import CheckedClient
from tests.web.staff.conftest import sign_in


def form(client: CheckedClient, path: str) -> dict[str, str]:
    client.get(path)
    return client.page.form()


def test_unknown_wrong_and_volunteer_hear_the_same(client: CheckedClient, runtime: Runtime) -> None:
    people.stef(runtime)
    vera = people.vera(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        account = uow.session.query(Account).filter_by(volunteer_id=vera).one()
        accounts.set_password(uow, account.id, password=make.PASSWORD)
    heard = set()
    for email, password in [
        ("nobody@stad.example", make.PASSWORD),
        ("stef@stad.example", "something else"),
        ("vera@post.example", make.PASSWORD),
    ]:
        facts = form(client, "/balie/aanmelden") | {"email": email, "password": password}
        assert client.post("/balie/aanmelden", data=facts).status_code == 422
        heard.add(client.page.text.replace(email, ""))
    assert len(heard) == 1


def test_code_is_asked_only_after_the_password(client: CheckedClient, runtime: Runtime) -> None:
    people.stef(runtime)
    assert client.get("/balie/aanmelden/code").location == "/balie/aanmelden"
    facts = form(client, "/balie/aanmelden") | {"code": make.totp_code(runtime)}
    assert client.post("/balie/aanmelden/code", data=facts).location == "/balie/aanmelden"
    assert client.get("/balie").location == "/balie/aanmelden"


def test_wrong_code_is_told_and_halfway_lasts_five_minutes(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    people.stef(runtime)
    facts = form(client, "/balie/aanmelden") | {"email": "stef@stad.example", "password": make.PASSWORD}
    client.post("/balie/aanmelden", data=facts)
    facts = form(client, "/balie/aanmelden/code") | {"code": "000000"}
    assert client.post("/balie/aanmelden/code", data=facts).status_code == 422
    assert "Deze code klopt niet." in client.page.text
    clock.move(minutes=6)
    facts["code"] = make.totp_code(runtime)
    assert client.post("/balie/aanmelden/code", data=facts).location == "/balie/aanmelden"


def test_a_link_from_before_somebody_was_staff_is_no_way_to_the_desk(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    make.applicant(runtime, email="nele@stad.example")
    clock.move(days=2)
    make.staff(runtime, email="nele@stad.example", role="admin")
    with runtime.reading() as db:
        link = db.query(SignInLink).one()
    address = f"/{Purpose.CONFIRM.value}/{runtime.links.token(Purpose.CONFIRM, link.public_id)}"
    client.get(address)
    assert client.post(address, data=client.page.form(address)).status_code == 404
    assert client.get("/balie").location == "/balie/aanmelden"


def test_tries_are_counted(client: CheckedClient) -> None:
    facts = form(client, "/balie/aanmelden") | {"email": "x@stad.example", "password": "y"}
    answers = [client.post("/balie/aanmelden", data=facts).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_an_account_is_one_account_however_its_address_is_spelled(client: CheckedClient) -> None:
    facts = form(client, "/balie/aanmelden") | {"password": "y"}
    spelled = ["x@stad.example"] * 8 + ["x\u200b@stad.example", "X@ｓtad.example", " x@Stad.example"]
    answers = [client.post("/balie/aanmelden", data=facts | {"email": one}).status_code for one in spelled]
    assert answers == [422] * 10 + [429]


def test_signing_out_ends_the_session_for_a_copied_cookie_too(stef: CheckedClient) -> None:
    stef.get("/balie")
    with stef.session_transaction() as session:
        copied = dict(session)
    answer = stef.post("/afmelden", data=stef.page.form("/afmelden"))
    assert (answer.location, "Clear-Site-Data" in answer.headers) == ("/", True)
    with stef.session_transaction() as session:
        session.update(copied)
    assert stef.get("/balie").location == "/balie/aanmelden"


def test_session_left_alone_for_half_an_hour_is_over(
    stef: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    clock.move(minutes=29)
    assert stef.get("/balie").status_code == 200
    clock.move(minutes=31)
    assert stef.get("/balie").location == "/balie/aanmelden"
    sign_in(stef, runtime, "stef@stad.example")
