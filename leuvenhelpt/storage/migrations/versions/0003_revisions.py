"""The journal numbers its transactions, which tells what changed since; a volunteer's own counter goes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by copying the table, as a batch would on SQLite: other tables refer to it.
    op.add_column("journal_entry", sa.Column("revision", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("ix_journal_entry_revision", "journal_entry", ["revision"])
    op.drop_index("ix_volunteer_revision", "volunteer")
    op.drop_column("volunteer", "revision")


def downgrade() -> None:
    op.add_column("volunteer", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_volunteer_revision", "volunteer", ["revision"])
    op.drop_index("ix_journal_entry_revision", "journal_entry")
    op.drop_column("journal_entry", "revision")
