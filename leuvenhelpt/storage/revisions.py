"""What changed since I last looked: one number for each transaction, that no concurrent commit slips under.

A sequence or a clock is not enough: who took a lower number may commit after we have read a higher one. On
PostgreSQL the number is the transaction's own id, and the mark up to which all is settled is the oldest id
still running at the moment of reading: whatever commits later carries that id or a higher one, so that reading
`>= mark` finds it (and sometimes a row twice, which harms nobody). SQLite lets one writer work at a time: there
the next number after the highest, taken inside the writing transaction, already follows the order of commits.
"""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


class ThisRevision(FunctionElement[int]):
    """The number under which the rows of this transaction are written; in `journal_entry.revision`."""

    type = BigInteger()
    inherit_cache = True


class SettledRevision(FunctionElement[int]):
    """The mark: every revision below it can be read now, and no new row will come to stand below it."""

    type = BigInteger()
    inherit_cache = True


@compiles(ThisRevision, "postgresql")
def _this_transaction(_element: ThisRevision, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)"


@compiles(SettledRevision, "postgresql")
def _oldest_running(_element: SettledRevision, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)"


@compiles(ThisRevision, "sqlite")
@compiles(SettledRevision, "sqlite")
def _next_number(_element: FunctionElement[int], _compiler: SQLCompiler, **_options: Any) -> str:
    return "(SELECT coalesce(max(revision), 0) + 1 FROM journal_entry)"
