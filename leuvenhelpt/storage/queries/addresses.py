"""Addresses as typed, for whoever has to find them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from leuvenhelpt.storage.models import HelpRequest, Volunteer


@dataclass(frozen=True)
class Address:
    """An address line, the postcode chosen beside it, and the label of the place that was meant, if we asked."""

    line: str
    postcode: str
    meant: str


def of_help_request(db: Session, help_request_id: int) -> Address:
    """Where a help request says it is."""
    row = db.get_one(HelpRequest, help_request_id)
    return Address(row.address, row.postcode, row.place_label)


def of_volunteer(db: Session, volunteer_id: int) -> Address:
    """Where a volunteer says they start from."""
    row = db.get_one(Volunteer, volunteer_id)
    return Address(row.address, row.postcode, row.place_label)
