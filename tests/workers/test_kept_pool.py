"""A worker that starts with a kept pool knows what one that read everything knows."""

import random
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from structlog.testing import capture_logs

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.matching import stored
from leuvenhelpt.services import volunteers
from leuvenhelpt.storage.models import JournalEntry, Volunteer
from tests import make
from tests.workers.test_neighbours import Town, assert_as_fresh
from workers import neighbours as freshness
from workers.kept_pool import pool_path
from workers.neighbours import Neighbours


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pool is kept; a town of any size counts as large."""
    monkeypatch.setattr(freshness, "KEPT_FROM", 1)
    return pool_path(tmp_path)


def started(runtime: Runtime, path: Path) -> str:
    """What a worker that starts now says it did first; that it knows the same either way is checked too."""
    with capture_logs() as told:
        assert_as_fresh(Neighbours(path), runtime)
    return next(str(line["event"]) for line in told if line["event"].startswith("pool_"))


def test_whoever_starts_with_a_kept_pool_has_what_a_fresh_one_has(
    runtime: Runtime, clock: SetClock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "KEPT_AFTER", 6)
    town = Town(runtime, clock, random.Random(11))
    for _ in range(5):
        town.come()
    happenings = [town.come, town.change, town.step, town.ask, town.answer, town.wait]
    running = Neighbours(path)
    for _ in range(30):
        for happening in town.dice.choices(happenings, k=town.dice.randrange(1, 4)):
            happening()
        assert_as_fresh(Neighbours(path), runtime)
        assert_as_fresh(running, runtime)


def test_it_reads_only_who_changed_since(runtime: Runtime, path: Path) -> None:
    who = make.volunteer(runtime, words="I sing")
    make.volunteer(runtime)
    assert started(runtime, path) == "pool_loaded"
    assert started(runtime, path) == "pool_taken_up"
    with runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.leave(uow, who)
    assert started(runtime, path) == "pool_taken_up"


def test_words_are_not_in_the_file_and_yet_known(runtime: Runtime, path: Path) -> None:
    who = make.volunteer(runtime, words="I sing in Latin")
    with runtime.reading() as db:
        Neighbours(path).fresh(db, runtime.clock())
        later = Neighbours(path)
        later.fresh(db, runtime.clock())
    assert later.words == {who: "I sing in Latin"}
    assert b"Latin" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_small_town_is_not_kept(runtime: Runtime, tmp_path: Path) -> None:
    make.volunteer(runtime)
    assert_as_fresh(Neighbours(pool_path(tmp_path)), runtime)
    assert not pool_path(tmp_path).exists()


def test_it_is_kept_anew_within_a_day_of_a_change(runtime: Runtime, clock: SetClock, path: Path) -> None:
    who, running = make.volunteer(runtime), Neighbours(path)
    assert_as_fresh(running, runtime)
    first = path.stat().st_ino
    clock.move(hours=25)
    assert_as_fresh(running, runtime)
    assert path.stat().st_ino == first
    with runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.pause(uow, who, until=clock() + timedelta(days=3))
    assert_as_fresh(running, runtime)
    assert path.stat().st_ino != first


def test_what_another_version_kept_is_refused(
    runtime: Runtime, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.volunteer(runtime)
    assert started(runtime, path) == "pool_loaded"
    monkeypatch.setattr(stored, "VERSION", stored.VERSION + 1)
    assert started(runtime, path) == "pool_loaded"
    assert started(runtime, path) == "pool_taken_up"


@pytest.mark.parametrize("damage", [b"", b"not a pool", None])
def test_a_damaged_file_is_refused(runtime: Runtime, path: Path, damage: bytes | None) -> None:
    make.volunteer(runtime)
    assert started(runtime, path) == "pool_loaded"
    path.write_bytes(path.read_bytes()[:-9] if damage is None else damage)
    assert started(runtime, path) == "pool_loaded"
    assert started(runtime, path) == "pool_taken_up"


def test_a_database_put_back_from_a_copy_is_read_anew(runtime: Runtime, path: Path) -> None:
    for _ in range(3):
        make.volunteer(runtime)
    assert started(runtime, path) == "pool_loaded"
    with runtime.engine.begin() as connection:  # the copy knew less, and life went on from there
        newest = connection.scalar(JournalEntry.__table__.select().order_by(JournalEntry.id.desc()).limit(1))
        connection.execute(delete(JournalEntry).where(JournalEntry.id == newest))
        connection.execute(update(Volunteer).where(Volunteer.id == 1).values(reach_km=0.1))
    assert started(runtime, path) == "pool_loaded"
    for _ in range(2):
        make.volunteer(runtime)
    assert started(runtime, path) == "pool_taken_up"
