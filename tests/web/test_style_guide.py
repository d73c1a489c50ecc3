"""The page that shows every part: none is missing, and each is in more than its best state."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from leuvenhelpt.web.app import TEMPLATES
from tests.pages import CheckedClient

PARTS = sorted((TEMPLATES / "components").glob("*.html"))
SHOWN_BY = [*sorted((TEMPLATES / "public").glob("_style_*.html")), TEMPLATES / "public" / "style_guide.html"]
AROUND = [TEMPLATES / "layouts" / f"{name}.html" for name in ("base", "public", "_account")]


def macros(app: Flask) -> dict[str, set[str]]:
    """The macros of the components, and which others each calls."""
    found = {}
    for path in PARTS:
        for macro in app.jinja_env.parse(path.read_text()).find_all(nodes.Macro):
            found[f"{path.stem}.{macro.name}"] = called(macro, imported(app, path) | own(app, path))
    return found


def own(app: Flask, path: Path) -> dict[str, str]:
    parsed = app.jinja_env.parse(path.read_text())
    return {macro.name: f"{path.stem}.{macro.name}" for macro in parsed.find_all(nodes.Macro)}


def imported(app: Flask, path: Path) -> dict[str, str]:
    """What a template calls the macros that it takes from elsewhere."""
    known = {}
    for line in app.jinja_env.parse(path.read_text()).find_all(nodes.FromImport):
        assert isinstance(line.template, nodes.Const)
        room = Path(str(line.template.value)).stem
        for name in line.names:
            theirs, ours = (name, name) if isinstance(name, str) else name
            known[ours] = f"{room}.{theirs}"
    return known


def called(node: nodes.Node, known: dict[str, str]) -> set[str]:
    calls = (call.node.name for call in node.find_all(nodes.Call) if isinstance(call.node, nodes.Name))
    return {known[name] for name in calls if name in known}


def shown(app: Flask) -> set[str]:
    """The macros on the page, and all that those are made of."""
    parts = macros(app)
    waiting = set()
    for path in (*SHOWN_BY, *AROUND):
        waiting |= called(app.jinja_env.parse(path.read_text()), imported(app, path))
    reached: set[str] = set()
    while waiting:
        macro = waiting.pop()
        reached.add(macro)
        waiting |= parts.get(macro, set()) - reached
    return reached


def test_every_part_is_shown(app: Flask) -> None:
    parts = macros(app)
    assert len(parts) > 40
    assert sorted(set(parts) - shown(app)) == []


@pytest.mark.parametrize(
    ("tag", "attribute", "values"),
    [
        (
            "div",
            "class",
            {"notice", "notice notice--ok", "notice notice--warn", "notice notice--bad", "empty"},
        ),
        ("span", "class", {"tag", "tag tag--main", "tag tag--ok", "tag tag--warn", "tag tag--bad"}),
        ("button", "aria-busy", {"true"}),
        ("li", "aria-current", {"step"}),
        ("div", "role", {"alert"}),
        ("textarea", "aria-invalid", {"true"}),
        ("input", "type", {"radio", "checkbox", "tel", "date", "image"}),
    ],
)
def test_parts_are_shown_in_their_states(
    client: CheckedClient, tag: str, attribute: str, values: set[str]
) -> None:
    client.get("/stijl")
    assert values <= {element.get(attribute) for element in client.page.all(tag)}


def test_both_ends_of_a_list_and_both_maps_are_shown(client: CheckedClient) -> None:
    client.get("/stijl")
    circles = [e for e in client.page.root.iter() if e.get("class") == "map__area"]
    pictures = [e for e in client.page.all("input") if e.get("type") == "image"]
    assert (len(circles), len(pictures)) == (2, 2)
    for words in ("Vorige", "Volgende", "Wij zijn te laat. Sorry.", "zegt aan de telefoon dit codewoord"):
        assert words in client.page.text
