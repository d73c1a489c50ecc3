"""The migrations lead to the schema that the models describe, on both databases."""

from datetime import UTC, datetime

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from leuvenhelpt.storage.engine import build_engine
from leuvenhelpt.storage.migrate import alembic_config
from leuvenhelpt.storage.models import Base, Volunteer


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


def test_who_stood_still_for_a_concern_is_on_a_pause_for_a_release_before(database_url: str) -> None:
    engine = build_engine(database_url)
    person = Volunteer(email="vera@post.example", name="Vera", created_at=datetime.now(UTC), state="frozen")
    with Session(engine) as session, session.begin():
        session.add(person)
    command.downgrade(alembic_config(database_url), "0009")
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT state FROM volunteer")).all() == ["paused"]
    engine.dispose()
