"""Writing rows of which some may be there already, without looking first."""

from functools import cache

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite

from leuvenhelpt.storage.models.base import Base


@cache
def insert_unless_there(table: type[Base], dialect: str) -> Insert:
    """INSERT that leaves out, in silence, each row whose unique key another has. `dialect`: the database's name."""
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()
