"""Rather not this pair again: one of both said so, and nobody needs to know which."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class RatherNot(Base):
    __tablename__ = "rather_not"

    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"), primary_key=True)
    resident_mark: Mapped[str] = mapped_column(primary_key=True, index=True)
    said_at: Mapped[datetime]
