"""The key of a volunteer's calendar, and what residents write to thank them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by copying the tables, as a batch would on SQLite: other tables refer to them.
    op.add_column("volunteer", sa.Column("calendar_key", sa.String(), nullable=True))
    op.create_index("ix_volunteer_calendar_key", "volunteer", ["calendar_key"], unique=True)
    op.add_column("match", sa.Column("thanks", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("match", "thanks")
    op.drop_index("ix_volunteer_calendar_key", "volunteer")
    op.drop_column("volunteer", "calendar_key")
