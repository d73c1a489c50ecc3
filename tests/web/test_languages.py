"""The language of a page: chosen, remembered, changed while somebody types, and never a reason to fail."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.language import COMPLETE, languages
from leuvenhelpt.storage.models import HelpRequest, Match
from tests import make, people
from tests.pages import CheckedClient, Page
from tests.web.asking import WHAT, errors, fill_in, press, standing
from tests.web.test_status import path

PHONE = "016 00 00 00"


def said_in(page: Page) -> tuple[str | None, str | None]:
    return page.root.get("lang"), page.root.get("dir")


def test_the_first_language_of_the_browser_that_exists(client: CheckedClient) -> None:
    client.get("/", headers={"Accept-Language": "pl, ar;q=0.9, nl;q=0.5"})
    assert said_in(client.page) == ("ar", "rtl")


@pytest.mark.parametrize("asked", ["", "zz", "*;;q=", "x" * 3000, "tlh"])
def test_an_unknown_language_is_dutch(client: CheckedClient, asked: str) -> None:
    client.get(f"/?lang={asked[:300]}", headers={"Accept-Language": asked})
    assert said_in(client.page) == ("nl", "ltr")


def test_a_broken_cookie_is_dutch(client: CheckedClient) -> None:
    client.set_cookie("language", "<script>")
    client.get("/")
    assert said_in(client.page) == ("nl", "ltr")


def test_a_choice_is_remembered(client: CheckedClient) -> None:
    client.get("/?lang=fr")
    client.get("/zo-werkt-het", headers={"Accept-Language": "nl"})
    assert said_in(client.page) == ("fr", "ltr")


def test_each_page_offers_the_others_by_their_own_names(client: CheckedClient) -> None:
    client.get("/zo-werkt-het?van=kaartje")
    links = {link.get("hreflang"): link for link in client.page.all("a") if link.get("hreflang")}
    assert set(links) == set(languages()) - {"nl"}
    assert links["fr"].get("href") == "?van=kaartje&lang=fr"
    assert "".join(links["uk"].itertext()) == "Українська"


def test_the_desk_speaks_fewer(client: CheckedClient) -> None:
    client.get("/balie/aanmelden", headers={"Accept-Language": "tr"})
    assert said_in(client.page) == ("nl", "ltr")
    offered = {button.get("value") for button in client.page.all("button") if button.get("name") == "lang"}
    assert offered == set(COMPLETE) - {"nl"}


def test_another_language_keeps_what_was_typed_and_scolds_nobody(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    answer = press(client, "", address="Naamsestraat 147", lang="fr")
    assert answer.status_code == 200
    assert said_in(client.page) == ("fr", "ltr")
    assert errors(client) == []
    kept = client.page.form("/hulp-vragen")
    assert (kept["address"], kept["words"], kept["at"]) == ("Naamsestraat 147", WHAT["words"], "2")


def test_the_last_page_in_another_language_sends_nothing(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client)
    assert press(client, "send", lang="fr").status_code == 200
    assert (said_in(client.page), standing(client)["at"]) == (("fr", "ltr"), "4")
    assert requests(runtime) == 0


@pytest.mark.parametrize("go", ["send", "other", ""])
def test_another_language_is_no_way_past_the_questions(
    client: CheckedClient, runtime: Runtime, go: str
) -> None:
    client.get("/hulp-vragen")
    press(client, **WHAT)
    answer = press(client, go, at="4", lang="fr", address="Naamsestraat 147", phone="no number")
    assert answer.status_code == 200
    assert (standing(client)["at"], errors(client)) == ("2", [])
    assert requests(runtime) == 0


@pytest.mark.parametrize("typed", [{}, {"timing": "before", "before": "2026-12-03"}])
def test_who_changes_a_request_in_another_language_is_written_to_in_it(
    client: CheckedClient, runtime: Runtime, typed: dict[str, str]
) -> None:
    asked = make.located_request(runtime, people.an())
    match_id = make.asked_match(runtime, asked)
    address = f"{path(runtime, asked)}/veranderen"
    client.get(f"{address}?lang=ar")
    press(client, "2", address)
    press(client, "next", address, **typed)
    press(client, "send", address)
    assert make.row_of(runtime, HelpRequest, asked).reader_language == "ar"
    assert make.row_of(runtime, Match, match_id).state == ("cancelled" if typed else "asked")


def requests(runtime: Runtime) -> int:
    """How many were taken in."""
    with runtime.reading() as db:
        return len(db.scalars(select(HelpRequest)).all())


def test_an_offer_too_keeps_what_was_typed(client: CheckedClient) -> None:
    client.get("/helpen")
    typed = client.page.form() | {"name": "Vera", "lang": "en"}
    assert client.post("/helpen", data=typed).status_code == 200
    assert client.page.form()["name"] == "Vera"
    assert errors(client) == []


def test_enter_sends_the_form_and_does_not_change_the_language(client: CheckedClient) -> None:
    client.get("/hulp-vragen")
    buttons = [b for b in client.page.all("button") if b.get("form") == "typed" or not b.get("form")]
    assert buttons[0].get("name") is None
