"""Addresses as typed, for whoever has to find them."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from leuvenhelpt.storage.models import HelpRequest, Volunteer


@dataclass(frozen=True)
class Address:
    """An address line, the postcode chosen beside it, and the label of the place that was meant, if we asked."""

    line: str
    postcode: str
    meant: str


def _address_in(table: type[HelpRequest] | type[Volunteer]) -> Select[str, str, str]:
    typed = select(table.address, table.postcode, table.place_label)
    return typed.where(table.id == bindparam("row_id"))


_OF_HELP_REQUEST, _OF_VOLUNTEER = _address_in(HelpRequest), _address_in(Volunteer)


def of_help_request(db: Session, help_request_id: int) -> Address:
    """Where a help request says it is."""
    return Address(*db.execute(_OF_HELP_REQUEST, {"row_id": help_request_id}).one())


def of_volunteer(db: Session, volunteer_id: int) -> Address:
    """Where a volunteer says they start from."""
    return Address(*db.execute(_OF_VOLUNTEER, {"row_id": volunteer_id}).one())
