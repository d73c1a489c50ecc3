"""A volunteer: one caring neighbour with one standing offer of help."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.domain.lifecycle import VolunteerState
from leuvenhelpt.storage.models.base import Base, Claimed, Placed, new_public_id


class Volunteer(Placed, Claimed, Base):
    __tablename__ = "volunteer"
    __table_args__ = (Index("ix_volunteer_state", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    state: Mapped[str] = mapped_column(default=VolunteerState.APPLIED)

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="", server_default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    reader_language: Mapped[str] = mapped_column(default="nl")

    kinds: Mapped[list[str]] = mapped_column(default=list)
    words: Mapped[str] = mapped_column(default="")
    will_not: Mapped[str] = mapped_column(default="")
    means: Mapped[str] = mapped_column(default="bike")
    reach_km: Mapped[float] = mapped_column(default=3.0)
    hours: Mapped[int] = mapped_column(default=0)
    max_asks_a_week: Mapped[int] = mapped_column(default=1)

    calendar_key: Mapped[str | None] = mapped_column(unique=True, index=True)
    paused_until: Mapped[datetime | None]
    vetting: Mapped[int] = mapped_column(default=0)
    vetted_until: Mapped[datetime | None]
    notice_version: Mapped[str | None]
    notice_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
