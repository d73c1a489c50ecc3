"""Finding where submitted requests and new offers are."""

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.jobs import Wait
from leuvenhelpt.domain.values import MACHINE, Located
from leuvenhelpt.services import locating
from leuvenhelpt.storage.queries import addresses
from leuvenhelpt.storage.queries.addresses import Address
from workers.draining import drain, prove


def locate(runtime: Runtime) -> int:
    """Locate every request and volunteer that waits for it; returns how many were looked at."""
    requests = drain(runtime, Wait.REQUEST_TO_LOCATE, _locate_request)
    return requests + drain(runtime, Wait.VOLUNTEER_TO_LOCATE, _locate_volunteer)


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
