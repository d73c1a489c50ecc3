"""Cards for the letterboxes of a volunteer's own street."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.services import letterbox
from leuvenhelpt.storage.queries import volunteer_pages as query
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.paper import street_of
from leuvenhelpt.web.signed_in import visitor


def make() -> ResponseReturnValue:
    """The card of the street in their offer, new or as it was; on to its sheet."""
    with runtime().reading() as db:
        offer = query.offer(db, visitor().volunteer_id or 0)
    with runtime().unit_of_work(visitor().actor) as uow:
        street = street_of(offer.place_label or offer.address)
        code = letterbox.card_for(uow, street=street, postcode=offer.postcode)
    return redirect(url_for("cards", code=code))
