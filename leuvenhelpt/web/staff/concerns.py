"""One concern at the desk: what was reported, by whom if they said so, and what was done."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.services import concerns
from leuvenhelpt.storage.queries.concerns import concern
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.forms.staff import ConcernOutcomeForm
from leuvenhelpt.web.staff.acting import acting, found
from leuvenhelpt.web.staff.acting import show as page


def show(concern_id: int) -> ResponseReturnValue:
    """What somebody reported."""
    return _page(concern_id, ConcernOutcomeForm())


def settle(concern_id: int) -> ResponseReturnValue:
    """It was looked into."""
    form = ConcernOutcomeForm(request.form)
    if not form.validate():
        return _page(concern_id, form), form.status
    with acting(_("De zorg is afgehandeld.")) as uow:
        concerns.settle(uow, concern_id, words=form.words.data)
    return redirect(url_for("desk_concern", concern_id=concern_id))


def _page(concern_id: int, form: ConcernOutcomeForm) -> str:
    with runtime().reading() as db:
        return page("staff/concern.html", db, concern=found(concern(db, concern_id)), form=form)
