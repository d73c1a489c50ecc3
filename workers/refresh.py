"""The register of addresses, read again each month: in a process of its own, so that the clock goes on meanwhile."""

from datetime import date, timedelta

import structlog

from config import Settings
from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.register_file import read_columns, register_path
from leuvenhelpt.services import attention, periodic
from workers.beside import Beside
from workers.periods import nightly

TASK = "refresh_addresses"
A_MONTH = timedelta(days=30)
A_WHILE = timedelta(days=7)  # within which somebody should see to an import that failed
LONGEST_S = 2 * 3600
log = structlog.get_logger()


class Refresh:
    """Looks each night whether the register is a month old; one that fails is tried again the next night."""

    def __init__(self) -> None:
        self._nights: set[str] = set()
        self._import: Beside | None = None

    @property
    def is_running(self) -> bool:
        """Whether an import runs."""
        return self._import is not None

    def tend(self, runtime: Runtime) -> None:
        """Begin what is due, and record what ended. Never waits: to be called each second."""
        if self._import is not None:
            self._follow(runtime, self._import)
        elif self._is_our_night(runtime):
            self._begin(runtime)

    def stop(self) -> None:
        """End an import that runs; the register in use stays, and the next night tries again."""
        if self._import is not None:
            self._import.stop()
            self._import = None

    def _is_our_night(self, runtime: Runtime) -> bool:
        night = nightly(runtime.clock())
        if not night or night in self._nights:
            return False
        with runtime.unit_of_work(MACHINE) as uow:
            is_ours = periodic.claim_period(uow, TASK, night)
        self._nights.add(night)
        return is_ours

    def _begin(self, runtime: Runtime) -> None:
        settings = runtime.settings
        if settings.refreshes_addresses and not is_fresh(settings, runtime.clock().date()):
            # The sources of the last import are read again.
            self._import = Beside(settings, "addresses", "import", "--json", longest_s=LONGEST_S)
        else:
            with runtime.unit_of_work(MACHINE) as uow:
                attention.resolve_all(uow, Trouble.ADDRESSES)

    def _follow(self, runtime: Runtime, running: Beside) -> None:
        code = running.code()
        if code is None:
            return
        self._import = None
        log.info("addresses_read_again", code=code)
        with runtime.unit_of_work(MACHINE) as uow:
            if code:
                attention.raise_trouble(uow, Trouble.ADDRESSES, due_at=uow.now + A_WHILE)
            else:
                attention.resolve_all(uow, Trouble.ADDRESSES)


def is_fresh(settings: Settings, today: date) -> bool:
    """Whether the register was read within a month. Without one, or with a damaged one, there is nothing fresh."""
    try:
        columns = read_columns(register_path(settings.data_dir))
    except ConfigurationError:
        return False
    return columns is not None and today - date.fromisoformat(columns.about.date) < A_MONTH
