"""Ports: whether one is free, and which to take when it is not."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterable

# Above 32768 the system hands ports to outgoing connections at any moment.
UNCLAIMED = range(10240, 32768)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def first_free(ports: Iterable[int], host: str = "127.0.0.1") -> int | None:
    return next((port for port in ports if is_free(port, host)), None)


def any_free(host: str = "127.0.0.1") -> int:
    """A free port, another each time, so that two commands started at once rarely choose the same."""
    port = first_free(random.sample(UNCLAIMED, 50), host)
    if port is None:
        raise OSError("there is no free port")
    return port
