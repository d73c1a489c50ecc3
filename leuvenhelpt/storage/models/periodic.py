"""Periodic work claimed by row, and the signs of life of worker processes."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class PeriodicRun(Base):
    __tablename__ = "periodic_run"

    name: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]


class Heartbeat(Base):
    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
