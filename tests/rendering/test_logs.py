"""Logs hold ids and states, whoever writes them: never what somebody typed, and no link that opens anything."""

import json
import logging
import subprocess
import sys
from pathlib import Path

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
