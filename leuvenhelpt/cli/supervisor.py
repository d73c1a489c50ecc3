"""Keeps the processes of one installation running: starts, starts again what dies, stops in order."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from leuvenhelpt.cli.leftovers import Record

LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps dying
GROWN_UP = 60.0  # seconds after which a process counts as healthy, and its next death as the first
PATIENCE = 15.0  # seconds a process gets to finish what it holds
LARGEST_LOG = 5_000_000  # bytes; a longer one is set aside when its process starts


@dataclass(frozen=True, slots=True)
class Program:
    """One process to keep running in `folder`. Of several, those of the highest `layer` stop first."""

    name: str
    command: Sequence[str]
    folder: Path
    layer: int


@dataclass(slots=True)
class Child:
    """A program with its process, `failures` deaths in a row, and when the next start is due."""

    program: Program
    process: subprocess.Popen[bytes]
    began: float
    failures: int = 0
    again_at: float | None = None


class Supervisor:
    """Use as a context: at its end every process has been stopped, whatever the reason."""

    def __init__(self, logs: Path, environ: Mapping[str, str], record: Record) -> None:
        self.logs = logs
        self._environ = dict(environ)
        self._record = record
        self._children: list[Child] = []
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self, program: Program) -> subprocess.Popen[bytes]:
        """Start a program and look after it from now on."""
        child = Child(program, self._spawn(program), monotonic())
        self._children.append(child)
        self._write_record()
        return child.process

    def tend(self) -> list[str]:
        """Start again what died, after a pause that doubles (0.5 to 30 s); returns a line for each death."""
        return [line for child in self._children if (line := self._tend(child))]

    def failing(self) -> Program | None:
        """A program that died three times in a row, if there is one."""
        return next((child.program for child in self._children if child.failures >= 3), None)

    def pids(self) -> list[int]:
        """The processes that run now, in the order of their first start."""
        return [child.process.pid for child in self._children if child.process.poll() is None]

    def log(self, program: Program) -> Path:
        return self.logs / f"{program.name}.log"

    def stop(self) -> None:
        """Stop everything, layer by layer from the top: who asks before who answers."""
        for layer in sorted({child.program.layer for child in self._children}, reverse=True):
            _stop([child.process for child in self._children if child.program.layer == layer])
        self._children.clear()
        self._write_record()

    def _tend(self, child: Child) -> str | None:
        now = monotonic()
        if child.again_at is not None:
            if now >= child.again_at:
                self._start_again(child)
            return None
        if child.process.poll() is None:
            return None
        child.failures = child.failures + 1 if now - child.began < GROWN_UP else 1
        pause = min(LONGEST_PAUSE, 0.25 * 2**child.failures)
        child.again_at = now + pause
        how = _how_it_ended(child.process.returncode)
        return f"{child.program.name} {how}; starting it again in {pause:g} s ({self.log(child.program)})"

    def _start_again(self, child: Child) -> None:
        child.process, child.began, child.again_at = self._spawn(child.program), monotonic(), None
        self._write_record()

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        path = self.log(program)
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        with path.open("ab") as log:
            return subprocess.Popen(
                program.command,
                cwd=program.folder,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop them in order
            )

    def _write_record(self) -> None:
        self._record.write(self.pids())


def wait_for(
    condition: Callable[[], bool], supervisor: Supervisor, *, seconds: float, tell: Callable[[str], None]
) -> bool:
    """Tend until `condition` holds: True then; False after `seconds`, or when a program keeps dying."""
    end = monotonic() + seconds
    while not condition():
        for line in supervisor.tend():
            tell(line)
        if supervisor.failing() or monotonic() > end:
            return False
        sleep(0.05)
    return True


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    end = monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.0, end - monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _how_it_ended(returncode: int) -> str:
    return f"was killed by signal {-returncode}" if returncode < 0 else f"ended with code {returncode}"
