"""A notification: something somebody must be told, by mail or, by staff, over the phone."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from leuvenhelpt.domain.lifecycle import NotificationState
from leuvenhelpt.storage.models.base import Base, Claimed


class Notification(Claimed, Base):
    __tablename__ = "notification"

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(default=NotificationState.QUEUED)

    help_request_id: Mapped[int | None] = mapped_column(ForeignKey("help_request.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteer.id"), index=True)
    match_id: Mapped[int | None] = mapped_column(ForeignKey("match.id"), index=True)
    sign_in_link_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in_link.id"))

    created_at: Mapped[datetime]
    due_by: Mapped[datetime | None]
    sending_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
