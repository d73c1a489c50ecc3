"""The tail is the enemy: how long a file, a function and a template may be, what is longer, and why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("leuvenhelpt", "workers", "benchmarks", "tests")
FILE, TEST_FILE, FUNCTION, TEMPLATE = 250, 400, 30, 60  # lines

# What may be longer, with the reason. What no longer needs its line here must leave it.
LONGER = {
    "leuvenhelpt/storage/migrations/versions": "a migration is read once, from top to bottom",
}


def python_files() -> Iterator[Path]:
    yield from ROOT.glob("*.py")
    for folder in CODE:
        yield from (ROOT / folder).rglob("*.py")


def is_excepted(path: Path) -> bool:
    return any(path.relative_to(ROOT).as_posix().startswith(place) for place in LONGER)


def lines_in(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Every function of a module with its lines, decorators and docstring not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            words = ast.get_docstring(node, clean=False)
            said = 0 if words is None else len(words.splitlines())
            yield node.name, node.end_lineno - node.lineno + 1 - said


def test_no_file_is_too_long() -> None:
    limits = {path: TEST_FILE if path.is_relative_to(ROOT / "tests") else FILE for path in python_files()}
    assert [
        f"{path.relative_to(ROOT)}: {lines_in(path)} lines, at most {limit}"
        for path, limit in sorted(limits.items())
        if lines_in(path) > limit and not is_excepted(path)
    ] == []


def test_no_function_is_too_long() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {name} has {length} lines, at most {FUNCTION}"
        for path in sorted(python_files())
        if not is_excepted(path)
        for name, length in functions(path.read_text("utf-8"))
        if length > FUNCTION
    ] == []


def test_no_template_is_too_long() -> None:
    templates = (
        path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".svg", ".xml"}
    )
    assert [
        f"{path.relative_to(ROOT)}: {lines_in(path)} lines, at most {TEMPLATE}"
        for path in sorted(templates)
        if lines_in(path) > TEMPLATE and not is_excepted(path)
    ] == []


def test_every_exception_is_still_needed() -> None:
    assert [place for place in LONGER if not (ROOT / place).exists()] == []


def test_a_function_is_measured_without_decorators_and_docstring() -> None:
    source = (
        '@first\n@second(\n  1\n)\ndef told(a,\n  b):\n    """One.\n\n    Three.\n    """\n    return a\n'
    )
    assert list(functions(source)) == [("told", 3)]
