"""The journal: who did what, when and why. Only ever added to; references, no personal data."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class JournalEntry(Base):
    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    subject: Mapped[str]
    subject_id: Mapped[int]
    help_request_id: Mapped[int | None] = mapped_column(index=True)
    volunteer_id: Mapped[int | None] = mapped_column(index=True)
    step: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
