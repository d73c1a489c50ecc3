"""A whole installation in this process: pages in a real browser, the real register, workers called by hand."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Page

from leuvenhelpt.bootstrap import Runtime, city_folder
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.geocoder import CityGeocoder
from leuvenhelpt.gateways.mailer import KeptMail
from leuvenhelpt.gateways.register_file import RegisterInUse
from tests.runtimes import runtime_for, settings_for
from workers.locate import locate
from workers.notify import notify
from workers.pair import pair
from workers.sweep import sweep

SCREENSHOTS = os.environ.get("SCREENSHOTS", "")


class Camera(Protocol):
    """Keeps a picture of the page as it stands, under a name."""

    def __call__(self, page: Page, name: str) -> None: ...


@pytest.fixture
def runtime(tmp_path: Path, sqlite_url: str, clock: SetClock) -> Iterator[Runtime]:
    """Everything real but the clock, the bell (workers are called by hand) and the sending of mail (kept)."""
    settings = settings_for(tmp_path, sqlite_url)
    built = runtime_for(settings, clock)
    register = RegisterInUse(tmp_path, city_folder(settings.city))
    geocoder = CityGeocoder(register, built.city)
    yield replace(built, geocoder=geocoder, mailer=KeptMail(tmp_path / "mail", clock))
    built.engine.dispose()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Camera:
    """Where SCREENSHOTS names a folder, pictures are kept there, numbered in the order of the journey."""
    taken: list[str] = []

    def take(page: Page, name: str) -> None:
        if SCREENSHOTS:
            taken.append(name)
            journey = re.sub(r"\W+", "-", request.node.name).strip("-")
            path = Path(SCREENSHOTS) / journey / f"{len(taken):02}-{name}.png"
            page.screenshot(path=path, full_page=True)

    return take


def work_off(runtime: Runtime) -> None:
    """What the worker processes would do now, once round."""
    for work in (sweep, locate, pair, notify):
        work(runtime)


def mail_to(runtime: Runtime, address: str, subject: str) -> Email:
    """The newest kept mail to somebody whose subject holds these words."""
    assert isinstance(runtime.mailer, KeptMail)
    kept = [mail for _, _, mail in runtime.mailer.kept() if mail.to == address]
    found = [mail for mail in kept if subject in mail.subject]
    assert found, [mail.subject for mail in kept]
    return found[0]


def link_in(mail: Email, path: str, site: str) -> str:
    """The address in a mail that begins with this path, at the address where the site is served."""
    found = re.search(rf"http://localhost(/{path}/\S+)", mail.text)
    assert found, mail.text
    return site + found[1]


def path_in_mail(runtime: Runtime, address: str, path: str) -> str:
    """The newest link that begins with this path in the mails to somebody, in whatever language they are."""
    assert isinstance(runtime.mailer, KeptMail)
    texts = [mail.text for _, _, mail in runtime.mailer.kept() if mail.to == address]
    found = [link[1] for text in texts if (link := re.search(rf"http://localhost(/{path}/\S+)", text))]
    assert found, texts
    return found[0]


def press(page: Page, name: str) -> None:
    """Press the first button with this name, and wait for what comes."""
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def heading(page: Page) -> str:
    """What the page says first."""
    return page.locator("h1").inner_text()


def sign_in_at_desk(page: Page, site: str, password: str, code: str) -> None:
    """Stef's two steps: password, then the six digits."""
    page.goto(f"{site}/balie/aanmelden")
    page.fill("#email", "stef@stad.example")
    page.fill("#password", password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/aanmelden/code")
    page.fill("#code", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/balie")
