"""Somebody with a browser, played by a program: keeps cookies, follows redirects, sends forms as rendered."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from http.cookiejar import CookieJar
from time import monotonic, sleep
from typing import TypeVar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from leuvenhelpt.cli.pages import Answers, Element, Form, Page, read_page
from leuvenhelpt.cli.verbs import Stop

TIMEOUT = 10.0  # seconds for one answer
LOOK_EVERY = 0.05
NO_BUTTON = Element("button", {})

Found = TypeVar("Found")


class Visitor:
    """A browser of its own. What is not a page (4xx, 5xx, no answer) raises `Stop` with what it said."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._browser = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, address: str, *, on: Page | None = None) -> Page:
        """Open an address, as it stands in `on` or on this site."""
        return self._fetch(Request(urljoin(on.url if on else self.site, address)))

    def send(
        self, page: Page, form: Form, answers: Answers | None = None, *, button: Element | None = None
    ) -> Page:
        """Fill in a form of `page` and press a button, the first one unless told otherwise."""
        pressed = button or next(iter(form.buttons), NO_BUTTON)
        sent = form.filled(answers or {})
        if pressed.get("name"):
            sent.append((pressed.get("name"), pressed.get("value")))
        target = urljoin(page.url, pressed.get("formaction") or form.action or page.url)
        if form.method == "GET":
            return self._fetch(Request(f"{target}?{urlencode(sent)}"))
        return self._fetch(Request(target, urlencode(sent).encode(), {"Origin": _origin(page.url)}))

    def _fetch(self, wanted: Request) -> Page:
        try:
            with self._browser.open(wanted, timeout=TIMEOUT) as answer:
                return read_page(answer.url, answer.read().decode("utf-8"))
        except HTTPError as error:
            with error:
                words = read_page("", error.read().decode("utf-8", "replace")).main.words
            raise Stop(
                f"{wanted.get_method()} {_path(wanted)} was answered with {error.code}: {words[:400]}"
            ) from error
        except (OSError, HTTPException) as error:
            raise Stop(f"{wanted.get_method()} {_path(wanted)} was not answered: {error}") from error


def until(look: Callable[[], Found | None], what: str, *, seconds: float = 30) -> Found:
    """Look again and again until something is found; `Stop` with `what` is missing if it does not come."""
    end = monotonic() + seconds
    while (found := look()) is None:
        if monotonic() > end:
            raise Stop(f"Waited {seconds:.0f} seconds in vain for {what}.")
        sleep(LOOK_EVERY)
    return found


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _path(wanted: Request) -> str:
    return urlsplit(wanted.full_url).path
