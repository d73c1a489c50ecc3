"""Importing a register: read, merge, compare with the one in use, swap in. Whatever fails leaves the old one."""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from leuvenhelpt.addresses.best_csv import BestReader, NotARegister, Reason, Scope, Skipped
from leuvenhelpt.addresses.changes import Changes, changes_between
from leuvenhelpt.addresses.columns import About, Builder, Columns
from leuvenhelpt.gateways.register_file import KeptInFiles, read_columns, register_path, write_columns
from leuvenhelpt.gateways.register_source import Opened, opened
from leuvenhelpt.gateways.register_staging import Staging

MOST_REPORTED = 50
LARGEST_DAMAGE = 0.1
SMALLEST_SHARE_LEFT = 0.5
ROWS_A_STEP = 20_000
SECONDS_A_DAY = 86_400
_WORK = "import-"

Progress = Callable[[int, float], None]  # rows read, share of the source read (0 to 1)


@dataclass(frozen=True)
class Report:
    """What an import did. `reasons`: rows that did not become an address, by reason; `damaged_lines`: the first
    of them as (line, reason). `is_active`: the register was swapped in."""

    source: str
    rows: int
    streets: int
    houses: int
    merged: int
    reasons: dict[str, int]
    damaged_lines: tuple[tuple[int, str], ...]
    changes: Changes
    is_active: bool


class _Tally:
    """Counts rows by what became of them."""

    def __init__(self) -> None:
        self.rows = 0
        self.reasons: Counter[Reason] = Counter()
        self.lines: list[tuple[int, str]] = []

    def skip(self, line: int, reason: Reason) -> None:
        self.reasons[reason] += 1
        if reason.is_damage and len(self.lines) < MOST_REPORTED:
            self.lines.append((line, reason.value))

    @property
    def damaged(self) -> int:
        return sum(count for reason, count in self.reasons.items() if reason.is_damage)


@dataclass(frozen=True)
class _Steps:
    """How rows are read: which are wanted, and who counts and shows them."""

    scope: Scope
    tally: _Tally
    progress: Progress | None

    def read(self, lines: Opened, staging: Staging) -> None:
        """Reads one source into the staging."""
        for row in BestReader(lines, self.scope):
            self.tally.rows += 1
            reason = row.reason if isinstance(row, Skipped) else staging.add(row)
            if reason is not None:
                self.tally.skip(row.line, reason)
            if self.progress is not None and self.tally.rows % ROWS_A_STEP == 0:
                self.progress(self.tally.rows, lines.share_read)


def import_register(
    sources: Sequence[str],
    data_dir: Path,
    scope: Scope,
    *,
    is_dry: bool = False,
    is_forced: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Reads BeSt files into the register of this installation.

    NotARegister: nothing usable, or it would replace a register by a much smaller or damaged one (not when
    `is_forced`). TemporaryFailure: a web address did not answer. `is_dry`: everything but the swap.
    """
    path = register_path(data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_away(path.parent)
    tally = _Tally()
    with TemporaryDirectory(dir=path.parent, prefix=_WORK) as name:
        folder = Path(name)
        columns = _read_all(sources, folder, _Steps(scope, tally, progress))
        old = read_columns(path)
        if not is_forced:
            _refuse_if_worse(old, columns, tally)
        changes = changes_between(old, columns)
        if not is_dry:
            write_columns(columns, path)
    return _report(columns, tally, changes, is_active=not is_dry)


def _read_all(sources: Sequence[str], folder: Path, steps: _Steps) -> Columns:
    staging, tally = Staging(folder / "staging.sqlite"), steps.tally
    try:
        for source in sources:
            with opened(source, folder) as lines:
                steps.read(lines, staging)
        builder = Builder(_about(sources, steps), KeptInFiles(folder))
        for street, lines_off in staging.streets():
            builder.add(street)
            for line in lines_off:
                tally.skip(line, Reason.COORDINATES)
        columns = builder.finish()
    finally:
        staging.close()
    if not len(columns.house_number):
        why = ", ".join(f"{count} {reason.value}" for reason, count in tally.reasons.most_common(3))
        raise NotARegister(f"no address to import in {tally.rows} rows" + (f": {why}" if why else ""))
    return columns


def _refuse_if_worse(old: Columns | None, new: Columns, tally: _Tally) -> None:
    if old is None:
        return
    if tally.damaged > LARGEST_DAMAGE * tally.rows:
        raise NotARegister(f"{tally.damaged} of {tally.rows} rows are damaged; the register in use stays")
    if len(new.house_number) < SMALLEST_SHARE_LEFT * len(old.house_number):
        few, many = len(new.house_number), len(old.house_number)
        raise NotARegister(f"{few} addresses would replace {many}; the register in use stays")


def _report(columns: Columns, tally: _Tally, changes: Changes, *, is_active: bool) -> Report:
    houses = len(columns.house_number)
    return Report(
        source=columns.about.source,
        rows=tally.rows,
        streets=len(columns.street_names),
        houses=houses,
        merged=tally.rows - houses - tally.reasons.total(),
        reasons={reason.value: count for reason, count in sorted(tally.reasons.items())},
        damaged_lines=tuple(tally.lines),
        changes=changes,
        is_active=is_active,
    )


def _clear_away(folder: Path) -> None:
    """Removes what an import that was killed left behind, once it is a day old."""
    for left in (*folder.glob(f"{_WORK}*"), *folder.glob("*.part")):
        if time.time() - left.stat().st_mtime > SECONDS_A_DAY:
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _about(sources: Sequence[str], steps: _Steps) -> About:
    return About(
        source=", ".join(_lasting(source) for source in sources),
        date=datetime.now(UTC).date().isoformat(),
        rows=steps.tally.rows,
        municipalities=tuple(sorted(steps.scope.municipalities)),
        postcodes=tuple(sorted(steps.scope.postcodes)),
    )


def _lasting(source: str) -> str:
    """A source as it can be found again from anywhere."""
    return source if "://" in source else str(Path(source).resolve())
