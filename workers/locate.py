"""Finding where submitted requests and new offers are."""

from collections.abc import Sequence

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import WAITS_BEHIND, Bell, Wait
from leuvenhelpt.domain.values import MACHINE, Located
from leuvenhelpt.services import locating
from leuvenhelpt.storage.queries import addresses
from leuvenhelpt.storage.queries.addresses import Address
from workers.draining import drain, prove

AT_ONCE = 5


def locate(runtime: Runtime, waits: Sequence[Wait] = WAITS_BEHIND[Bell.LOCATE]) -> int:
    """Locate everybody who waits for it, requests before volunteers; returns how many were looked at."""
    return sum(drain(runtime, wait, _WORK[wait], AT_ONCE) for wait in waits)


def _locate_request(runtime: Runtime, help_request_id: int) -> None:
    with runtime.reading() as db:
        address = addresses.of_help_request(db, help_request_id)
    located = _located(runtime, address)
    with runtime.unit_of_work(MACHINE) as uow:
        prove(uow, Wait.REQUEST_TO_LOCATE, help_request_id)
        locating.record_help_request(uow, help_request_id, located)


def _locate_volunteer(runtime: Runtime, volunteer_id: int) -> None:
    with runtime.reading() as db:
        address = addresses.of_volunteer(db, volunteer_id)
    located = _located(runtime, address)
    with runtime.unit_of_work(MACHINE) as uow:
        prove(uow, Wait.VOLUNTEER_TO_LOCATE, volunteer_id)
        locating.record_volunteer(uow, volunteer_id, located)


def _located(runtime: Runtime, address: Address) -> Located | None:
    located = runtime.geocoder.locate(address.line, address.postcode)
    return located.choosing(address.meant) if located else None


_WORK = {Wait.REQUEST_TO_LOCATE: _locate_request, Wait.VOLUNTEER_TO_LOCATE: _locate_volunteer}
