"""One run a data folder: the lock that says so, and the record of processes that a killed run left behind."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from leuvenhelpt.cli.verbs import Stop

PATIENCE = 12  # seconds for a leftover to finish the row in hand


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold `folder` for this run alone; the system lets go when the process ends, however it ends.

    Raises `Stop` when another run holds it. Processes that are started in the block do not inherit the lock.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Stop(
                f"This data folder is in use by process {lock.read().strip() or '?'}: "
                "stop that one first, or give another folder in LEUVENHELPT_DATA."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


class Record:
    """The processes of this run, on disk. A pid alone may have gone to somebody else's process since, so each
    stands with the moment it began."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, pids: list[int]) -> None:
        """Replace what was recorded."""
        known = {str(pid): began for pid in pids if (began := began_at(pid))}
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(known), "ascii")
        fresh.replace(self._path)

    def leftovers(self) -> list[int]:
        """The recorded processes that are still the ones recorded."""
        try:
            known = json.loads(self._path.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return []
        return [int(pid) for pid, began in known.items() if began_at(int(pid)) == began]

    def stop_leftovers(self) -> int:
        """End what a killed run left running, first kindly; returns how many there were."""
        leftovers = self.leftovers()
        _signal_all(leftovers, signal.SIGTERM)
        end = monotonic() + PATIENCE
        while self.leftovers() and monotonic() < end:
            sleep(0.05)
        _signal_all(self.leftovers(), signal.SIGKILL)
        self._path.unlink(missing_ok=True)
        return len(leftovers)


def began_at(pid: int) -> str | None:
    """A mark of the moment process `pid` began; None when there is no such process or it has ended."""
    try:
        # Fields of proc_pid_stat(5) after the name in brackets, which may itself hold brackets and spaces.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None if Path("/proc/self").exists() else _began_at_by_ps(pid)
    return None if fields[0] in "ZX" else fields[19]


def _began_at_by_ps(pid: int) -> str | None:
    answer = subprocess.run(
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None


def _signal_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)
