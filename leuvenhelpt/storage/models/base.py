"""What tables share: names of constraints, a place, a lease."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from leuvenhelpt.storage.types import UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        list[str]: JSON,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


def new_public_id() -> str:
    """A random name for links: 122 bits that tell nothing."""
    return str(uuid.uuid4())


class Placed:
    """An address as typed and the place it was found at (WGS84), once located."""

    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    place_level: Mapped[str | None]
    place_accuracy_m: Mapped[int | None]
    place_label: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(default="")
    place_choices: Mapped[list[Any]] = mapped_column(default=list)


class Claimed:
    """When a worker must look at the row, and which worker does so until when."""

    look_at: Mapped[datetime | None] = mapped_column(index=True)
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
