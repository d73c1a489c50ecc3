"""Cards for letterboxes: pick a street, print its sheet."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.services import letterbox
from leuvenhelpt.storage.queries import letterbox as query
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.forms.staff import StreetForm
from leuvenhelpt.web.paper import street_of
from leuvenhelpt.web.signed_in import visitor
from leuvenhelpt.web.staff.acting import last_page, page_number, show


def listed() -> ResponseReturnValue:
    """The cards that were made, and the form for another street."""
    form = StreetForm()
    form.fit(runtime().city)
    return _page(form)


def make() -> ResponseReturnValue:
    """The card of a street, new or as it was; on to its sheet."""
    form = StreetForm(request.form)
    form.fit(runtime().city)
    if not form.validate():
        return _page(form), 422
    located = runtime().geocoder.locate(form.street.data, form.postcode.data)
    place = located.place if located and located.is_accepted else None
    street = street_of(place.label if place else form.street.data)
    with runtime().unit_of_work(visitor().actor) as uow:
        postcode = place.postcode if place else form.postcode.data
        code = letterbox.card_for(uow, street=street, postcode=postcode)
    return redirect(url_for("cards", code=code))


def _page(form: StreetForm) -> str:
    number = page_number(request.args.get("blad"))
    with runtime().reading() as db:
        cards = query.page(db, number=number)
        last = last_page(cards.total, query.PAGE, number)
        return show("staff/cards.html", db, form=form, cards=cards.rows, number=number, last=last)
