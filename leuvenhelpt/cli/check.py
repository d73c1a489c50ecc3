"""`check`: the whole installation on throw-away data, and one help request through it from the form to done."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Event
from time import monotonic

from config import data_and_city, read_environment
from leuvenhelpt.bootstrap import city_folder
from leuvenhelpt.cli import ports
from leuvenhelpt.cli.installation import running_installation
from leuvenhelpt.cli.journey import Journey, milliseconds_since
from leuvenhelpt.cli.verbs import Verbs
from leuvenhelpt.domain.colours import complaints
from leuvenhelpt.domain.errors import ConfigurationError, LeuvenHelptError
from leuvenhelpt.gateways.look_file import OUR_TOKENS, Look, read_look

# A check must not meet what is real.
LEFT_OUT = (
    "DATABASE_URL",
    "REDIS_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "PUBLIC_URL",
    "SECRET_KEY",
    "HOST",
    "PROXY_HOPS",
)


def register(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "check",
        help="see one help request go all the way, on throw-away data",
        description="Starts everything on a free port with an empty data folder, lets a neighbour offer and a "
        "resident ask, and follows the request through pages and messages until it is done; first it "
        "measures whether the city's colours can be read. Prints one JSON object: each stage with its "
        "milliseconds, and whether all of it happened. The settings of a real installation are left alone.",
    )
    parser.add_argument(
        "--database-url", help="an empty database to use instead of SQLite; it is not cleaned up"
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # so that being told to stop also stops the rest
    folder = Path(mkdtemp(prefix="leuvenhelpt-check-"))
    environ = read_environment() | dict.fromkeys(LEFT_OUT, "")  # empty, or the .env file would be asked again
    environ |= {"LEUVENHELPT_DEMO": "1", "LEUVENHELPT_DATA": str(folder), "PORT": str(ports.any_free())}
    if chosen.database_url:
        environ["DATABASE_URL"] = chosen.database_url
    stages: dict[str, int] = {}
    report: dict[str, object] = {"ok": False, "stages": stages}
    try:
        _look_at(read_look(city_folder(data_and_city(environ)[1])))
        _drive(environ, stages)
    except LeuvenHelptError as reason:
        report |= {"reason": str(reason), "logs": str(folder / "logs")}
    else:
        report["ok"] = True
        rmtree(folder)
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 0 if report["ok"] else 1


def _look_at(look: Look) -> None:
    """ConfigurationError if the colours of the city cannot be read by everybody."""
    unreadable = complaints(OUR_TOKENS.read_text(encoding="utf-8") + look.tokens)
    if unreadable:
        raise ConfigurationError("tokens.css: " + "; ".join(unreadable))


def _drive(environ: Mapping[str, str], stages: dict[str, int]) -> None:
    """Start everything, go all the way, stop everything; `stages` gets what happened, in milliseconds."""
    start = monotonic()
    with running_installation(environ, tell=_tell, asked_to_stop=Event()) as installation:
        stages["everything ready"] = milliseconds_since(start)
        Journey(installation.settings.public_url, stages).go()
        stop = monotonic()
    stages["everything stopped"] = milliseconds_since(stop)


def _tell(line: str) -> None:
    print(line, file=sys.stderr)
