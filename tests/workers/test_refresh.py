"""The register is read again each month beside the clock; what fails leaves the old one and is seen on the desk."""

from __future__ import annotations

import dataclasses
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock, real_clock
from leuvenhelpt.gateways.register_file import read_columns, register_path
from leuvenhelpt.storage.models import Attention
from tests.gateways.test_register_import import load, row, write
from workers.refresh import Refresh

ENDS_WITHIN_S = 60


@pytest.fixture
def monthly(runtime: Runtime, clock: SetClock) -> Runtime:
    """An installation that reads its register again each month, this morning."""
    clock.now = real_clock().replace(hour=9)
    return dataclasses.replace(
        runtime, settings=dataclasses.replace(runtime.settings, refreshes_addresses=True)
    )


@pytest.fixture
def source(monthly: Runtime, tmp_path: Path) -> Path:
    """A file that was imported today."""
    path = tmp_path / "addresses.csv"
    load(write(path, row(1, "1"), row(2, "3")), monthly.settings.data_dir)
    return path


def houses(runtime: Runtime) -> int:
    columns = read_columns(register_path(runtime.settings.data_dir))
    return 0 if columns is None else len(columns.house_number)


def troubles(runtime: Runtime) -> list[str]:
    with runtime.reading() as db:
        return list(db.scalars(select(Attention.kind).where(Attention.resolved_at.is_(None))))


def tend_to_the_end(refresh: Refresh, runtime: Runtime) -> bool:
    """Tend as the clock does until nothing runs any more; whether an import ran at all."""
    end = time.monotonic() + ENDS_WITHIN_S
    refresh.tend(runtime)
    has_run = refresh.is_running
    while refresh.is_running and time.monotonic() < end:
        time.sleep(0.05)
        refresh.tend(runtime)
    assert not refresh.is_running
    return has_run


def test_a_month_later_the_source_is_read_again_and_once(
    monthly: Runtime, clock: SetClock, source: Path
) -> None:
    refresh = Refresh()
    write(source, row(1, "1"), row(2, "3"), row(3, "5"))
    assert not tend_to_the_end(refresh, monthly)
    clock.move(days=31)
    began = time.monotonic()
    refresh.tend(monthly)
    assert (refresh.is_running, time.monotonic() - began < 0.5) == (True, True)
    assert tend_to_the_end(refresh, monthly)
    assert (houses(monthly), troubles(monthly)) == (3, [])
    assert not tend_to_the_end(refresh, monthly)
    assert not tend_to_the_end(Refresh(), monthly)  # another clock, the same night


def test_a_source_that_fails_leaves_the_old_register_and_stands_on_the_desk(
    monthly: Runtime, clock: SetClock, source: Path
) -> None:
    refresh = Refresh()
    source.write_text("<html>")
    for _night in range(2):
        clock.move(days=31)
        assert tend_to_the_end(refresh, monthly)
        assert (houses(monthly), troubles(monthly)) == (2, ["addresses"])
    write(source, row(1, "1"), row(2, "3"), row(3, "5"))
    clock.move(days=1)
    assert tend_to_the_end(refresh, monthly)
    assert (houses(monthly), troubles(monthly)) == (3, [])


def test_a_damaged_register_stands_on_the_desk(monthly: Runtime, source: Path) -> None:
    register_path(monthly.settings.data_dir).write_bytes(b"damaged")
    assert tend_to_the_end(Refresh(), monthly)
    assert troubles(monthly) == ["addresses"]


def test_an_import_by_hand_ends_the_trouble_too(monthly: Runtime, clock: SetClock, source: Path) -> None:
    refresh = Refresh()
    source.unlink()
    clock.move(days=31)
    tend_to_the_end(refresh, monthly)
    assert troubles(monthly) == ["addresses"]
    clock.now = real_clock().replace(hour=9) + timedelta(days=1)  # by then somebody imported it
    assert not tend_to_the_end(refresh, monthly)
    assert troubles(monthly) == []


def test_nothing_is_read_unless_it_is_switched_on(runtime: Runtime, clock: SetClock, source: Path) -> None:
    clock.move(days=31)
    assert not tend_to_the_end(Refresh(), runtime)


def test_who_stops_ends_the_import(monthly: Runtime, clock: SetClock, source: Path) -> None:
    refresh = Refresh()
    clock.move(days=31)
    refresh.tend(monthly)
    refresh.stop()
    assert (refresh.is_running, houses(monthly), troubles(monthly)) == (False, 2, [])
