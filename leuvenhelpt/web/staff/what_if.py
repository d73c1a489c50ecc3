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
from leuvenhelpt.web.staff.outcome import told
from leuvenhelpt.web.staff.trials import changes, failure, line


def listed() -> ResponseReturnValue:
    """What can be tried, and what was tried lately."""
    return _page(WhatIfForm())


def ask() -> ResponseReturnValue:
    """Let it be tried; on to the page that tells how far it is."""
    form = WhatIfForm(request.form)
    if not form.validate():
        return _page(form), form.status
    trial_id = None
    with acting(_("Wij bootsen het na. Hieronder ziet u hoe ver het is.")) as uow:
        trial_id = service.ask(uow, form.change)
    return redirect(url_for("desk_trial", trial_id=trial_id) if trial_id else url_for("desk_what_if"))


def one(trial_id: int) -> ResponseReturnValue:
    """How far one trial is, or what came of it."""
    with runtime().reading() as db:
        trial = found(query.trial(db, trial_id, now()))
        facts = {"failure": failure(trial), "changes": changes(trial.change), "told": told(trial)}
        return show("staff/trial.html", db, trial=trial, line=line(trial), **facts)


def try_again(trial_id: int) -> ResponseReturnValue:
    """One that failed, once more."""
    with acting(_("Wij proberen het opnieuw.")) as uow:
        service.try_again(uow, trial_id)
    return redirect(url_for("desk_trial", trial_id=trial_id))


def _page(form: WhatIfForm) -> str:
    with runtime().reading() as db:
        lines, before = [line(trial) for trial in query.latest(db, now())], history(db, now())
        return show("staff/what_if.html", db, form=form, history=before, lines=lines)
