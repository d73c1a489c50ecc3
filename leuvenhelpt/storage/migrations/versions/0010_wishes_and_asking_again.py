"""Who should rather come, and asking again what has changed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from leuvenhelpt.storage.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COLUMNS: tuple[tuple[str, sa.Column[Any]], ...] = (
    ("help_request", sa.Column("gender_wish", sa.String(), nullable=False, server_default="")),
    ("help_request", sa.Column("former", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))),
    ("volunteer", sa.Column("gender", sa.String(), nullable=False, server_default="")),
    ("match", sa.Column("asked_before_at", UtcDateTime(), nullable=True)),
    ("match", sa.Column("declined_for", sa.String(), nullable=False, server_default="")),
)


def upgrade() -> None:
    # Not by copying the tables, as a batch would on SQLite: other tables refer to them.
    for table, column in COLUMNS:
        op.add_column(table, column)
    # A no with words had no reason to choose from: nobody is asked again on a guess at what they meant.
    op.execute("UPDATE match SET declined_for = 'other' WHERE state = 'declined' AND remark <> ''")


def downgrade() -> None:
    # What came before knows nobody who stands still for a concern; on a pause they are asked nothing either.
    op.execute("UPDATE volunteer SET state = 'paused' WHERE state = 'frozen'")
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column.name)
