"""Concerns that anybody reports, and their line on the desk."""

import sqlalchemy as sa
from alembic import op

from leuvenhelpt.storage.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CONCERN = "fk_attention_concern_id_concern"


def upgrade() -> None:
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("help_request_id", sa.Integer(), nullable=True),
        sa.Column("volunteer_id", sa.Integer(), nullable=True),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["help_request_id"], ["help_request.id"], name=op.f("fk_concern_help_request_id_help_request")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name=op.f("fk_concern_volunteer_id_volunteer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_concern_idempotency_key")),
    )
    # Not by copying the table: SQLite adds a column with its reference in one statement.
    if op.get_bind().dialect.name == "sqlite":
        column = f"concern_id INTEGER CONSTRAINT {CONCERN} REFERENCES concern (id)"
        op.execute(f"ALTER TABLE attention ADD COLUMN {column}")
    else:
        op.add_column("attention", sa.Column("concern_id", sa.Integer(), nullable=True))
        op.create_foreign_key(CONCERN, "attention", "concern", ["concern_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("attention") as batch:
        batch.drop_constraint(CONCERN, type_="foreignkey")
        batch.drop_column("concern_id")
    op.drop_table("concern")
