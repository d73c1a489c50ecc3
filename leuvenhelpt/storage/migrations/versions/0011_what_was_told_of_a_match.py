"""What was told about a match is found by the match."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_notification_match_id", "notification", ["match_id"])


def downgrade() -> None:
    op.drop_index("ix_notification_match_id", "notification")
