"""Writing rows of which some may be there already, without looking first."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Insert, inspect
from sqlalchemy.dialects import postgresql, sqlite

from leuvenhelpt.storage.models.base import Base
from leuvenhelpt.storage.unit_of_work import UnitOfWork

RowT = TypeVar("RowT", bound=Base)


def insert_unless_there(uow: UnitOfWork, row: RowT) -> RowT | None:
    """Write a row that no session knows yet, and return it as the database has it now.

    None if another has one of its unique keys: then nothing is written. Of two units of work that write the same at
    once, the second waits for the first.
    """
    table = type(row)
    facts = {name: fact for name, fact in vars(row).items() if name in inspect(table).columns}
    writing = _leaving_out(table, uow.session.get_bind().dialect.name).returning(table)
    return uow.session.scalars(writing, [facts]).one_or_none()


def insert_those_not_there(uow: UnitOfWork, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write at least one row, but in silence none whose unique key another has."""
    uow.execute(_leaving_out(table, uow.session.get_bind().dialect.name), rows)


@cache
def _leaving_out(table: type[Base], dialect: str) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
