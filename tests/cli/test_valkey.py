"""The embedded Valkey: reachable by its owner only, and it keeps what it held over a kill -9."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from leuvenhelpt.cli import valkey
from leuvenhelpt.cli.leftovers import Record
from leuvenhelpt.cli.supervisor import Program, Supervisor
from leuvenhelpt.cli.verbs import Stop
from tests import servers

pytestmark = pytest.mark.server


@pytest.fixture
def folder() -> Iterator[Path]:
    with servers.folder() as folder:
        yield folder


def test_it_keeps_what_it_held_over_a_kill(folder: Path) -> None:
    socket = folder / "own" / "valkey.sock"
    url = f"unix://{socket}"
    valkey.make_socket_folder(socket)
    program = Program("valkey", valkey.command(valkey.find_server(), socket), folder, 0)
    with Supervisor(folder / "logs", os.environ, Record(folder / "processes.json")) as supervisor:
        process = supervisor.start(program)
        valkey.wait_until_answering(url, process)
        with Redis.from_url(url) as connection:
            connection.set("bell", "rung")
            connection.execute_command("WAITAOF", 1, 0, 2000)
        process.kill()
        process.wait()
        assert not valkey.answers(url)
        supervisor.tend()
        while not valkey.answers(url):
            supervisor.tend()
        with Redis.from_url(url) as connection:
            assert connection.get("bell") == b"rung"
            assert connection.config_get("port") == {"port": "0"}
        assert stat.S_IMODE(socket.parent.stat().st_mode) == stat.S_IMODE(socket.stat().st_mode) == 0o700


def test_a_folder_others_may_write_in_is_refused(folder: Path) -> None:
    (folder / "open").mkdir()
    (folder / "open").chmod(0o777)
    with pytest.raises(Stop, match="not this user's alone"):
        valkey.make_socket_folder(folder / "open" / "valkey.sock")


def test_a_server_that_cannot_start_is_noticed(folder: Path) -> None:
    command = valkey.command(valkey.find_server(), folder / "no such folder" / "valkey.sock")
    with servers.running(command, folder) as process, pytest.raises(Stop, match="stopped as soon as"):
        valkey.wait_until_answering("unix:///nowhere", process)
