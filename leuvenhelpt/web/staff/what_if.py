"""What if there were more neighbours, or more requests: asked for at the desk, read once it is lived through."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.services import what_if as service
from leuvenhelpt.storage.queries import what_if as query
from leuvenhelpt.storage.queries.last_year import history
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.what_if import WhatIfForm
from leuvenhelpt.web.staff.acting import acting, found, show
from leuvenhelpt.web.staff.trials import told, told_of


def listed() -> ResponseReturnValue:
    """What can be tried, and what was tried lately."""
    return _page(WhatIfForm())


def ask() -> ResponseReturnValue:
    """Let it be tried; on to the page that tells how far it is."""
    form = WhatIfForm(request.form)
    if not form.validate():
        return _page(form), form.status
    run_id = None
    with acting(_("Wij bootsen het na. Dat duurt enkele minuten.")) as uow:
        run_id = service.ask(uow, form.change)
    return redirect(url_for("desk_trial", run_id=run_id) if run_id else url_for("desk_what_if"))


def one(run_id: int) -> ResponseReturnValue:
    """How far one trial is, or what came of it."""
    with runtime().reading() as db:
        run = found(query.run(db, run_id, now()))
        return show("staff/trial.html", db, run=run, told=told(run))


def try_again(run_id: int) -> ResponseReturnValue:
    """One that failed, once more."""
    with acting(_("Wij proberen het opnieuw.")) as uow:
        service.try_again(uow, run_id)
    return redirect(url_for("desk_trial", run_id=run_id))


def _page(form: WhatIfForm) -> str:
    with runtime().reading() as db:
        runs = [(run, told_of(run)) for run in query.latest(db, now())]
        return show("staff/what_if.html", db, form=form, history=history(db, now()), runs=runs)
