"""A command of ours in a process of its own, beside the clock: what takes minutes must not stop what takes seconds."""

import os
import subprocess
import sys
import time

from config import ROOT, Settings


class Beside:
    """`python -m leuvenhelpt` with some arguments; what it says goes where our own log goes."""

    def __init__(self, settings: Settings, *arguments: str, longest_s: float) -> None:
        environ = {
            "LEUVENHELPT_DATA": str(settings.data_dir),
            "LEUVENHELPT_CITY": settings.city,
            "LEUVENHELPT_DEMO": "1" if settings.is_demonstration else "0",
            "DATABASE_URL": settings.database_url,
        }
        self._process = subprocess.Popen(  # noqa: S603  # our own command, nothing of it from outside
            [sys.executable, "-m", "leuvenhelpt", *arguments],
            cwd=ROOT, env=os.environ | environ, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        self._ends_by = time.monotonic() + longest_s
        self.was_too_long = False

    def code(self) -> int | None:
        """How it ended, None while it runs. What runs too long is ended; the code then says so. Never waits."""
        if self._process.poll() is None and time.monotonic() > self._ends_by:
            self.was_too_long = True
            self._process.kill()
        return self._process.poll()

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
