"""Requests are searched by their area."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_help_request_area", "help_request", ["area"])


def downgrade() -> None:
    op.drop_index("ix_help_request_area", "help_request")
