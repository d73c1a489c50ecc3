"""One concern at the desk: what was reported, who waits for it, what was done; who reported it only with a reason."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.kinds import LookedFor
from leuvenhelpt.services import concerns
from leuvenhelpt.storage.queries import concerns as query
from leuvenhelpt.storage.queries import journal
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.forms.cleaning import clean_line
from leuvenhelpt.web.forms.staff import ConcernOutcomeForm
from leuvenhelpt.web.signed_in import visitor
from leuvenhelpt.web.staff.acting import acting, found
from leuvenhelpt.web.staff.acting import show as page
from leuvenhelpt.web.staff.request_page import entries


def show(concern_id: int) -> ResponseReturnValue:
    """What somebody reported."""
    return _page(concern_id, ConcernOutcomeForm())


def show_reporter(concern_id: int) -> ResponseReturnValue:
    """The same page with who reported it; who looked and what for stands in the journal."""
    reason = clean_line(request.form.get("reason"))[:200] or LookedFor.NO_REASON
    with runtime().reading() as db:
        found(query.concern(db, concern_id))
    with runtime().unit_of_work(visitor().actor) as uow:
        concerns.note_reporter_seen(uow, concern_id, reason=reason)
    with runtime().reading() as db:
        reporter = query.reporter(db, concern_id)
    return _page(concern_id, ConcernOutcomeForm(), reporter=reporter)


def settle(concern_id: int) -> ResponseReturnValue:
    """It was looked into: who waits for it may go on, or is not let in any more."""
    form = ConcernOutcomeForm(request.form)
    with runtime().reading() as db:
        form.offer(has_waiting=bool(query.waiting(db, concern_id)))
    if not form.validate():
        return _page(concern_id, form), form.status
    with acting(_("De zorg is afgehandeld.")) as uow:
        decide = concerns.settle_by_blocking if form.blocks else concerns.settle
        decide(uow, concern_id, words=form.words.data)
    return redirect(url_for("desk_concern", concern_id=concern_id))


def _page(concern_id: int, form: ConcernOutcomeForm, *, reporter: query.Reporter | None = None) -> str:
    with runtime().reading() as db:
        seen, waiting = found(query.concern(db, concern_id)), query.waiting(db, concern_id)
        form.offer(has_waiting=bool(waiting))
        return page(
            "staff/concern.html",
            db,
            concern=seen,
            waiting=waiting,
            reporter=reporter,
            entries=entries(journal.of_concern(db, concern_id)),
            form=form,
            address=url_for("desk_concern", concern_id=concern_id),
        )
