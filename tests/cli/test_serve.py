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

UNWANTED = (
    "DATABASE_URL",
    "REDIS_URL",
    "SMTP_URL",
    "PUBLIC_URL",
    "SECRET_KEY",
    "LEUVENHELPT_DEMO",
    "HOST",
    "PORT",
)


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

    def start(self) -> subprocess.Popen[bytes]:
        environ = {name: value for name, value in os.environ.items() if name not in UNWANTED}
        environ |= {"LEUVENHELPT_DATA": str(self.data), "PORT": str(self.port)}
        with (self.data.parent / "told").open("wb") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "leuvenhelpt", "serve", "--demonstration"],
                cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=told, stderr=told,
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


def test_it_comes_up_heals_and_goes_in_order(serving: Serving) -> None:
    process = serving.start()
    serving.until_told("Ctrl-C stops everything")
    assert serving.is_ready()
    before = serving.record.leftovers()
    assert len(before) == 6  # Valkey, four workers, the web server
    os.killpg(before[2], signal.SIGKILL)
    serving.until_told("was killed by signal 9; starting it again")
    until_six = monotonic() + 20
    while len(serving.record.leftovers()) < 6:
        assert monotonic() < until_six
        sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 0
    assert serving.record.leftovers() == []


def test_after_a_kill_it_starts_again_and_tells_so(serving: Serving) -> None:
    process = serving.start()
    serving.until_told("Ctrl-C stops everything")
    secret = (serving.data / "secret-key").read_text()
    process.kill()
    process.wait()
    assert len(serving.record.leftovers()) == 6
    again = serving.start()
    serving.until_told("Ctrl-C stops everything")
    assert serving.told.startswith(
        "A previous run was killed and left 6 processes running; they have been stopped."
    )
    assert serving.is_ready()
    assert (serving.data / "secret-key").read_text() == secret
    again.terminate()
    assert again.wait(40) == 0


def test_a_taken_port_that_was_asked_for_is_told_in_a_line(serving: Serving) -> None:
    with socket.create_server(("127.0.0.1", serving.port)):
        assert serving.start().wait(20) == 1
    assert (
        serving.told
        == f"Port {serving.port} is taken: stop what listens there, or choose another with PORT=…\n"
    )


def test_a_second_run_on_the_same_data_is_told_in_a_line(serving: Serving) -> None:
    first = serving.start()
    serving.until_told("Ctrl-C stops everything")
    second = Serving(serving.data, ports.any_free())
    assert second.start().wait(20) == 1
    assert f"This data folder is in use by process {first.pid}" in second.told
    assert serving.is_ready()
