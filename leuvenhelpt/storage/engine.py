"""The engine: one for PostgreSQL and SQLite, each set so that writers wait for one another."""

import os
import weakref
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
_engines: "weakref.WeakSet[Engine]" = weakref.WeakSet()


def build_engine(database_url: str) -> Engine:
    """An engine for a database URL. On SQLite writing begins IMMEDIATE, reading deferred."""
    if database_url.startswith("sqlite"):
        # Connections are kept: when the last one to a file is closed, SQLite folds its log back into the file,
        # which costs more than most of our transactions.
        engine = create_engine(database_url, max_overflow=-1)
        _prepare_sqlite(engine)
    else:
        engine = create_engine(database_url, pool_pre_ping=True)
    _engines.add(engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None
        for pragma in PRAGMAS:
            dbapi.execute("PRAGMA " + pragma)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        is_reading = connection.get_execution_options().get("read_only")
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _forget_connections() -> None:
    for engine in list(_engines):
        engine.dispose(close=False)


# No open connection crosses a fork; the parent's live on.
os.register_at_fork(after_in_child=_forget_connections)
