"""An unfinished request: kept for two hours in the browser it was typed in, gone on with or wiped; lost sessions."""

from __future__ import annotations

import pytest

from leuvenhelpt.gateways.clock import SetClock
from tests.pages import CheckedClient
from tests.web.asking import WHAT, WHEN, WHO, fill_in, press, standing

RESUME, FORGET = "/hulp-vragen/verder", "/hulp-vragen/wis"


def click(client: CheckedClient, action: str) -> None:
    """The button of the form to an action."""
    client.post(action, data=client.page.form(action), follow_redirects=True)


def is_offered(client: CheckedClient, path: str = "/") -> bool:
    """Whether the page offers to go on."""
    client.get(path)
    return "U was een vraag aan het schrijven." in client.page.text


def test_nothing_is_offered_to_who_wrote_nothing(client: CheckedClient) -> None:
    assert not is_offered(client)
    assert client.get_cookie("draft") is None


@pytest.mark.parametrize("path", ["/", "/hulp-vragen"])
def test_what_is_needed_and_when_is_gone_on_with(client: CheckedClient, path: str) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    press(client, **(WHEN | {"timing": "moments", "hours": ["1-1"]}))
    press(client, "back")
    assert is_offered(client, path)
    assert WHAT["words"] not in client.page.text
    click(client, RESUME)
    assert client.page.heading == "Wanneer en waar?"
    kept = standing(client)
    assert (kept["words"], kept["kind"], kept["timing"], kept["hours"]) == (
        WHAT["words"],
        "groceries",
        "moments",
        "1-1",
    )


def test_who_and_where_are_never_kept(client: CheckedClient) -> None:
    fill_in(client)
    assert is_offered(client)
    click(client, RESUME)
    assert not any(secret in client.page.html for secret in ("Naamsestraat", "Peeters", "0470"))
    press(client, **WHEN)
    press(client, **WHO)
    assert client.page.heading == "Klopt alles?"


def test_the_cookie_says_nothing_to_others(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    answer = press(client, **WHAT)
    [cookie] = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("draft=")]
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=7200", "Path=/"} <= set(cookie.split("; "))
    assert "knie" not in cookie


def test_it_is_over_after_two_hours(client: CheckedClient, clock: SetClock) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    clock.move(minutes=121)
    assert not is_offered(client)


def test_it_is_wiped_at_a_press(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    is_offered(client)
    click(client, FORGET)
    assert "Wat u schreef, is gewist van dit toestel." in client.page.text
    assert client.get_cookie("draft") is None
    assert not is_offered(client)


def test_it_is_gone_once_the_request_is_sent(client: CheckedClient) -> None:
    fill_in(client)
    press(client, "send")
    assert client.get_cookie("draft") is None


@pytest.mark.parametrize("value", ["", "niets", "é" * 10, "x" * 4000])
def test_a_broken_cookie_is_no_cookie(client: CheckedClient, value: str) -> None:
    client.set_cookie("draft", value)
    assert not is_offered(client)
    client.get("/hulp-vragen")
    client.post(RESUME, data={"csrf_token": client.page.form()["csrf_token"]}, follow_redirects=True)
    assert client.page.heading == "Vertel in uw eigen woorden wat u kan helpen"


def test_the_longest_words_in_any_script_are_kept_or_left_but_never_break_a_page(
    client: CheckedClient,
) -> None:
    client.get("/hulp-vragen")
    words = "".join(chr(0x430 + (n * 7919 + n // 3) % 32) for n in range(2000))
    answer = press(client, words=words, kind="dog")
    cookies = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("draft=")]
    assert answer.status_code == 200
    assert all(len(cookie) < 4096 for cookie in cookies)


def test_an_offer_survives_a_lost_session(client: CheckedClient) -> None:
    client.get("/helpen")
    sent = client.page.form("/helpen") | {
        "name": "Vera Claes",
        "words": "Ik tuinier graag.",
        "email": "v@post.example",
    }
    client.delete_cookie("lh")
    assert client.post("/helpen", data=sent).status_code == 400
    again = client.page.form("/helpen")
    assert (again["name"], again["words"], again["email"]) == (
        "Vera Claes",
        "Ik tuinier graag.",
        "v@post.example",
    )
    client.post("/helpen", data=again)
    assert client.page.form("/helpen")["words"] == "Ik tuinier graag."


def test_each_step_of_asking_survives_a_lost_session(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    for typed in (WHAT, WHEN, WHO):
        client.delete_cookie("lh")
        assert press(client, **typed).status_code == 400
        assert client.page.heading == "Verstuur dit nog één keer"
        press(client, standing(client)["go"])
    assert client.page.heading == "Klopt alles?"
