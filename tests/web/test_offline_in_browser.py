"""A lost connection in a real browser: nothing typed is lost, a kept task can be read, and it goes when it should."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import BaseWSGIServer, make_server

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock, real_clock
from leuvenhelpt.services import matches
from tests import make, people
from tests.browsers import faults
from tests.journeys.towns import press
from tests.web.test_offline import task_page
from tests.web.volunteer.test_linked_pages import unsubscribe_path

# Waited for in the page itself, ten seconds at most: what Playwright waits with is refused by our security policy.
WAIT = """async () => { for (let turn = 0; turn < 200; turn++) {
  if (%s) return; await new Promise(go => setTimeout(go, 50)) } throw new Error("waited in vain") }"""
CONTROLLED = WAIT % "navigator.serviceWorker.controller"
EMPTIED = WAIT % "!(await (await caches.open('kept')).keys()).length"
KEEPABLE = "[data-keepable] input"


class Line:
    """A server that can be cut off: what a browser then sees is what it sees in a tunnel."""

    def __init__(self, app: Flask) -> None:
        self.app, self.port = app, 0
        self.up()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        self.server: BaseWSGIServer = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def down(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def line(app: Flask) -> Iterator[Line]:
    """A line that is up."""
    line = Line(app)
    yield line
    line.down()


@pytest.fixture
def window(browser: Browser, line: Line, clock: SetClock) -> Iterator[Page]:
    """A phone whose worker stands between its pages and the line. Its clock is real, so ours is near it."""
    clock.now = real_clock().replace(hour=9)  # at night nobody is asked
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(line.site)
    page.evaluate(CONTROLLED)
    yield page
    context.close()


def kept(page: Page) -> list[str]:
    """The addresses of the pages that the device keeps."""
    script = (
        "caches.open('kept').then(kept => kept.keys()).then(all => all.map(one => new URL(one.url).pathname))"
    )
    found: list[str] = page.evaluate(script)
    return found


def keep(page: Page, line: Line, path: str) -> None:
    """Look at the address of a task and keep it on the device."""
    page.goto(line.site + path)
    page.check(KEEPABLE)
    press(page, "Toon adres en telefoon")
    page.wait_for_selector("[data-kept]:not([hidden])")


def test_what_was_typed_survives_a_lost_connection(window: Page, line: Line) -> None:
    window.goto(f"{line.site}/hulp-vragen")
    window.fill("#words", "Brood en melk.")
    line.down()
    window.context.set_offline(True)
    press(window, "Verder")
    expect(window.locator("[name=words]")).to_have_count(
        0
    )  # the browser itself says that there is no connection
    line.up()
    window.context.set_offline(False)
    window.reload()
    assert window.locator("[name=words]").input_value() == "Brood en melk."


def test_a_kept_task_is_read_without_connection_until_it_is_dropped(
    window: Page, line: Line, runtime: Runtime
) -> None:
    about = make.located_request(runtime, people.an())
    match_id = make.accepted_match(runtime, about, people.vera(runtime))
    path = task_page(runtime, match_id)
    keep(window, line, path)
    assert kept(window) == [path]
    line.down()
    window.goto(line.site + path)
    assert "Naamsestraat 147" in window.inner_text("main")
    assert window.locator("[data-kept]").is_visible()
    assert faults(window) == []
    window.goto(f"{line.site}/mijn-hulp")
    assert window.locator("h1").inner_text() == "Geen verbinding"
    line.up()
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        matches.drop(uow, match_id, remark="")
    window.goto(line.site + path)
    assert window.locator("h1").inner_text() == "U komt niet meer"
    assert kept(window) == []


def test_a_task_that_ended_elsewhere_goes_with_the_next_visit(
    window: Page, line: Line, runtime: Runtime
) -> None:
    match_id = make.accepted_match(runtime)
    keep(window, line, task_page(runtime, match_id))
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        matches.drop(uow, match_id, remark="")
    window.goto(line.site)
    window.evaluate(EMPTIED)


def test_looking_alone_keeps_nothing(window: Page, line: Line, runtime: Runtime) -> None:
    path = task_page(runtime, make.accepted_match(runtime))
    window.goto(line.site + path)
    window.wait_for_selector(KEEPABLE)
    press(window, "Toon adres en telefoon")
    assert kept(window) == []
    line.down()
    window.goto(line.site + path)
    assert window.locator("h1").inner_text() == "Geen verbinding"
    line.up()


def test_after_its_time_it_is_not_shown(window: Page, line: Line, runtime: Runtime, clock: SetClock) -> None:
    clock.move(days=-30)
    path = task_page(runtime, make.accepted_match(runtime))
    window.goto(line.site + path)
    window.check(KEEPABLE)
    press(window, "Toon adres en telefoon")
    line.down()
    window.goto(line.site + path)
    assert window.locator("h1").inner_text() == "Geen verbinding"
    assert kept(window) == []
    line.up()


def test_stopping_by_the_link_in_a_mail_wipes_it(window: Page, line: Line, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    path = task_page(runtime, make.accepted_match(runtime, volunteer_id=vera))
    keep(window, line, path)
    window.goto(f"{line.site}{unsubscribe_path(runtime, vera)}/stoppen")
    press(window, "Ja, ik stop")
    assert window.locator("h1").inner_text() == "U bent gestopt"
    assert kept(window) == []


def test_signing_out_wipes_it(window: Page, line: Line, runtime: Runtime) -> None:
    people.stef(runtime)
    keep(window, line, task_page(runtime, make.accepted_match(runtime)))
    window.goto(f"{line.site}/balie/aanmelden")
    window.fill("#email", "stef@stad.example")
    window.fill("#password", make.PASSWORD)
    press(window, "Verder")
    window.fill("#code", make.totp_code(runtime))
    window.keyboard.press("Enter")
    press(window, "Meld af")
    assert kept(window) == []
