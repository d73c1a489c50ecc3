"""What every verb is written against: where it registers, and how it ends when it cannot go on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Protocol

from leuvenhelpt.domain.errors import LeuvenHelptError


class Verbs(Protocol):
    """The list of verbs. A verb adds its parser and sets `run`, which takes the parsed arguments.

    `run` returns an exit code, or nothing for 0.
    """

    def add_parser(self, name: str, *, help: str, description: str) -> ArgumentParser: ...


class Stop(LeuvenHelptError):
    """The command cannot go on. The message is the one line the person at the terminal reads: what to do."""
