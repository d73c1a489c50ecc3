"""What was learned of how probably somebody says yes: coefficients to read, and how they were judged."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.storage.models.base import Base


class LearnedYes(Base):
    __tablename__ = "learned_yes"

    id: Mapped[int] = mapped_column(primary_key=True)
    learned_at: Mapped[datetime]
    is_in_use: Mapped[bool]
    model: Mapped[str]
    trained_on: Mapped[int]
    loss: Mapped[float]
    old_loss: Mapped[float]
    calibration_gap: Mapped[float]
