"""`serve`: the whole installation as one command."""

from __future__ import annotations

import argparse
import signal
from threading import Event

from config import read_environment
from leuvenhelpt.cli.installation import running_installation
from leuvenhelpt.cli.verbs import Verbs

TEND_EVERY = 0.25  # seconds


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "serve",
        help="run everything: Valkey, web server, workers, scheduler",
        description="Starts an embedded Valkey (unless REDIS_URL names a server), brings the database up to "
        "date, starts the web server, the workers and the scheduler, waits until all are ready, and starts "
        "again what dies. Ctrl-C or SIGTERM stops everything in order. For a real city, docs/running.md has "
        "the same as separate services.",
    )
    parser.add_argument(
        "--demonstration",
        action="store_true",
        help="unless LEUVENHELPT_DEMO is 0: an empty database gets an invented city, messages stay on a page",
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> None:
    environ = read_environment()
    if chosen.demonstration:
        environ.setdefault("LEUVENHELPT_DEMO", "1")
    asked_to_stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: asked_to_stop.set())
    with running_installation(environ, tell=tell, asked_to_stop=asked_to_stop) as installation:
        tell(installation.introduction())
        while not asked_to_stop.wait(TEND_EVERY):
            for line in installation.supervisor.tend():
                tell(line)
        tell("Stopping.")


def tell(line: str) -> None:
    print(line, flush=True)
