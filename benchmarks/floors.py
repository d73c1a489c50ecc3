"""What a request with ten mails cannot cost less than: only its finished texts made into mail, or only its bare rows.

Both leave out all that makes it a request: nobody is looked for, nothing is read, checked, worded or sent.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql import ClauseElement

from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.mailer import as_message
from leuvenhelpt.storage.models import Base

ROUNDS = 60
SENDER = "Leuven Helpt <helpt@stad.example>"
# Of ten people who are asked: each is a candidate, gets a mail, and has a line when asked, when begun, when sent.
ROWS = {"match": 10, "notification": 10, "journal_entry": 30}


def floors(emails: Sequence[Email], database: Path | None, empty_ms: float) -> dict[str, float]:
    """CPU milliseconds of making these mails and, in SQLite, of writing the rows; and how many empty jobs that is."""
    found = {"ten_finished_mails": _finished_mails(emails)}
    if database is not None:
        found["bare_rows"] = _bare_rows(database)
    ratios = {f"{name}_ratio": spent / empty_ms for name, spent in found.items()}
    return {name: round(value, 2) for name, value in (found | ratios).items()}


def _finished_mails(emails: Sequence[Email]) -> float:
    """From words to the bytes that a mail server takes, with the standard library."""
    return _best_cpu_ms(lambda: [as_message(email, SENDER).as_bytes() for email in emails])


def _bare_rows(database: Path) -> float:
    """The newest ROWS written once more in one transaction, by the database's own driver and nothing above it."""
    copy = database.with_suffix(".copy")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode=WAL")
        target.execute("PRAGMA synchronous=NORMAL")
        tables = [Base.metadata.tables[name] for name in ROWS]
        rows = {table: target.execute(_text(_newest(table))).fetchmany(ROWS[table.name]) for table in tables}
        inserts = {table: _text(insert(table), list(table.c.keys())) for table in tables}
        deletes = {table: _text(delete(table).where(table.c.id == bindparam("one"))) for table in tables}

        def write() -> None:
            target.execute("BEGIN IMMEDIATE")
            for table in tables:
                target.executemany(inserts[table], rows[table])
            target.execute("COMMIT")

        def take_away() -> None:
            for table in tables:
                target.executemany(deletes[table], [row[:1] for row in rows[table]])

        take_away()
        return _best_cpu_ms(write, take_away)


def _newest(table: Table) -> ClauseElement:
    return select(table).order_by(table.c.id.desc())


def _text(statement: ClauseElement, columns: list[str] | None = None) -> str:
    return str(statement.compile(dialect=sqlite.dialect(), column_keys=columns))


def _best_cpu_ms(work: Callable[[], object], tidy: Callable[[], object] = lambda: None) -> float:
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
        tidy()
    return min(spent) * 1000
