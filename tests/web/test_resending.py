"""A session that ended loses nothing that was typed, on whichever form."""

from __future__ import annotations

import pytest
from flask import Flask

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.web.access import SIGN_IN, Route, Who
from leuvenhelpt.web.routes import TABLE
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.web.staff.conftest import sign_in
from tests.web.staff.test_requests import path_of

OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"words": "Bel eerst de dochter.", "password": "geheim", "code": "123456", "lang": "nl"}
FORMS = [route for route in TABLE if route.method == "POST" and not route.is_one_click]


def address_of(app: Flask, route: Route) -> str:
    """An address of a route; nothing is asked of what stands in it."""
    rules = app.url_map.iter_rules(route.endpoint)
    arguments = {name: "1" for rule in rules for name in rule.arguments}
    adapter = app.url_map.bind("localhost")
    try:
        return adapter.build(route.endpoint, arguments, method="POST")
    except ValueError:
        return adapter.build(route.endpoint, dict.fromkeys(arguments, 1), method="POST")


def offered_again(client: CheckedClient) -> dict[str, str]:
    """What the form of the page holds, without its token and the sign that it was offered."""
    sent = client.page.form(client.page.all("form")[0].get("action", ""))
    return {name: value for name, value in sent.items() if name not in {"csrf_token", "resent"}}


@pytest.mark.parametrize("route", FORMS, ids=lambda route: route.endpoint)
def test_every_form_gives_back_what_was_typed(client: CheckedClient, route: Route) -> None:
    answer = client.post(address_of(client.application, route), data=TYPED, headers=OURS)
    assert answer.status_code == (403 if route.who in SIGN_IN else 400)
    assert client.page.heading == (
        "U was niet meer aangemeld" if route.who in SIGN_IN else "Verstuur dit nog één keer"
    )
    assert offered_again(client) == {"words": "Bel eerst de dochter."}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_nothing_is_offered_that_another_site_may_have_sent(
    client: CheckedClient, headers: dict[str, str]
) -> None:
    answer = client.post("/balie/hulpvragen/482713/neem-op", data={"words": "x"}, headers=headers)
    assert (answer.status_code, answer.location) == (302, "/balie/aanmelden")


def test_an_old_browser_that_says_where_it_comes_from_is_believed(client: CheckedClient) -> None:
    headers = {"Origin": "http://localhost"}
    assert client.post("/mijn-hulp/profiel", data=TYPED, headers=headers).status_code == 403


def test_a_note_outlives_the_session_in_which_it_was_typed(
    app: Flask, runtime: Runtime, clock: SetClock
) -> None:
    people.stef(runtime)
    stef = client_of(app)
    sign_in(stef, runtime, "stef@stad.example")
    path = f"{path_of(runtime, make.located_request(runtime))}/doe/nota"
    stef.get(path)
    typed = stef.page.form(path) | {"words": "Bel eerst de dochter."}
    clock.move(minutes=31)
    assert stef.post(path, data=typed, headers=OURS).status_code == 403
    (way,) = [a.get("href") for a in stef.page.all("a") if a.get("target") == "_blank"]
    assert way == "/balie/aanmelden"
    kept = stef.page.form(path)
    sign_in(stef, runtime, "stef@stad.example")
    stef.get(stef.post(path, data=kept, headers=OURS).location)
    assert "Bel eerst de dochter." in stef.page.text
    clock.move(minutes=1)
    sign_in(stef, runtime, "stef@stad.example")  # who takes a signed-in browser over begins anew
    assert stef.post(path, data=kept, headers=OURS).status_code == 400


def test_another_language_loses_nothing_either(client: CheckedClient) -> None:
    client.post("/meld-een-zorg", data=TYPED, headers=OURS)
    sent = client.page.form("/meld-een-zorg") | {"lang": "en"}
    client.post("/meld-een-zorg", data=sent, headers=OURS)
    assert client.page.root.get("lang") == "en"
    (words,) = [e for e in client.page.all("textarea") if e.get("name") == "words"]
    assert "".join(words.itertext()).strip() == "Bel eerst de dochter."


def test_the_way_to_the_sign_in_stays_short_where_nothing_was_typed(client: CheckedClient) -> None:
    assert {route.who for route in FORMS} >= {Who.EVERYONE, Who.LINK, Who.VOLUNTEER, Who.STAFF}
    answer = client.post("/mijn-hulp/kaartjes", data={"csrf_token": "x"}, headers=OURS)
    assert (answer.status_code, answer.location) == (302, "/aanmelden")


def test_without_cookies_the_page_says_so_and_what_was_typed_comes_through_with_them(
    client: CheckedClient,
) -> None:
    off = "Uw browser bewaart geen cookies."
    client.post("/meld-een-zorg", data={"words": TYPED["words"]}, headers=OURS)
    assert off not in client.page.text  # it may be that the page stood open
    for _ in range(2):
        kept = client.page.form("/meld-een-zorg")
        client.delete_cookie("lh")
        assert client.post("/meld-een-zorg", data=kept, headers=OURS).status_code == 400
        assert off in client.page.text
        assert "016 00 00 00" in client.page.text
    kept = client.page.form("/meld-een-zorg")
    assert kept["words"] == "Bel eerst de dochter."
    assert client.post("/meld-een-zorg", data=kept, headers=OURS).status_code == 302
