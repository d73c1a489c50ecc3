"""The private address of a volunteer's calendar: made, renewed and put off by themselves."""

import secrets

from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.lifecycle import GONE_VOLUNTEER, Subject
from leuvenhelpt.services import journal
from leuvenhelpt.services.volunteers import get
from leuvenhelpt.storage.unit_of_work import UnitOfWork

KEY_BYTES = 16


def open_calendar(uow: UnitOfWork, volunteer_id: int) -> None:
    """Give the calendar a new key; whoever had the old address sees nothing any more."""
    if get(uow, volunteer_id).state in GONE_VOLUNTEER:
        raise Refused("volunteer_change")
    _set(uow, volunteer_id, secrets.token_urlsafe(KEY_BYTES), "open_calendar")


def close_calendar(uow: UnitOfWork, volunteer_id: int) -> None:
    """Put the calendar off. Doing so twice changes nothing."""
    if get(uow, volunteer_id).calendar_key is not None:
        _set(uow, volunteer_id, None, "close_calendar")


def _set(uow: UnitOfWork, volunteer_id: int, key: str | None, step: str) -> None:
    volunteer = get(uow, volunteer_id)
    volunteer.calendar_key = key
    journal.write(uow, Subject.VOLUNTEER, volunteer, step)
