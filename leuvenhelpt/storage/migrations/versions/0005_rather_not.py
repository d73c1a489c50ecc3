"""Pairs that are not to be proposed again."""

import sqlalchemy as sa
from alembic import op

from leuvenhelpt.storage.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rather_not",
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("resident_mark", sa.String(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_rather_not_volunteer_id_volunteer")
        ),
        sa.PrimaryKeyConstraint("volunteer_id", "resident_mark", name=op.f("pk_rather_not")),
    )
    op.create_index("ix_rather_not_resident_mark", "rather_not", ["resident_mark"])


def downgrade() -> None:
    op.drop_table("rather_not")
