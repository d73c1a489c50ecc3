"""A help request: a resident's need, from the first word to the last."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.domain.lifecycle import HelpRequestState
from leuvenhelpt.storage.models.base import Base, Claimed, Placed, new_public_id


class HelpRequest(Placed, Claimed, Base):
    __tablename__ = "help_request"
    __table_args__ = (
        CheckConstraint("places_taken >= 0 AND places_taken <= places_needed", name="places"),
        Index("ix_help_request_state_promised_by", "state", "promised_by"),
        Index("ix_help_request_area", "area"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    reference: Mapped[str] = mapped_column(unique=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=HelpRequestState.SUBMITTED)

    kind: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    asking: Mapped[str]
    gender_wish: Mapped[str] = mapped_column(default="", server_default="")
    places_needed: Mapped[int] = mapped_column(default=1)
    places_taken: Mapped[int] = mapped_column(default=0)

    person_name: Mapped[str] = mapped_column(default="")
    asker_name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    reader_language: Mapped[str] = mapped_column(default="nl")
    channel: Mapped[str] = mapped_column(default="web")

    timing: Mapped[str]
    wanted_by: Mapped[datetime]
    hours: Mapped[int]
    former: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))

    promised_by: Mapped[datetime | None]
    code_word: Mapped[str]
    wave: Mapped[int] = mapped_column(default=0)
    why_not: Mapped[list[Any]] = mapped_column(default=list)
    chance_of_yes: Mapped[float | None]
    taken_up_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    referred_to: Mapped[str | None]
    closing_words: Mapped[str] = mapped_column(default="")
    went_well: Mapped[bool | None]
    created_at: Mapped[datetime] = mapped_column(index=True)
    closed_at: Mapped[datetime | None]
