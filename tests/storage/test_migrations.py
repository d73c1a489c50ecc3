"""The migrations lead to the schema that the models describe, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from leuvenhelpt.storage.engine import build_engine
from leuvenhelpt.storage.models import Base


def test_migrated_schema_is_the_models_schema(database_url: str) -> None:
    engine = build_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        found = inspect(connection)
        assert {column["name"] for column in found.get_columns("match")} == set(
            Base.metadata.tables["match"].columns.keys()
        )
    engine.dispose()
