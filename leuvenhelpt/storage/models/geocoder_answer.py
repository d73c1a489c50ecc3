"""What a geocoder elsewhere was asked and said: a cache, and the record of what left this machine."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class GeocoderAnswer(Base):
    """`sent` is a keyed digest: it recognises a question without keeping an address in the clear."""

    __tablename__ = "geocoder_answer"
    __table_args__ = (UniqueConstraint("host", "sent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    host: Mapped[str]
    sent: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    found: Mapped[list[Any]]
