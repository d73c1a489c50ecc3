"""The supervisor with small real processes: started again when killed, stopped in order, none left."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from leuvenhelpt.cli.leftovers import Record, began_at, only_run
from leuvenhelpt.cli.supervisor import Program, Supervisor, wait_for
from leuvenhelpt.cli.verbs import Stop

SLEEP = "import time; time.sleep(60)"
NOTE_WHEN_STOPPED = """
import signal, sys, time
def stop(*_):
    open("stopped", "a").write(sys.argv[1] + "\\n")
    sys.exit()
signal.signal(signal.SIGTERM, stop)
open(sys.argv[1] + ".started", "w").close()
time.sleep(60)
"""


def python(folder: Path, name: str, code: str, layer: int = 0) -> Program:
    return Program(name, [sys.executable, "-c", code, name], folder, layer)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "processes.json")


@pytest.fixture
def supervisor(tmp_path: Path, record: Record) -> Iterator[Supervisor]:
    with Supervisor(tmp_path / "logs", os.environ, record) as supervisor:
        yield supervisor


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "it did not happen in time"
        sleep(0.02)


def test_what_is_killed_is_started_again(supervisor: Supervisor, tmp_path: Path) -> None:
    first = supervisor.start(python(tmp_path, "worker", SLEEP))
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert supervisor.tend() == [
        f"worker was killed by signal 9; starting it again in 0.5 s ({tmp_path}/logs/worker.log)"
    ]
    until(lambda: not supervisor.tend() and supervisor.pids() not in ([], [first.pid]))
    assert began_at(supervisor.pids()[0])


def test_what_cannot_start_is_given_up_on(supervisor: Supervisor, tmp_path: Path) -> None:
    broken = python(tmp_path, "worker", "print('no such table', flush=True); raise SystemExit(3)")
    supervisor.start(broken)
    told: list[str] = []
    assert not wait_for(lambda: False, supervisor, seconds=20, tell=told.append)
    assert supervisor.failing() == broken
    assert [line.split(" (")[0] for line in told] == [
        "worker ended with code 3; starting it again in 0.5 s",
        "worker ended with code 3; starting it again in 1 s",
        "worker ended with code 3; starting it again in 2 s",
    ]
    assert supervisor.log(broken).read_text() == "no such table\n" * 3


def test_who_asks_stops_before_who_answers(supervisor: Supervisor, tmp_path: Path) -> None:
    for layer, name in enumerate(["valkey", "worker", "web"]):
        supervisor.start(python(tmp_path, name, NOTE_WHEN_STOPPED, layer))
    until(lambda: len(list(tmp_path.glob("*.started"))) == 3)
    supervisor.stop()
    assert (tmp_path / "stopped").read_text().split() == ["web", "worker", "valkey"]
    assert supervisor.pids() == []


def test_what_a_killed_run_left_is_found_and_stopped(record: Record, tmp_path: Path) -> None:
    killed = Supervisor(tmp_path / "logs", os.environ, record)  # never left, as after kill -9
    process = killed.start(python(tmp_path, "worker", SLEEP))
    assert record.leftovers() == [process.pid]
    assert record.stop_leftovers() == 1
    assert process.wait(5) == -signal.SIGTERM
    assert record.leftovers() == []
    assert record.stop_leftovers() == 0


def test_a_pid_that_went_to_another_process_is_left_alone(record: Record, tmp_path: Path) -> None:
    (tmp_path / "processes.json").write_text(f'{{"{os.getpid()}": "an earlier moment"}}')
    assert record.stop_leftovers() == 0


def test_a_record_cut_short_is_no_obstacle(record: Record, tmp_path: Path) -> None:
    (tmp_path / "processes.json").write_text('{"12')
    assert record.leftovers() == []


def test_a_folder_has_one_run_at_a_time(tmp_path: Path) -> None:
    with (
        only_run(tmp_path / "run"),
        pytest.raises(Stop, match=f"in use by process {os.getpid()}: stop that one first"),
        only_run(tmp_path / "run"),
    ):
        pass
    with only_run(tmp_path / "run"):
        pass


def test_a_log_that_grew_large_is_set_aside(supervisor: Supervisor, tmp_path: Path) -> None:
    (tmp_path / "logs" / "worker.log").write_bytes(b"." * 5_000_001)
    supervisor.start(python(tmp_path, "worker", "pass")).wait()
    assert (tmp_path / "logs" / "worker.log").read_text() == ""
    assert (tmp_path / "logs" / "worker.log.1").stat().st_size == 5_000_001
