"""Other ways to use the site: with the keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from leuvenhelpt.bootstrap import Runtime
from tests import make, people
from tests.apps import app
from tests.browsers import site
from tests.journeys.towns import heading, link_in, mail_to, press, runtime, sign_in_at_desk, work_off

__all__ = ["app", "runtime", "site"]

pytestmark = pytest.mark.slow

MOST_TABS = 60
AN, VERA = "an.peeters@post.example", "vera@post.example"
# What has the focus, as somebody who sees it would say it, and whether it can be seen that it has the focus.
FOCUSED = """() => {
  const it = document.activeElement, label = it.labels?.[0];
  const marked = [it, label].some(one => one && getComputedStyle(one).outlineStyle !== "none");
  const box = (label ?? it).getBoundingClientRect();
  return {name: (label?.textContent || it.textContent || "").trim(), id: it.id, marked,
          inside: box.bottom > 0 && box.top < innerHeight};
}"""


@pytest.fixture
def keys(browser: Browser) -> Iterator[Page]:
    """A window that is only used with the keyboard."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A window in which no script runs."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something with this id, or whose words begin so, has the focus, seen all the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        assert now["marked"], f"no mark on {now}"
        assert now["inside"], f"focus out of sight on {now}"
        if now["id"] == wanted or now["name"].startswith(wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached")


def go_on(page: Page) -> None:
    """Press Enter on what has the focus, and wait for the next page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, field: str, words: str) -> None:
    """Reach a field and type."""
    tab_to(page, field)
    page.keyboard.type(words)


def choose(page: Page, card: str) -> None:
    """Reach one of the cards to choose from, and choose it."""
    tab_to(page, card)
    page.keyboard.press("Space")


def on_to(page: Page, button: str) -> None:
    """Reach a button and press it."""
    tab_to(page, button)
    go_on(page)


def test_asking_with_the_keyboard_alone(keys: Page, site: str) -> None:
    keys.goto(site)
    keys.keyboard.press("Tab")
    assert keys.evaluate(FOCUSED)["name"] == "Naar de inhoud"
    tab_to(keys, "Ik zoek hulp")
    go_on(keys)
    type_into(keys, "words", "Brood en melk, mijn knie wil niet mee.")
    on_to(keys, "Verder")
    choose(keys, "Boodschappen")
    on_to(keys, "Verder")
    choose(keys, "Zo snel het kan")
    on_to(keys, "Verder")  # no address yet: the list of errors has the focus, its lines lead to the fields
    assert keys.evaluate("document.activeElement.className") == "summary"
    tab_to(keys, "Vul uw straat")
    keys.keyboard.press("Enter")
    assert keys.evaluate("document.activeElement.id") == "address"
    keys.keyboard.type("Naamsestraat 147, 3000")
    on_to(keys, "Verder")
    assert heading(keys) == "Hoe bereiken wij u?"
    type_into(keys, "person_name", "An Peeters")
    type_into(keys, "phone", "0470 12 34 56")
    on_to(keys, "Verder")
    on_to(keys, "Verstuur mijn vraag")
    assert heading(keys) == "Wij hebben uw vraag"


def test_without_scripts_help_is_asked_and_given(plain: Page, runtime: Runtime, site: str) -> None:
    people.vera(runtime)
    plain.goto(f"{site}/hulp-vragen")
    press(plain, "Verder")
    plain.locator(".pick", has_text="Boodschappen").click()
    press(plain, "Verder")
    plain.locator(".pick", has_text="Op bepaalde momenten").click()
    for box in plain.locator("#hours label").all():
        box.click()
    plain.fill("#address", "Naamsestraat 147, 3000")
    press(plain, "Verder")
    plain.fill("#person_name", "An Peeters")
    plain.get_by_text("Liever per e-mail").click()
    plain.fill("#email", AN)
    press(plain, "Verder")
    press(plain, "Verstuur mijn vraag")
    assert heading(plain) == "Wij hebben uw vraag"
    own_page = plain.url
    work_off(runtime)
    plain.goto(link_in(mail_to(runtime, VERA, "Kunt u helpen?"), "uitnodiging", site))
    press(plain, "Ja, ik doe het")
    press(plain, "Toon adres en telefoon")
    assert "Naamsestraat 147" in plain.locator("main").inner_text()
    press(plain, "Het is gebeurd")
    plain.goto(own_page)
    press(plain, "Ja, alles ging goed")
    assert heading(plain) == "De hulp is gegeven"


def test_without_scripts_help_is_offered(plain: Page, runtime: Runtime, site: str) -> None:
    plain.goto(f"{site}/helpen")
    plain.locator(".pick", has_text="Hond uitlaten").click()
    plain.locator("#hours label").first.click()
    facts = {"name": "Vera Claes", "phone": "0471 00 00 00", "address": "Naamsestraat 1", "email": VERA}
    for field, value in facts.items():
        plain.fill(f"#{field}", value)
    plain.select_option("#postcode", "3000")
    plain.check("#is_old_enough")
    plain.check("#has_read")
    press(plain, "Ik wil helpen")
    assert heading(plain) == "Kijk in uw mail"
    work_off(runtime)
    plain.goto(link_in(mail_to(runtime, VERA, ""), "helpen/bevestigen", site))
    plain.locator("main button").click()
    assert heading(plain) == "Dag Vera Claes"


def test_without_scripts_the_desk_asks_by_hand(plain: Page, runtime: Runtime, site: str) -> None:
    people.vera(runtime, vetting=3)
    people.stef(runtime)
    make.help_request(runtime, people.an(kind="company"))
    work_off(runtime)
    sign_in_at_desk(plain, site, make.PASSWORD, make.totp_code(runtime))
    plain.get_by_role("link", name="Gezelschap").first.click()
    press(plain, "Vera Claes")
    assert "Gevraagd, nog geen antwoord" in plain.locator("main").inner_text()
    work_off(runtime)
    assert mail_to(runtime, VERA, "Kunt u helpen?")
