"""Addresses as typed, for whoever has to find them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from leuvenhelpt.storage.models import HelpRequest, Volunteer


@dataclass(frozen=True)
class Address:
    """An address line and the postcode chosen beside it."""

    line: str
    postcode: str


def of_help_request(db: Session, help_request_id: int) -> Address:
    """Where a help request says it is."""
    row = db.get_one(HelpRequest, help_request_id)
    return Address(row.address, row.postcode)


def of_volunteer(db: Session, volunteer_id: int) -> Address:
    """Where a volunteer says they start from."""
    row = db.get_one(Volunteer, volunteer_id)
    return Address(row.address, row.postcode)
