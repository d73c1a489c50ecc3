"""The one parser: every verb, what it says about itself, and how a command that cannot go on ends."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from sqlalchemy.exc import OperationalError

from leuvenhelpt.domain.errors import LeuvenHelptError

VERBS = (
    "serve",
    "check",
    "migrate",
    "demo",
    "add-staff",
    "addresses",
    "areas",
    "geocode",
    "simulate",
    "explain",
    "train",
    "learn-texts",
    "catalogues",
)

EPILOG = """\
Settings come from the environment and from the file .env; .env.example lists them with what they mean.
A command ends with code 0 when it did what was asked, and otherwise says in one line what to do.

for example:
  python -m leuvenhelpt serve --demonstration      try it, as ./run does
  python -m leuvenhelpt check                      see one help request go all the way, in under a minute
  python -m leuvenhelpt VERB --help                more about one of them
"""


def modules() -> dict[str, str]:
    """The module of every verb there is."""
    names = {verb: f"leuvenhelpt.cli.{verb.replace('-', '_')}" for verb in VERBS}
    return {verb: name for verb, name in names.items() if find_spec(name)}


class Help(argparse.RawDescriptionHelpFormatter):
    """Room for the longest verb beside what it does."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=16)


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m leuvenhelpt",
        description="With which a city lets neighbours help each other.",
        epilog=EPILOG,
        formatter_class=Help,
    )
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for module in modules().values():
        import_module(module).register(verbs)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. What stops it is told in one line, never as a traceback."""
    chosen = build_parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen) or 0)
    except LeuvenHelptError as reason:
        print(reason, file=sys.stderr)
    except PermissionError as error:
        print(f"This user may not use {error.filename}: give another LEUVENHELPT_DATA.", file=sys.stderr)
    except OperationalError as error:
        print(f"The database in DATABASE_URL does not do: {_first_line(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
    return 1


def _first_line(error: OperationalError) -> str:
    """What the database itself said; never the statement, whose values may be personal."""
    return next(iter(str(error.orig).splitlines()), "")
