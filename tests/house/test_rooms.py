"""What the import contracts in pyproject.toml cannot say."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def imported(source: str) -> Iterator[str]:
    """The top-level packages a module imports, also inside its functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            yield (node.module or "").split(".")[0]


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names | {"leuvenhelpt"}
    assert [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / "leuvenhelpt" / "domain").rglob("*.py"))
        for name in imported(path.read_text("utf-8"))
        if name not in allowed
    ] == []


def test_imports_are_found_wherever_they_stand() -> None:
    assert list(imported("import a.b\ndef f():\n    from c.d import e\n")) == ["a", "c"]


def test_the_web_server_loads_no_machine_learning(tmp_path: Path) -> None:
    """It would cost every web process 90 MiB."""
    assert loaded_by("wsgi", {"sklearn", "scipy", "pandas", "numba"}, tmp_path) == ("[]", "")


def test_the_compiler_is_loaded_by_the_first_question_only(tmp_path: Path) -> None:
    """It would cost each command and each worker a second and 100 MiB, also those that never look for anybody."""
    for module in ("workers.main", "leuvenhelpt.cli.explain", "leuvenhelpt.simulation.course"):
        assert loaded_by(module, {"numba", "llvmlite"}, tmp_path) == ("[]", "")


def loaded_by(module: str, heavy: set[str], data: Path) -> tuple[str, str]:
    """Which heavy packages a module loads, and what it complains of; in an interpreter that has none yet."""
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    environ = {"LEUVENHELPT_DEMO": "1", "LEUVENHELPT_DATA": str(data), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    return done.stdout.strip(), done.stderr
