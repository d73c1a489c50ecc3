"""Cards for the letterboxes of a volunteer's own street."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.services import letterbox
from leuvenhelpt.storage.queries import volunteer_pages as query
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.paper import street_of
from leuvenhelpt.web.signed_in import visitor


def make() -> ResponseReturnValue:
    """The card of the street they live in, new or as it was; on to its sheet. Only of a street that the register knows:
    anybody can read the card, and nobody checks what was typed.
    """
    with runtime().reading() as db:
        offer = query.offer(db, visitor().volunteer_id or 0)
    if not offer.knows_street:
        raise NotFound("street")
    with runtime().unit_of_work(visitor().actor) as uow:
        street = street_of(offer.place_label)
        code = letterbox.card_for(uow, street=street, postcode=offer.postcode)
    return redirect(url_for("cards", code=code))
