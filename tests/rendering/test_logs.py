"""Logs hold ids and states, whoever writes them: never what somebody typed, and no link that opens anything."""

import ast
import json
import logging
import subprocess
import sys
from pathlib import Path

from leuvenhelpt.rendering.logs import ALLOWED_KEYS, only_allowed

ROOT = Path(__file__).resolve().parents[2]
SPEAKS = """
import logging
from leuvenhelpt.rendering.logs import set_up_logs
set_up_logs()
try:
    raise ValueError("An Peeters, +32470123456")
except ValueError:
    logging.getLogger("leuvenhelpt.web").exception("Exception on /vraag/%s [GET]", "{token}")
"""
TOKEN = "ImFiYzEyMy00NTY3LTg5YWItY2RlZiI.abcdefghijklmnopqrstuvwxyz0"


def test_what_a_library_logs_passes_the_filter_too() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SPEAKS.replace("{token}", TOKEN)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    (line,) = said.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"]) == ("Exception on /vraag/*** [GET]", "error")
    assert told["exception"].startswith("ValueError at ")
    assert "Peeters" not in line


def test_the_web_server_logs_through_the_filter() -> None:
    assert "set_up_logs(settings.log_level)" in (ROOT / "wsgi.py").read_text()
    assert logging.getLogger("leuvenhelpt.web").propagate


def keys_logged(path: Path) -> set[str]:
    """The names under which a module tells its log anything."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    ours = [call for call in calls if ast.unparse(call.func).startswith("log.")]
    return {keyword.arg or "**" for call in ours for keyword in call.keywords}


def test_what_we_log_is_let_through() -> None:
    paths = [path for room in ("leuvenhelpt", "workers") for path in (ROOT / room).rglob("*.py")]
    dropped = {path.name: keys_logged(path) - ALLOWED_KEYS for path in paths}
    assert {name: keys for name, keys in dropped.items() if keys} == {}
    assert sum(len(keys_logged(path)) for path in paths) > 10


def test_the_number_of_a_mail_is_not_taken_for_an_address() -> None:
    told = only_allowed(
        None, "info", {"event": "to vera@post.example", "message_id": "<0f@host>", "words": "x"}
    )
    assert told == {"event": "to ***", "message_id": "<0f@host>", "dropped": ["words"]}
