"""One installation on one machine: what runs, in which order it starts, and when it is ready."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from config import ROOT, Settings, embedded_socket
from leuvenhelpt.bootstrap import build_runtime, city_folder
from leuvenhelpt.cli import ports, valkey
from leuvenhelpt.cli.leftovers import Record, only_run
from leuvenhelpt.cli.supervisor import Program, Supervisor, wait_for
from leuvenhelpt.cli.verbs import Stop
from leuvenhelpt.domain.demonstration import COLLEAGUES, NEIGHBOURS
from leuvenhelpt.gateways.register_file import read_remote
from leuvenhelpt.storage.migrate import upgrade
from leuvenhelpt.storage.queries.demonstration import is_empty

READY_WITHIN = 60.0  # seconds
VALKEY, WORKERS, WEB = 0, 1, 2  # layers: who asks stops before who answers
# Numerical libraries otherwise start a thread a core in every process.
CHILD_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Installation:
    """A running installation."""

    settings: Settings
    supervisor: Supervisor

    def introduction(self) -> str:
        """What the person at the terminal needs to know once everything runs."""
        lines = ["", f"Running at {self.settings.public_url}"]
        if self.settings.is_demonstration:
            lines += ["", "This is a demonstration: everybody in it is invented.", *self._sign_ins(), ""]
        return "\n".join([*lines, f"Logs are in {self.supervisor.logs}. Ctrl-C stops everything."])

    def _sign_ins(self) -> Iterator[str]:
        site, colleague, neighbour = self.settings.public_url, COLLEAGUES[0], NEIGHBOURS[0]
        yield f"  A resident      {site}/hulp-vragen          no sign-in"
        yield f"  A coordinator   {site}/balie                {colleague.email}   {colleague.password}"
        yield f"                  {site}/demonstratie         shows her six digits, and others who can sign in"
        yield f"  A neighbour     {site}/aanmelden            {neighbour.email}      {neighbour.password}"
        if self.settings.smtp_url is None:
            yield f"  Sent messages   {site}/demonstratie/berichten"


@contextmanager
def running_installation(
    environ: Mapping[str, str], *, tell: Tell, asked_to_stop: Event
) -> Iterator[Installation]:
    """Start everything, wait until it is ready, and stop it all at the end of the block.

    `environ` is what the settings are read from and what every process gets. Raises `Stop` (or the
    `ConfigurationError` of the settings) with what to do when something is in the way.
    """
    settings = Settings.from_environment(environ)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    run_folder = settings.data_dir / "run"
    with only_run(run_folder):
        record = Record(run_folder / "processes.json")
        if count := record.stop_leftovers():
            tell(f"A previous run was killed and left {count} processes running; they have been stopped.")
        environ = {**environ, **CHILD_ENVIRONMENT, "PORT": str(choose_port(environ, settings, tell))}
        settings = Settings.from_environment(environ)
        with Supervisor(settings.data_dir / "logs", environ, record) as supervisor:
            _start_valkey(settings, supervisor)
            _prepare_database(settings, environ, tell)
            for program in programs(settings):
                supervisor.start(program)
            _wait_until_ready(settings, supervisor, tell=tell, asked_to_stop=asked_to_stop)
            yield Installation(settings, supervisor)


def choose_port(environ: Mapping[str, str], settings: Settings, tell: Tell) -> int:
    """The port of the settings where it is free; else a free one near it, unless PORT names that very one."""
    if ports.is_free(settings.port, settings.host):
        return settings.port
    near = ports.first_free(range(settings.port + 1, settings.port + 100), settings.host)
    if near is None or environ.get("PORT"):
        raise Stop(f"Port {settings.port} is taken: stop what listens there, or choose another with PORT=…")
    tell(f"Port {settings.port} is taken; taking {near}.")
    return near


def programs(settings: Settings) -> list[Program]:
    """The web server and the workers, as they are also run by the units in docs/running.md."""
    gunicorn = [
        *("gunicorn", "--bind", f"{settings.host}:{settings.port}", "--worker-class", "gthread"),
        *("--workers", "2", "--threads", "4", "--timeout", "30", "--graceful-timeout", "10"),
        *("--no-control-socket", "--log-level", "warning", "wsgi:app"),
    ]
    # A geocoder elsewhere may take seconds: then nobody waits to be paired behind whoever waits to be located.
    finding = ["locate", "pair"] if read_remote(city_folder(settings.city)) else ["match"]
    return [
        *(_python(name, "workers", name, layer=WORKERS) for name in (*finding, "notify", "scheduler")),
        _python("web", *gunicorn, layer=WEB),
    ]


def _python(name: str, *module: str, layer: int) -> Program:
    return Program(name, [sys.executable, "-m", *module], ROOT, layer)


def _start_valkey(settings: Settings, supervisor: Supervisor) -> None:
    """Start the embedded server, unless the settings name another or one answers already."""
    socket = embedded_socket(settings.data_dir)
    if valkey.answers(settings.redis_url):
        return
    if settings.redis_url != f"unix://{socket}":
        raise Stop(
            "No Redis or Valkey answers at REDIS_URL: start it, or leave REDIS_URL out for an embedded one."
        )
    valkey.make_socket_folder(socket)
    folder = settings.data_dir / "valkey"
    folder.mkdir(mode=0o700, exist_ok=True)
    program = Program("valkey", valkey.command(valkey.find_server(), socket), folder, VALKEY)
    valkey.wait_until_answering(settings.redis_url, supervisor.start(program))


def _prepare_database(settings: Settings, environ: Mapping[str, str], tell: Tell) -> None:
    upgrade(settings.database_url)
    if settings.is_demonstration and _is_empty(settings):
        tell("Making the demonstration city; this takes a moment, once.")
        # In a process of its own: what filling needs is not kept in memory by this one, which stays.
        command = [sys.executable, "-m", "leuvenhelpt", "demo", "--if-empty"]
        if subprocess.run(command, cwd=ROOT, env=environ, check=False, stdout=subprocess.DEVNULL).returncode:
            raise Stop("The demonstration city could not be made; the lines above say why.")


def _is_empty(settings: Settings) -> bool:
    runtime = build_runtime(settings)
    try:
        with runtime.reading() as db:
            return is_empty(db)
    finally:
        runtime.engine.dispose()


def _wait_until_ready(
    settings: Settings, supervisor: Supervisor, *, tell: Tell, asked_to_stop: Event
) -> None:
    def ready() -> bool:
        if asked_to_stop.is_set():
            raise Stop("Stopped before everything was ready.")
        return is_ready(settings)

    if not wait_for(ready, supervisor, seconds=READY_WITHIN, tell=tell):
        program = supervisor.failing()
        if program is None:
            raise Stop(f"Not ready within {READY_WITHIN:.0f} seconds; the logs in {supervisor.logs} say why.")
        log = supervisor.log(program)
        raise Stop(f"{program.name} keeps dying. {log} ends with:\n{_last_lines(log)}")


def is_ready(settings: Settings) -> bool:
    """Whether /readyz says that database, Valkey and workers are all there."""
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    connection = HTTPConnection(host, settings.port, timeout=2)
    try:
        connection.request("GET", "/readyz", headers={"Host": urlsplit(settings.public_url).netloc})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _last_lines(path: Path, count: int = 8) -> str:
    return os.linesep.join(path.read_text(errors="replace").splitlines()[-count:])
