"""Signs of life, and periodic work claimed by row so that two clocks never double it."""

from datetime import datetime

from leuvenhelpt.storage.inserting import insert_unless_there
from leuvenhelpt.storage.models import Heartbeat, PeriodicRun
from leuvenhelpt.storage.unit_of_work import UnitOfWork


def claim_period(uow: UnitOfWork, name: str, period: str) -> bool:
    """Whether this period of a periodic task is ours to do; each is claimed once, whoever asks."""
    run = PeriodicRun(name=name, period=period, claimed_at=uow.now)
    return insert_unless_there(uow, run) is not None


def note_alive(uow: UnitOfWork, name: str) -> None:
    """A process says that it is there."""
    uow.session.merge(Heartbeat(name=name, at=uow.now))


def hour_of(moment: datetime) -> str:
    """The period of hourly work a moment falls in, as UTC."""
    return f"{moment:%Y-%m-%dT%H}"
