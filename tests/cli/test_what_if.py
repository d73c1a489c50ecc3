"""A trial as its own process lives through it: it writes down how far it is, and knows when it is not wanted."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config import ROOT
from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.cli.what_if import noting
from leuvenhelpt.domain.errors import SomebodyWasFirst
from tests.services.test_what_if import asked, claimed, told


def test_progress_is_written_at_most_once_a_second(runtime: Runtime) -> None:
    number = asked(runtime)
    claimed(runtime, "a")
    note = noting(runtime, "a")
    note(0.25)
    note(0.5)
    assert told(runtime, number) == ("running", 0.25, "")
    with pytest.raises(SomebodyWasFirst):
        noting(runtime, "another")(0.5)


def test_a_lease_that_is_none_ends_in_one_line(runtime: Runtime) -> None:
    environ = {
        "LEUVENHELPT_DEMO": "1",
        "LEUVENHELPT_DATA": str(runtime.settings.data_dir),
        "DATABASE_URL": runtime.settings.database_url,
    }
    command = [sys.executable, "-m", "leuvenhelpt", "simulate", "--what-if", "nothing"]
    ended = subprocess.run(
        command, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert ended.stderr.startswith("Nothing was handed over under this lease")
