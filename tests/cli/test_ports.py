"""Ports that are taken, and the ones found instead."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from leuvenhelpt.cli import ports


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", ports.any_free())) as server:
        yield server.getsockname()[1]


def test_a_port_somebody_listens_on_is_not_free(taken: int) -> None:
    assert not ports.is_free(taken)


def test_the_first_free_port_is_found(taken: int) -> None:
    assert ports.first_free([taken]) is None
    other = ports.any_free()
    assert ports.first_free([taken, other]) == other


def test_any_free_port_is_one_the_system_gives_to_nobody_else() -> None:
    assert 10240 <= ports.any_free() < 32768
