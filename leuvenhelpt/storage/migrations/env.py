"""How Alembic reaches our database; run by leuvenhelpt.storage.migrate."""

from alembic import context

from leuvenhelpt.storage.engine import build_engine
from leuvenhelpt.storage.models import Base

engine = build_engine(context.config.attributes["database_url"])
with engine.connect() as connection:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
