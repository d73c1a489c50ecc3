"""A web page as a visitor without scripts sees it: its words, its links, and its forms as they were rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Answers = Mapping[str, str | Sequence[str]]
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
UNSEEN = frozenset({"head", "script", "style", "template", "noscript"})
BUTTONS = frozenset({"submit", "button", "reset", "image", "file"})
TICKED = frozenset({"checkbox", "radio"})


@dataclass
class Element:
    """A tag with what it holds: other elements and bits of text, in order."""

    tag: str
    attributes: dict[str, str]
    content: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def inside(self, *tags: str) -> Iterator[Element]:
        """All elements in this one with one of these tags, in the order of the page."""
        for part in self.content:
            if isinstance(part, Element):
                if part.tag in tags:
                    yield part
                yield from part.inside(*tags)

    @property
    def words(self) -> str:
        """All that can be read in it, in one line."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.content:
            if isinstance(part, str):
                yield part
            elif part.tag not in UNSEEN:
                yield from part._texts()


@dataclass(frozen=True)
class Form:
    """A form as it was rendered."""

    element: Element

    @property
    def action(self) -> str:
        return self.element.get("action")

    @property
    def method(self) -> str:
        return self.element.get("method").upper() or "GET"

    @property
    def buttons(self) -> list[Element]:
        return [button for button in self.element.inside("button") if button.get("type") in {"", "submit"}]

    @property
    def names(self) -> frozenset[str]:
        """The names of everything that can be filled in, ticked or chosen."""
        return frozenset(
            element.get("name") for element in self.element.inside("input", "select", "textarea")
        )

    def filled(self, answers: Answers) -> list[tuple[str, str]]:
        """What a browser sends: the given values, hidden ones included, with the answers to what is asked here."""
        sent = [(name, value) for name, value in self._given() if name not in answers]
        for name in sorted(self.names & set(answers)):
            answer = answers[name]
            sent += [(name, value) for value in ([answer] if isinstance(answer, str) else answer)]
        return sent

    def _given(self) -> Iterator[tuple[str, str]]:
        for element in self.element.inside("input", "select", "textarea"):
            if element.tag == "select":
                yield from ((element.get("name"), value) for value in _chosen(element))
            elif element.tag == "textarea":
                yield element.get("name"), "".join(element._texts()).removeprefix("\n")
            elif _is_sent(element):
                ticked = "on" if element.get("type") in TICKED else ""
                yield element.get("name"), element.attributes.get("value", ticked)


@dataclass(frozen=True)
class Page:
    """A page and where it came from."""

    url: str
    root: Element

    @property
    def heading(self) -> str:
        return next((heading.words for heading in self.root.inside("h1")), "")

    @property
    def main(self) -> Element:
        """The page without what stands around every page."""
        return next(self.root.inside("main"), self.root)

    @property
    def forms(self) -> list[Form]:
        return [Form(element) for element in self.main.inside("form")]

    def form_asking(self, *names: str) -> Form | None:
        """The first form that asks one of these names."""
        return next((form for form in self.forms if form.names & set(names)), None)

    def form_for(self, part: str) -> Form | None:
        """The first form that sends to an address with `part` in it."""
        return next((form for form in self.forms if part in form.action), None)

    def button(self, *values: str) -> tuple[Form, Element] | None:
        """The first button with one of these values, the first value first, and its form."""
        pairs = [(form, button) for form in self.forms for button in form.buttons]
        wanted = (pair for value in values for pair in pairs if pair[1].get("value") == value)
        return next(wanted, None)

    def links(self, part: str) -> list[str]:
        """The addresses of links that have `part` in them, in the order of the page."""
        return [link.get("href") for link in self.root.inside("a") if part in link.get("href")]


def read_page(url: str, html: str) -> Page:
    """Read a page as it was sent."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(url, reader.root)


class _Reader(HTMLParser):
    """Builds the tree; a closing tag also closes what was left open inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].content.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        depth = next((i for i in range(len(self._open) - 1, 0, -1) if self._open[i].tag == tag), None)
        if depth is not None:
            del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)


def _chosen(select: Element) -> list[str]:
    options = list(select.inside("option"))
    marked = [option for option in options if "selected" in option.attributes] or options[:1]
    return [option.attributes.get("value", option.words) for option in marked]


def _is_sent(element: Element) -> bool:
    if not element.get("name") or "disabled" in element.attributes or element.get("type") in BUTTONS:
        return False
    return element.get("type") not in TICKED or "checked" in element.attributes
