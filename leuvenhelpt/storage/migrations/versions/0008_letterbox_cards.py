"""Cards for the letterboxes of a street."""

import sqlalchemy as sa
from alembic import op

from leuvenhelpt.storage.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterbox_card",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_letterbox_card_made_by_account")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_letterbox_card")),
        sa.UniqueConstraint("street", "postcode", name=op.f("uq_letterbox_card_street_postcode")),
    )


def downgrade() -> None:
    op.drop_table("letterbox_card")
