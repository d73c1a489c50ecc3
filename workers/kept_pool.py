"""The pool of a large town in a file, so that a worker that starts need not read a million rows again.

The file holds ids, points, limits and counts, no name and no word of anybody; only this user may read it.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from numpy.typing import NDArray

from leuvenhelpt.gateways.arrays_file import forget_arrays, read_arrays, write_arrays
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.stored import Stored
from leuvenhelpt.storage.queries.offers import Line
from workers.turns import Turns

Facts = dict[str, Any]
Arrays = dict[str, NDArray[Any]]
log = structlog.get_logger()


@dataclass(frozen=True)
class KeptPool:
    """A pool as it was: up to which mark of the journal, after which line, at what moment, and who will turn."""

    pool: Pool
    turns: Turns
    mark: int
    line: Line
    seen_at: datetime


def pool_path(data_dir: Path) -> Path:
    """Where the pool is kept, if it is."""
    return data_dir / "pool" / "pool.bin"


def write_pool(path: Path, kept: KeptPool) -> None:
    """Keep a pool in place of the one before. Without room on the disk the work goes on: OSError is only logged."""
    stored, (moments, ids) = kept.pool.stored(), kept.turns.sorted()
    facts = {"pool": stored.facts, "mark": kept.mark, "line": kept.line, "seen_at": kept.seen_at.isoformat()}
    try:
        write_arrays(path, facts, {**stored.arrays, "turns": moments, "turning": ids})
    except OSError as error:
        log.warning("pool_not_kept", error=repr(error))


def read_pool(path: Path) -> KeptPool | None:
    """The pool that was kept; None if there is none or it does not fit this code: then it is removed."""
    try:
        found = read_arrays(path)
        return None if found is None else _kept(*found)
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        log.warning("kept_pool_refused", error=repr(error))
        forget_arrays(path)
        return None


def _kept(facts: Facts, arrays: Arrays) -> KeptPool:
    turns = Turns(arrays.pop("turns"), arrays.pop("turning"))
    pool = Pool.from_stored(Stored(facts["pool"], arrays))
    line = Line(*facts["line"])
    return KeptPool(pool, turns, facts["mark"], line, datetime.fromisoformat(facts["seen_at"]))
