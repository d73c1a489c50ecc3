"""A match: this help request with that volunteer; the ask is a match in the state "asked"."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.storage.models.base import Base, new_public_id

IS_ACCEPTED = text("state = 'accepted'")


class Match(Base):
    """`asked_before_at`: the first of two asks, the second after the request had changed; a third there never is."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("help_request_id", "volunteer_id"),
        Index(
            "uq_match_place",
            "help_request_id",
            "place_no",
            unique=True,
            sqlite_where=IS_ACCEPTED,
            postgresql_where=IS_ACCEPTED,
        ),
        Index("ix_match_volunteer_id_asked_at", "volunteer_id", "asked_at"),
        Index("ix_match_state_lapses_at", "state", "lapses_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    help_request_id: Mapped[int] = mapped_column(ForeignKey("help_request.id"))
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteer.id"))
    state: Mapped[str] = mapped_column(default=MatchState.PROPOSED)

    rank: Mapped[int] = mapped_column(default=0)
    score: Mapped[float] = mapped_column(default=0.0)
    distance_km: Mapped[float | None]
    reasons: Mapped[list[Any]] = mapped_column(default=list)

    wave: Mapped[int] = mapped_column(default=0)
    place_no: Mapped[int | None]
    proposed_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    asked_before_at: Mapped[datetime | None]
    lapses_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    went_well: Mapped[bool | None]
    remark: Mapped[str] = mapped_column(default="")
    declined_for: Mapped[str] = mapped_column(default="", server_default="")
    thanks: Mapped[str] = mapped_column(default="", server_default="")
