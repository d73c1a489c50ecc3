"""The migrations lead to the schema that the models describe, on both databases."""

from datetime import UTC, datetime
from hashlib import sha256

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from leuvenhelpt.storage.engine import build_engine
from leuvenhelpt.storage.migrate import alembic_config
from leuvenhelpt.storage.models import Base, HelpRequest, Volunteer


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


def test_of_a_name_that_was_hashed_into_a_key_nothing_is_left(database_url: str) -> None:
    engine, now = build_engine(database_url), datetime.now(UTC)
    facts = {"kind": "groceries", "asking": "automatic", "timing": "soon", "wanted_by": now, "hours": 0}
    told = sha256(b"an peeters").hexdigest()
    with Session(engine) as session, session.begin():
        for number, key in enumerate([f"QpW-vY1c_b9mTnXoUa3eRg-{told}", told, "QpW-vY1c_b9mTnXoUa3eRg"]):
            session.add(
                HelpRequest(
                    public_id=f"id{number}", reference=f"{number}", idempotency_key=key, code_word="egel",
                    created_at=now, place_choices=[], **facts,
                )
            )  # fmt: skip
    config = alembic_config(database_url)
    command.downgrade(config, "0012")
    command.upgrade(config, "head")
    with engine.connect() as connection:
        keys = connection.scalars(text("SELECT idempotency_key FROM help_request ORDER BY reference")).all()
    engine.dispose()
    assert keys == ["replaced-id0", told, "QpW-vY1c_b9mTnXoUa3eRg"]
