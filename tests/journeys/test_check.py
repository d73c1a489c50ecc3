"""`./run --check` does what it says, on both databases, with every process real."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from config import ROOT
from tests.servers import PostgresServer

pytestmark = [pytest.mark.server, pytest.mark.slow]

STAGES = [
    "everything ready",
    "offer sent",
    "address of the neighbour confirmed",
    "question sent",
    "receipt read",
    "neighbour found and asked",
    "accepted",
    "both told",
    "done",
    "both asked how it went",
    "both said it went well",
    "everything stopped",
]


def check(*arguments: str) -> None:
    command = [sys.executable, "-m", "leuvenhelpt", "check", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], list(report["stages"])) == (0, True, STAGES), report


def test_one_help_request_goes_all_the_way_on_sqlite() -> None:
    check()


def test_one_help_request_goes_all_the_way_on_postgresql(postgres: PostgresServer) -> None:
    check("--database-url", postgres.create_database("check"))
