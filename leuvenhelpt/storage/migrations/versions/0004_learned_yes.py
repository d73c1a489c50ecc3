"""What was learned of how probably somebody says yes."""

import sqlalchemy as sa
from alembic import op

from leuvenhelpt.storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_yes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learned_at", UtcDateTime(), nullable=False),
        sa.Column("is_in_use", sa.Boolean(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("trained_on", sa.Integer(), nullable=False),
        sa.Column("loss", sa.Double(), nullable=False),
        sa.Column("old_loss", sa.Double(), nullable=False),
        sa.Column("calibration_gap", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_yes")),
    )


def downgrade() -> None:
    op.drop_table("learned_yes")
