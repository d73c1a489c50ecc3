"""What RQ calls by name. A bell carries no facts: whoever hears it works off what waits."""

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Bell
from workers import locate as locating
from workers import notify as notifying
from workers import pair as pairing
from workers.kept_pool import pool_path
from workers.neighbours import Neighbours
from workers.reading import Reading

_runtimes: list[Runtime] = []
_kept: list[pairing.Kept] = []


def use(runtime: Runtime) -> None:
    """Give this process the runtime its jobs work with."""
    neighbours = Neighbours(pool_path(runtime.settings.data_dir))
    reading = Reading.named(runtime.settings.embed)
    _runtimes[:], _kept[:] = [runtime], [pairing.Kept(neighbours, reading=reading)]


def get_ready(bell: Bell) -> None:
    """Do beforehand what would keep the first who rings waiting."""
    if bell is Bell.PAIR:
        pairing.get_ready(_runtimes[0].clock())


def locate() -> int:
    """Somebody rang: locate what waits."""
    return locating.locate(_runtimes[0])


def pair() -> int:
    """Somebody rang: pair what waits."""
    return pairing.pair(_runtimes[0], _kept[0])


def notify() -> int:
    """Somebody rang: send what waits."""
    return notifying.notify(_runtimes[0])


BY_BELL = {Bell.LOCATE: locate, Bell.PAIR: pair, Bell.NOTIFY: notify}
