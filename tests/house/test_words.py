"""Interface texts go through the catalogue, and nothing but the city's own data names the city."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
CODE = [
    path
    for room in ("leuvenhelpt", "workers")
    for path in sorted((ROOT / room).rglob("*.py"))
    if "cities" not in path.parts
]
LEXER = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
SPOKEN = re.compile(r'\b(?:alt|title|placeholder|aria-label)="([^"{]*[A-Za-zÀ-ÿ]{2}[^"]*)"')


def untranslated(source: str) -> list[str]:
    """The texts a visitor would read that stand in a template outside `_()` and `{% trans %}`."""
    outside, in_trans = [], False
    tokens = list(LEXER.lex(source))
    for place, (_line, kind, value) in enumerate(tokens):
        if kind == "name" and value in {"trans", "endtrans"} and tokens[place - 2][1] == "block_begin":
            in_trans = value == "trans"
        elif kind == "data":
            outside.append(" " if in_trans else value)
        elif kind in {"block_end", "variable_end"}:
            outside.append("{")
    html = "".join(outside)
    texts = re.sub(r"(?s)<!--.*?-->|<(style|script)\b.*?</\1>|<[^<>]*>", "\n", html).split("\n")
    return [t.strip() for t in texts if re.search(r"[A-Za-zÀ-ÿ]{2}", t)] + SPOKEN.findall(html)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>{{ _('Dag') }}</p>", []),
        ("<p>Dag</p>", ["Dag"]),
        ("<p>{% trans %}Dag <b>u</b>{% endtrans %}</p>", []),
        ('<img alt="Een hond">', ["Een hond"]),
    ],
)
def test_the_check_itself(source: str, found: list[str]) -> None:
    assert untranslated(source) == found


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.suffix == ".html"], ids=lambda p: p.name)
def test_visible_text_is_translatable(path: Path) -> None:
    assert untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_template_names_no_city_and_is_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "Leuven" not in source
    assert len(source.splitlines()) <= 60


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.name)
def test_code_names_no_city(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    strings = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    assert [text for text in strings if "Leuven" in text] == []
