"""A concern: somebody tells us that something is not right with a visit, a volunteer or whoever asked for help."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class Concern(Base):
    """`reference`: the number of a help request as typed. `volunteer_id`: who reports it, if a volunteer does."""

    __tablename__ = "concern"

    id: Mapped[int] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    words: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"))
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"))
    said_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
