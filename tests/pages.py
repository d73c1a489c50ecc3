"""A test client that looks at every page it gets: each HTML answer in any test is checked."""

from __future__ import annotations

import io
import os
import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.test import TestResponse

from leuvenhelpt.rendering.language import translations

KEPT = os.environ.get("KEEP_PAGES", "")
LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}


def words(element: Element) -> str:
    """The text of an element as it is read, its spaces made one."""
    return " ".join("".join(element.itertext()).split())


class Page:
    """A parsed page. `faults` names what is wrong with it; tests read what they need from the rest."""

    def __init__(self, html: str) -> None:
        self.html = html
        try:
            parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
            self.root: Element = parser.parse(io.StringIO(html))
        except ParseError as error:
            raise AssertionError(f"not HTML: {error}\n{html}") from error

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.root.iter() if element.tag in tags]

    @property
    def title(self) -> str:
        return words(self.all("title")[0])

    @property
    def heading(self) -> str:
        return words(self.all("h1")[0])

    @property
    def text(self) -> str:
        return words(self.all("body")[0])

    def form(self, action: str = "") -> dict[str, str]:
        """What the form to an action (or the only POST form) sends if nothing is touched."""
        forms = [form for form in self.all("form") if form.get("method", "get").lower() == "post"]
        wanted = [form for form in forms if not action or form.get("action") == action]
        assert len(wanted) == 1, [form.attrib for form in forms]
        return dict(pair for element in wanted[0].iter() if (pair := sent_by(element)) is not None)

    def faults(self) -> list[str]:
        return [fault for check in CHECKS for fault in check(self)]


def keep(html: str) -> None:
    """Keep a page for `./test valid`, once: addresses and numbers that differ in each test count for nothing."""
    if KEPT:
        alike = re.sub(r"[0-9A-Za-z_.-]{24,}|[0-9]+", "", html)
        (Path(KEPT) / f"{sha256(alike.encode()).hexdigest()}.html").write_text(html, encoding="utf-8")


def sent_by(element: Element) -> tuple[str, str] | None:
    """Name and value a form sends for an element as it stands."""
    name, kind = element.get("name"), element.get("type", "text")
    if name is None or element.tag not in LABELLED:
        return None
    if element.tag == "textarea":
        return name, "".join(element.itertext()).removeprefix("\n")
    if element.tag == "select":
        chosen = [o for o in element.iter("option") if "selected" in o.attrib] or list(element.iter("option"))
        return name, chosen[0].get("value", words(chosen[0]))
    if kind == "image" or (kind in {"checkbox", "radio"} and "checked" not in element.attrib):
        return None
    return name, element.get("value", "")


def check_frame(page: Page) -> list[str]:
    faults = [] if page.root.get("lang") else ["html has no lang"]
    if len(page.all("h1")) != 1:
        return [*faults, f"{len(page.all('h1'))} h1"]
    fault = " ".join(translations(page.root.get("lang", "")).gettext("Fout:").split())
    begins = page.title.removeprefix(f"{fault} ").startswith(page.heading)
    return faults + ([] if begins else [f"title {page.title!r} does not begin with h1 {page.heading!r}"])


def check_ids(page: Page) -> list[str]:
    ids = [i for element in page.root.iter() if (i := element.get("id")) is not None]
    faults = [f"id {i!r} twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
    for element in page.root.iter():
        for name in ("aria-describedby", "aria-labelledby", "for"):
            faults += [f"{name} to {i!r}" for i in element.get(name, "").split() if i not in ids]
        target = element.get("href", "")
        if element.tag == "a" and target.startswith("#") and target[1:] not in ids:
            faults.append(f"link to {target}")
    return faults


def check_labels(page: Page) -> list[str]:
    targets = {label.get("for") for label in page.all("label")}
    wrapped = {id(inner) for label in page.all("label") for inner in label.iter() if words(label)}
    return [
        f"no label: {field.tag} {field.get('name')}"
        for field in page.all(*LABELLED)
        if field.get("type") not in NEEDS_NO_LABEL
        and field.get("id") not in targets
        and id(field) not in wrapped
        and not field.get("aria-label")
        and not (field.get("type") == "image" and field.get("alt"))
    ]


def check_tokens(page: Page) -> list[str]:
    return [
        f"form to {form.get('action')} has no token"
        for form in page.all("form")
        if form.get("method", "get").lower() == "post"
        and not any(i.get("name") == "csrf_token" and i.get("value") for i in form.iter("input"))
    ]


def check_inline(page: Page) -> list[str]:
    marks = [(e.tag, str(name)) for e in page.root.iter() for name in e.attrib]
    faults = [f"{name} on {tag}" for tag, name in marks if name == "style" or re.match(r"on[a-z]+$", name)]
    faults += ["<style>" for _ in page.all("style")]
    return faults + ["inline script" for e in page.all("script") if not e.get("src")]


def check_addresses(page: Page) -> list[str]:
    addresses = [
        element.get(name) or "" for element in page.root.iter() for name in ("href", "src", "action")
    ]
    return [f"space in {address[:60]}" for address in addresses if re.search(r"\s", address)]


CHECKS = (check_frame, check_ids, check_labels, check_tokens, check_inline, check_addresses)


class CheckedClient(FlaskClient):
    """Looks at whatever comes back. `page` is the last page."""

    page: Page

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and response.status_code not in {301, 302, 303}:
            self.page = Page(response.get_data(as_text=True))
            keep(self.page.html)
            faults = self.page.faults() + self._dead_links()
            assert faults == [], faults
        return response

    def _dead_links(self) -> list[str]:
        faults = []
        for element in self.page.root.iter():
            for name in ("href", "src", "action"):
                address = element.get(name) or ""
                method = element.get("method", "get").upper() if name == "action" else "GET"
                if address.startswith("/") and not self._resolves(address, method):
                    faults.append(f"{method} {address} leads nowhere")
        return faults

    def _resolves(self, address: str, method: str) -> bool:
        path = re.split(r"[?#]", address)[0]
        if path.startswith("/static/"):
            return (Path(self.application.static_folder or "") / path.removeprefix("/static/")).is_file()
        try:
            self.application.url_map.bind("localhost").match(path, method=method)
        except MethodNotAllowed:
            return False
        except HTTPException as error:
            return error.code is not None and error.code < 400
        return True
