"""Ways to go through the site: with keys alone, without scripts, and over the wire with no browser at all.

A story is told once, in the Dutch words of the interface; each way finds what they name in its own language.
"""

from __future__ import annotations

import re
from typing import Protocol
from xml.etree.ElementTree import Element

from playwright.sync_api import Locator, Page
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from leuvenhelpt.rendering.language import translations
from tests.journeys.keys import reach
from tests.pages import CheckedClient, sent_by, words

MOST_ARROWS = 20


class Way(Protocol):
    """How somebody uses the site. Words are those of the interface in Dutch; fields go by their id or name."""

    language: str

    def say(self, dutch: str) -> str:
        """These words in the language of whoever goes this way."""

    def go(self, path: str) -> None:
        """Open a page by its address."""

    def follow(self, dutch: str) -> None:
        """Follow the first link that says this."""

    def press(self, dutch: str) -> None:
        """Press the first button that says this."""

    def unfold(self, dutch: str) -> None:
        """Open what is folded up under these words."""

    def mend(self, field: str) -> None:
        """After an error: from its line in the list of errors to the field."""

    def write(self, field: str, told: str) -> None:
        """Write this in a field, in place of what stood there."""

    def choose(self, name: str, value: str) -> None:
        """Choose one of several."""

    def tick(self, name: str, value: str = "") -> None:
        """Tick the box with this value, or the first of that name."""

    def select(self, field: str, value: str) -> None:
        """Choose one from a list."""

    @property
    def heading(self) -> str:
        """What the page says first."""

    @property
    def text(self) -> str:
        """What the page says."""

    @property
    def path(self) -> str:
        """Where the page stands."""


class Said:
    """Whoever goes a way, goes it in a language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, dutch: str) -> str:
        return " ".join(translations(self.language).gettext(dutch).split())


class Browsing(Said):
    """What the ways through a real browser share: finding things by what they are and say."""

    def __init__(self, page: Page, site: str, language: str) -> None:
        super().__init__(language)
        self.page, self.site = page, site
        page.context.add_cookies([{"name": "language", "value": language, "url": site}])

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)

    def follow(self, dutch: str) -> None:
        self.use(self.named("link", dutch))

    def press(self, dutch: str) -> None:
        self.use(self.named("button", dutch))

    def named(self, role: str, dutch: str) -> Locator:
        """The first link or button that says exactly this, else the first that begins so."""
        said = r"\s+".join(re.escape(word) for word in self.say(dutch).split())
        for pattern in (rf"^\s*{said}\s*$", rf"^\s*{said}"):
            found = self.page.get_by_role(role, name=re.compile(pattern)).first  # type: ignore[arg-type]
            if found.count():
                return found
        raise AssertionError(f"no {role} says {self.say(dutch)!r} on {self.page.url}")

    def use(self, what: Locator) -> None:
        """Let a link or a button do what it does, and see what comes."""
        raise NotImplementedError

    def arrive(self) -> None:
        """After an error its list has the focus, and the title says it first."""
        if self.page.locator(".summary").count():
            assert self.page.title().startswith(self.say("Fout:"))
            self.page.locator(".summary:focus").wait_for()  # the browser gives it once all is drawn

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site)


class Keys(Browsing):
    """Somebody who only has keys: Tab, arrows, Space, Enter. Wherever the focus comes, it is seen."""

    def use(self, what: Locator) -> None:
        reach(self.page, what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.arrive()

    def unfold(self, dutch: str) -> None:
        reach(self.page, self.page.locator("summary", has_text=self.say(dutch)).first)
        self.page.keyboard.press("Enter")

    def mend(self, field: str) -> None:
        reach(self.page, self.page.locator(f".summary a[href='#{field}']"))
        self.page.keyboard.press("Enter")
        assert self.page.locator(f"#{field}:focus").count() == 1

    def write(self, field: str, told: str) -> None:
        reach(self.page, self.page.locator(f"#{field}"))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(told)

    def choose(self, name: str, value: str) -> None:
        card = self.page.locator(f"input[name={name}][value='{value}']")
        group = self.page.locator(f"input[name={name}]")
        reach(self.page, group)
        self.page.keyboard.press("Space")
        for _ in range(MOST_ARROWS):
            if card.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} {value} cannot be chosen")

    def tick(self, name: str, value: str = "") -> None:
        box = box_of(self.page, name, value)
        reach(self.page, box)
        self.page.keyboard.press("Space")
        assert box.is_checked()

    def select(self, field: str, value: str) -> None:
        listed = self.page.locator(f"#{field}")
        reach(self.page, listed)
        self.page.keyboard.type(listed.locator(f"option[value='{value}']").inner_text())
        assert listed.input_value() == value


class Plain(Browsing):
    """Somebody in whose browser no script runs."""

    def use(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()
        self.arrive()

    def unfold(self, dutch: str) -> None:
        self.page.locator("summary", has_text=self.say(dutch)).first.click()

    def mend(self, field: str) -> None:
        self.page.locator(f".summary a[href='#{field}']").click()

    def write(self, field: str, told: str) -> None:
        self.page.fill(f"#{field}", told)

    def choose(self, name: str, value: str) -> None:
        self.page.check(f"input[name={name}][value='{value}']")

    def tick(self, name: str, value: str = "") -> None:
        box_of(self.page, name, value).check()

    def select(self, field: str, value: str) -> None:
        self.page.select_option(f"#{field}", value)


class Wire(Said):
    """No browser: what pages say, and what their forms send. Each page is checked as any in the tests."""

    def __init__(self, client: CheckedClient, language: str) -> None:
        super().__init__(language)
        self.client, self.path = client, ""
        client.set_cookie("language", language)

    def go(self, path: str) -> None:
        self._take(path, self.client.get(path))

    def follow(self, dutch: str) -> None:
        self.go(self._named("a", dutch).get("href", ""))

    def press(self, dutch: str) -> None:
        button = self._named("button", dutch)
        form = self._form_of(button)
        sent = MultiDict(pair for field in self._fields(form) if (pair := sent_by(field)) is not None)
        if name := button.get("name"):
            sent.add(name, button.get("value", ""))
        where = button.get("formaction") or form.get("action") or self.path
        if form.get("method") == "post":
            self._take(where, self.client.post(where, data=sent))
        else:
            self._take(where, self.client.get(where, query_string=sent))

    def unfold(self, dutch: str) -> None:
        self._named("summary", dutch)

    def mend(self, field: str) -> None:
        links = [link.get("href") for part in self._of_class("summary") for link in part.iter("a")]
        assert f"#{field}" in links, (links, self.path)
        assert self.client.page.title.startswith(self.say("Fout:"))

    def write(self, field: str, told: str) -> None:
        element = self._with_id(field)
        if element.tag == "textarea":
            element.text = told
        else:
            element.set("value", told)

    def choose(self, name: str, value: str) -> None:
        for one in self._boxes(name):
            one.attrib.pop("checked", None)
        self.tick(name, value)

    def tick(self, name: str, value: str = "") -> None:
        found = [one for one in self._boxes(name) if value in {"", one.get("value")}]
        assert found, f"no {name} {value} on {self.path}"
        found[0].set("checked", "")

    def select(self, field: str, value: str) -> None:
        options = list(self._with_id(field).iter("option"))
        assert value in {option.get("value") for option in options}
        for option in options:
            option.attrib.pop("selected", None)
            if option.get("value") == value:
                option.set("selected", "")

    @property
    def heading(self) -> str:
        return self.client.page.heading

    @property
    def text(self) -> str:
        return self.client.page.text

    def _take(self, path: str, answer: TestResponse) -> None:
        while answer.status_code in {302, 303}:
            path = answer.location
            answer = self.client.get(path)
        self.path = path.split("#")[0]

    def _named(self, tag: str, dutch: str) -> Element:
        said = self.say(dutch)
        seen = [one for one in self.client.page.all(tag) if one.get("aria-hidden") != "true"]
        found = [one for one in seen if words(one) == said] or [
            one for one in seen if said in words(one) and (tag == "summary" or words(one).startswith(said))
        ]
        assert found, f"no {tag} says {said!r} on {self.path}: {[words(one) for one in seen]}"
        return found[0]

    def _form_of(self, button: Element) -> Element:
        forms = self.client.page.all("form")
        if form_id := button.get("form"):
            return next(form for form in forms if form.get("id") == form_id)
        return next(form for form in forms if any(one is button for one in form.iter()))

    def _fields(self, form: Element) -> list[Element]:
        inside = {id(one) for one in form.iter() if one.get("form") in {None, form.get("id")}}
        every = self.client.page.all("input", "select", "textarea")
        return [one for one in every if id(one) in inside or one.get("form", "") == form.get("id")]

    def _with_id(self, field: str) -> Element:
        found = [one for one in self.client.page.root.iter() if one.get("id") == field]
        assert found, f"no {field} on {self.path}"
        return found[0]

    def _boxes(self, name: str) -> list[Element]:
        return [one for one in self.client.page.all("input") if one.get("name") == name]

    def _of_class(self, name: str) -> list[Element]:
        return [one for one in self.client.page.root.iter() if one.get("class") == name]


def box_of(page: Page, name: str, value: str) -> Locator:
    """The box with this value, or the first of that name."""
    which = f"[value='{value}']" if value else ""
    return page.locator(f"input[name={name}]{which}").first
