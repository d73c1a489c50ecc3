"""The journal: who did what, when and why. Only ever added to; references, no personal data.

Since nothing about a volunteer or a match changes without a line, it also tells what changed since when.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base
from leuvenhelpt.storage.revisions import ThisRevision


class JournalEntry(Base):
    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, default=ThisRevision(), server_default="0", index=True)
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
