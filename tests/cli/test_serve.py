"""`serve` as a whole, in a process of its own: it comes up, survives, keeps what it had, and goes in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

from config import ROOT
from leuvenhelpt.cli import ports
from leuvenhelpt.cli.leftovers import Record
from tests import servers

pytestmark = [pytest.mark.server, pytest.mark.slow]

PROCESSES = 5  # Valkey, three workers, the web server
# Empty, so that they do not come from an .env file either.
UNWANTED = ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "PUBLIC_URL", "SECRET_KEY", "HOST")


class Serving:
    """One `serve` with a data folder whose name has a space."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def told(self) -> str:
        return (self.data.parent / "told").read_text()

    @property
    def record(self) -> Record:
        return Record(self.data / "run" / "processes.json")

    @property
    def environ(self) -> dict[str, str]:
        data = {"LEUVENHELPT_DATA": str(self.data), "PORT": str(self.port), "LEUVENHELPT_DEMO": "1"}
        return {**os.environ, **dict.fromkeys(UNWANTED, ""), **data}

    def start(self) -> subprocess.Popen[bytes]:
        with (self.data.parent / "told").open("wb") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "leuvenhelpt", "serve"],
                cwd=ROOT, env=self.environ, stdin=subprocess.DEVNULL, stdout=told, stderr=told,
            )  # fmt: skip
        return self.process

    def until_told(self, words: str, seconds: float = 60) -> None:
        end = monotonic() + seconds
        while words not in self.told:
            assert self.process is not None
            assert self.process.poll() is None, self.told
            assert monotonic() < end, self.told
            sleep(0.05)

    def is_ready(self) -> bool:
        with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)


@pytest.fixture
def serving() -> Iterator[Serving]:
    with servers.folder() as folder:
        serving = Serving(folder / "a folder", ports.any_free())
        yield serving
        if serving.process is not None:
            serving.process.terminate()
            serving.process.wait(40)
        serving.record.stop_leftovers()


def test_it_comes_up_heals_and_starts_again_with_what_it_had(serving: Serving) -> None:
    """One test, since each start costs seconds."""
    process = serving.start()
    serving.until_told("Ctrl-C stops everything")
    assert serving.is_ready()
    secret = (serving.data / "secret-key").read_text()
    second_run_is_refused(serving, process.pid)
    worker_is_started_again(serving)

    process.kill()
    process.wait()
    assert len(serving.record.leftovers()) == PROCESSES
    again = serving.start()
    serving.until_told("Ctrl-C stops everything")
    assert serving.told.startswith(
        "A previous run was killed and left 5 processes running; they have been stopped."
    )
    assert serving.is_ready()
    assert (serving.data / "secret-key").read_text() == secret

    again.send_signal(signal.SIGINT)
    assert again.wait(40) == 0
    assert serving.record.leftovers() == []


def second_run_is_refused(serving: Serving, pid: int) -> None:
    environ = serving.environ | {"PORT": str(ports.any_free())}
    command = [sys.executable, "-m", "leuvenhelpt", "serve"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"This data folder is in use by process {pid}: stop that one first")
    assert done.stderr.count("\n") == 1


def worker_is_started_again(serving: Serving) -> None:
    os.killpg(serving.record.leftovers()[2], signal.SIGKILL)
    serving.until_told("was killed by signal 9; starting it again in 0.5 s")
    end = monotonic() + 20
    while len(serving.record.leftovers()) < PROCESSES:
        assert monotonic() < end
        sleep(0.05)


def test_a_taken_port_that_was_asked_for_is_told_in_a_line(serving: Serving) -> None:
    with socket.create_server(("127.0.0.1", serving.port)):
        assert serving.start().wait(30) == 1
    assert (
        serving.told
        == f"Port {serving.port} is taken: stop what listens there, or choose another with PORT=…\n"
    )
