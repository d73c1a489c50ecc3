"""Recording where somebody lives, or that nobody could find it."""

from dataclasses import asdict, replace
from typing import Any

from leuvenhelpt.domain.city import Asking
from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.domain.lifecycle import HelpRequestState, Subject
from leuvenhelpt.domain.values import Located, Place, PlaceLevel
from leuvenhelpt.services import attention, claims, erasure, journal, matches
from leuvenhelpt.services.steps import take_step
from leuvenhelpt.storage.models import HelpRequest, Volunteer
from leuvenhelpt.storage.unit_of_work import UnitOfWork

NO_PLACE: dict[str, Any] = {
    "lat": None,
    "lon": None,
    "place_level": None,
    "place_accuracy_m": None,
    "area": "",
}
"""Of a row whose address changed, until the new one is looked for."""


def record_help_request(uow: UnitOfWork, help_request_id: int, located: Located | None) -> None:
    """Note the place of a submitted request and let it go on: open, or in review if a person must look.

    A request for help from home goes on without a place. Ends the lease.
    """
    help_request = uow.session.get_one(HelpRequest, help_request_id)
    found = _place_found(help_request, located)
    is_placed = "lat" in found or uow.city.kinds[help_request.kind].is_remote
    must_review = help_request.asking == Asking.BY_HAND or not is_placed
    facts = {"look_at": uow.now} | claims.end_of_lease(uow, help_request) | found
    take_step(uow, Subject.HELP_REQUEST, "review" if must_review else "open", help_request_id, **facts)
    if must_review:
        _put_on_desk(uow, help_request, Trouble.REVIEW if is_placed else Trouble.PLACE)
    uow.ring(Bell.PAIR)


def record_volunteer(uow: UnitOfWork, volunteer_id: int, located: Located | None) -> None:
    """Note where a volunteer starts from; if it could not be found, a coordinator looks. Ends the lease."""
    volunteer = uow.session.get_one(Volunteer, volunteer_id)
    is_placed = _note_place(volunteer, located)
    claims.end_lease(uow, volunteer)
    volunteer.look_at = None
    journal.write(uow, Subject.VOLUNTEER, volunteer, "locate", reason="" if is_placed else "not_found")
    if is_placed:
        attention.resolve_for_volunteer(uow, volunteer_id, {Trouble.VOLUNTEER_PLACE})
    else:
        attention.raise_trouble(uow, Trouble.VOLUNTEER_PLACE, due_at=uow.now, volunteer_id=volunteer_id)


def place_by_hand(uow: UnitOfWork, help_request_id: int, *, place: Place) -> None:
    """A coordinator says where it is; what waited for that goes on, located or not.

    Of `place` the postcode and the area may be "": then what we knew stays. Its level is BY_HAND, whatever it says.
    """
    help_request = matches.hold(uow, help_request_id)
    erasure.refuse_forgotten(help_request)
    located = _by_hand(place)
    journal.write(uow, Subject.HELP_REQUEST, help_request, "place_by_hand")
    attention.resolve_for_help_request(uow, help_request_id, {Trouble.PLACE, Trouble.STUCK})
    if help_request.state == HelpRequestState.SUBMITTED:
        record_help_request(uow, help_request_id, located)
        return
    _note_place(help_request, located)
    if help_request.state == HelpRequestState.IN_REVIEW:
        if help_request.asking == Asking.AUTOMATIC:
            take_step(uow, Subject.HELP_REQUEST, "approve", help_request_id)
        else:
            _put_on_desk(uow, help_request, Trouble.REVIEW)
    matches.look_again(uow, help_request_id)


def place_volunteer_by_hand(uow: UnitOfWork, volunteer_id: int, *, place: Place) -> None:
    """A coordinator says where a volunteer starts from; `place` as in place_by_hand."""
    volunteer = uow.session.get(Volunteer, volunteer_id)
    if volunteer is None:
        raise NotFound("volunteer")
    erasure.refuse_forgotten(volunteer)
    _note_place(volunteer, _by_hand(place))
    attention.resolve_for_volunteer(uow, volunteer_id, {Trouble.VOLUNTEER_PLACE})
    journal.write(uow, Subject.VOLUNTEER, volunteer, "place_by_hand")


def located_by_hand(row: HelpRequest) -> Located | None:
    """Where a coordinator put it; None if nobody did."""
    if row.place_level != PlaceLevel.BY_HAND or row.lat is None or row.lon is None:
        return None
    accuracy_m = row.place_accuracy_m or 0
    return _by_hand(
        Place(row.lat, row.lon, PlaceLevel.BY_HAND, accuracy_m, row.place_label, row.postcode, row.area)
    )


def _by_hand(place: Place) -> Located:
    return Located(replace(place, level=PlaceLevel.BY_HAND), 1.0, True)


def _put_on_desk(uow: UnitOfWork, help_request: HelpRequest, trouble: Trouble) -> None:
    due_at = help_request.promised_by or uow.now
    attention.raise_trouble(uow, trouble, due_at=due_at, help_request_id=help_request.id)


def _note_place(row: HelpRequest | Volunteer, located: Located | None) -> bool:
    """Whether there now is a place to measure from."""
    found = _place_found(row, located)
    for name, fact in found.items():
        setattr(row, name, fact)
    return "lat" in found


def _place_found(row: HelpRequest | Volunteer, located: Located | None) -> dict[str, Any]:
    """What to set on a row: a place if there is one now; the candidates, for a coordinator to choose from."""
    choices = [asdict(place) for place in located.candidates] if located else []
    if located is None or located.place is None or not located.is_accepted:
        return {"place_choices": choices, "place_label": ""}
    place = located.place
    return {
        "place_choices": choices,
        "lat": place.lat,
        "lon": place.lon,
        "place_level": place.level,
        "place_accuracy_m": place.accuracy_m,
        "place_label": place.label,
        "area": place.area or row.area,
        "postcode": place.postcode or row.postcode,
    }
