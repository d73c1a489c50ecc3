"""Answers of geocoders elsewhere."""

import sqlalchemy as sa
from alembic import op

from leuvenhelpt.storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "geocoder_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("sent", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_geocoder_answer")),
        sa.UniqueConstraint("host", "sent", name=op.f("uq_geocoder_answer_host_sent")),
    )
    with op.batch_alter_table("geocoder_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_geocoder_answer_asked_at"), ["asked_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("geocoder_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_geocoder_answer_asked_at"))

    op.drop_table("geocoder_answer")
