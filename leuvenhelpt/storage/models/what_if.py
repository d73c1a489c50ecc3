"""A trial of "what if": what a colleague wanted to know, how far it is, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class WhatIf(Base):
    """`progress` from 0 to 1. `lease`: who lives through it, until `lease_until`. `ended_at` with a `result`, or
    with a `failure`."""

    __tablename__ = "what_if"

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteers: Mapped[float]
    requests: Mapped[float]
    certainty: Mapped[str]
    days: Mapped[int]

    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    progress: Mapped[float] = mapped_column(default=0.0)
    lease: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(default="")
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
