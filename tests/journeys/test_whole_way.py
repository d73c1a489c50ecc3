"""The whole way in a real browser: a resident asks, a neighbour comes, both say how it went."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.storage.models import HelpRequest
from tests import make, people
from tests.apps import app
from tests.browsers import page, site
from tests.journeys.towns import (
    Camera,
    heading,
    link_in,
    mail_to,
    picture,
    press,
    runtime,
    sign_in_at_desk,
    work_off,
)

__all__ = ["app", "page", "picture", "runtime", "site"]

pytestmark = pytest.mark.slow

AN, VERA = "an.peeters@post.example", "vera@post.example"


def ask(page: Page, site: str, kind: str, picture: Camera) -> str:
    """An asks for this kind of help; the address of the page that is hers."""
    page.goto(site)
    picture(page, "home")
    page.get_by_role("link", name="Ik zoek hulp").click()
    page.fill("#words", "Brood en melk, mijn knie wil niet mee.")
    picture(page, "words")
    press(page, "Verder")
    choice = page.locator(".pick", has_text=kind)
    if not choice.is_visible():  # what we do not suggest is folded away
        page.get_by_text("Toon andere soorten hulp").click()
    choice.click()
    picture(page, "what")
    press(page, "Verder")
    page.locator(".pick", has_text="Zo snel het kan").click()
    page.fill("#address", "Naamsestraat 147, 3000")
    picture(page, "when")
    press(page, "Verder")
    page.fill("#person_name", "An Peeters")
    page.fill("#phone", "0470 12 34 56")
    page.get_by_text("Liever per e-mail").click()
    page.fill("#email", AN)
    picture(page, "who")
    press(page, "Verder")
    picture(page, "check")
    press(page, "Verstuur mijn vraag")
    assert heading(page) == "Wij hebben uw vraag"
    picture(page, "received")
    return page.url


def say_yes(neighbour: Page, runtime: Runtime, site: str, picture: Camera) -> None:
    """Vera opens the link in her mail and presses yes; nothing in mail or page told who or where."""
    mail = mail_to(runtime, VERA, "Kunt u helpen?")
    neighbour.goto(link_in(mail, "uitnodiging", site))
    for told in (mail.subject, mail.text, mail.html, neighbour.content()):
        assert [secret for secret in people.AN_SECRETS if secret in told] == []
    picture(neighbour, "invitation")
    press(neighbour, "Ja, ik doe het")
    assert "/taak/" in neighbour.url


def code_word(runtime: Runtime) -> str:
    """The word that both sides know."""
    word = make.row_of(runtime, HelpRequest, 1).code_word
    assert word
    return str(word)


def help_and_look_back(resident: Page, neighbour: Page, runtime: Runtime, picture: Camera) -> None:
    """The address is shown behind a button, the help is given, and both say that it went well."""
    assert "Naamsestraat" not in neighbour.content()
    press(neighbour, "Toon adres en telefoon")
    for told in ("An Peeters", "Naamsestraat 147", "0470 12 34 56", code_word(runtime)):
        assert told in neighbour.locator("main").inner_text()
    picture(neighbour, "address")
    press(neighbour, "Het is gebeurd")
    assert heading(neighbour) == "Dank u wel voor uw hulp"
    press(neighbour, "Ja, het ging goed")
    picture(neighbour, "thanks")
    work_off(runtime)
    resident.goto(
        link_in(mail_to(runtime, AN, "Hoe is het gegaan?"), "vraag", resident.url.split("/vraag")[0])
    )
    picture(resident, "how-did-it-go")
    press(resident, "Ja, alles ging goed")
    assert "Fijn dat het goed ging." in resident.locator("main").inner_text()
    picture(resident, "over")
    row = make.row_of(runtime, HelpRequest, 1)
    assert (row.state, row.went_well) == ("done", True)


def test_simple_help(page: Page, browser: Browser, runtime: Runtime, site: str, picture: Camera) -> None:
    people.vera(runtime)
    own_page = ask(page, site, "Boodschappen", picture)
    work_off(runtime)
    assert link_in(mail_to(runtime, AN, "Wij hebben uw vraag"), "vraag", site) == own_page
    page.reload()
    assert heading(page) == "Wij zoeken een buur voor u"
    assert page.viewport_size is not None
    context = browser.new_context(viewport=page.viewport_size)
    neighbour = context.new_page()
    say_yes(neighbour, runtime, site, picture)
    work_off(runtime)
    page.reload()
    assert heading(page) == "Vera Claes komt helpen"
    assert code_word(runtime) in page.locator("main").inner_text()
    picture(page, "who-comes")
    help_and_look_back(page, neighbour, runtime, picture)
    context.close()


def ask_by_hand(desk: Page, picture: Camera) -> None:
    """Stef takes the request up, asks Vera from the shortlist, and sees who it is about only after asking."""
    desk.get_by_role("link", name="Gezelschap").first.click()
    press(desk, "Neem op")
    assert "An Peeters" not in desk.content()
    picture(desk, "shortlist")
    press(desk, "Vera Claes")
    picture(desk, "asked")
    press(desk, "Toon")
    assert "An Peeters" in desk.locator("main").inner_text()
    picture(desk, "shown")


def test_delicate_help_goes_by_the_desk(
    page: Page, browser: Browser, runtime: Runtime, site: str, picture: Camera
) -> None:
    people.vera(runtime, vetting=3)
    people.stef(runtime)
    ask(page, site, "Gezelschap", picture)
    work_off(runtime)
    page.reload()
    assert heading(page) == "Een medewerker leest uw vraag"
    assert page.viewport_size is not None
    context = browser.new_context(viewport=page.viewport_size)
    other = context.new_page()
    sign_in_at_desk(other, site, make.PASSWORD, make.totp_code(runtime))
    picture(other, "desk")
    ask_by_hand(other, picture)
    work_off(runtime)
    say_yes(other, runtime, site, picture)
    page.reload()
    assert heading(page) == "Vera Claes komt helpen"
    help_and_look_back(page, other, runtime, picture)
    other.goto(f"{site}/balie")
    picture(other, "desk-after")
    assert other.get_by_role("link", name="Gezelschap").count() == 0
    context.close()
