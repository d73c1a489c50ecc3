"""Finding where submitted requests and new offers are."""

from collections.abc import Sequence

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import WAITS_BEHIND, Bell, Wait
from leuvenhelpt.domain.values import MACHINE, Located
from leuvenhelpt.services import locating
from leuvenhelpt.services.claims import Waiting
from workers.draining import drain, prove

AT_ONCE = 5


def locate(runtime: Runtime, waits: Sequence[Wait] = WAITS_BEHIND[Bell.LOCATE]) -> int:
    """Locate everybody who waits for it, requests before volunteers; returns how many were looked at."""
    return sum(drain(runtime, wait, _WORK[wait], AT_ONCE) for wait in waits)


def _locate_request(runtime: Runtime, request: Waiting) -> None:
    located = _located(runtime, request)
    with runtime.unit_of_work(MACHINE) as uow:
        prove(uow, Wait.REQUEST_TO_LOCATE, request.id)
        locating.record_help_request(uow, request.id, located)


def _locate_volunteer(runtime: Runtime, volunteer: Waiting) -> None:
    located = _located(runtime, volunteer)
    with runtime.unit_of_work(MACHINE) as uow:
        prove(uow, Wait.VOLUNTEER_TO_LOCATE, volunteer.id)
        locating.record_volunteer(uow, volunteer.id, located)


def _located(runtime: Runtime, somebody: Waiting) -> Located | None:
    located = runtime.geocoder.locate(somebody.address, somebody.postcode)
    return located.choosing(somebody.meant) if located else None


_WORK = {Wait.REQUEST_TO_LOCATE: _locate_request, Wait.VOLUNTEER_TO_LOCATE: _locate_volunteer}
