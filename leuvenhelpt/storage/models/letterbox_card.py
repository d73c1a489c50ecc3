"""A card for the letterboxes of one street, and the code that is said over the phone."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class LetterboxCard(Base):
    __tablename__ = "letterbox_card"
    __table_args__ = (UniqueConstraint("street", "postcode"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    street: Mapped[str]
    postcode: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
