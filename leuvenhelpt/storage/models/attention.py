"""What needs a person now: one row a thing, whatever the reason."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base

IS_OPEN = text("resolved_at IS NULL")


class Attention(Base):
    __tablename__ = "attention"
    __table_args__ = (
        Index(
            "uq_attention_open",
            "dedupe_key",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_attention_resolved_at_due_at", "resolved_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    dedupe_key: Mapped[str]
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"))
    notification_id: Mapped[int | None] = mapped_column(ForeignKey("notification.id"))
    concern_id: Mapped[int | None] = mapped_column(ForeignKey("concern.id"))
    note: Mapped[str] = mapped_column(default="")
    raised_at: Mapped[datetime]
    due_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
