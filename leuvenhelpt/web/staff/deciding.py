"""The pages of acts: show the form, and do it."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.values import spoken_reference
from leuvenhelpt.storage.queries import help_requests, volunteers
from leuvenhelpt.triage.hearing import hear
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.forms.staff import PlainForm, ReferForm, SettleForm
from leuvenhelpt.web.public.ask import setting
from leuvenhelpt.web.staff.acting import acting, found, show
from leuvenhelpt.web.staff.acts import REQUEST, VOLUNTEER, Act


def about_request(reference: str, act: str) -> ResponseReturnValue:
    """The form of a decision on a help request."""
    chosen = found(REQUEST.get(act))
    with runtime().reading() as db:
        seen = found(help_requests.overview(db, reference))
    form = fitted(chosen)
    if isinstance(form, ReferForm):
        form.suggest(runtime().city.services_for(hear(seen.words, ()).signs))
    return _page(chosen, form, *_request_place(reference))


def decide_request(reference: str, act: str) -> ResponseReturnValue:
    """Do it, once the form is right."""
    chosen = found(REQUEST.get(act))
    with runtime().reading() as db:
        seen = found(help_requests.overview(db, reference))
    form, (back, name) = fitted(chosen), _request_place(reference)
    if not form.validate():
        return _page(chosen, form, back, name)
    return _do(chosen, form, seen.id, back)


def about_volunteer(public_id: str, act: str) -> ResponseReturnValue:
    """The form of a decision on a volunteer."""
    chosen = found(VOLUNTEER.get(act))
    with runtime().reading() as db:
        seen = found(volunteers.overview(db, public_id))
    return _page(chosen, fitted(chosen), _volunteer_place(public_id), seen.name)


def decide_volunteer(public_id: str, act: str) -> ResponseReturnValue:
    """Do it, once the form is right."""
    chosen = found(VOLUNTEER.get(act))
    with runtime().reading() as db:
        seen = found(volunteers.overview(db, public_id))
    form, back = fitted(chosen), _volunteer_place(public_id)
    if not form.validate():
        return _page(chosen, form, back, seen.name)
    return _do(chosen, form, seen.id, back)


def fitted(act: Act) -> PlainForm:
    """The form of an act over what was typed, its choices filled in."""
    is_shown = request.method == "GET"
    form = act.form(None if is_shown else request.form)
    form.fit(setting())
    if is_shown and isinstance(form, SettleForm):
        form.matter.data = request.args.get("zaak", "")
    return form


def _do(act: Act, form: Any, row_id: int, back: str) -> ResponseReturnValue:
    with acting(str(act.told)) as uow:
        act.do(uow, row_id, form)
    return redirect(back)


def _page(act: Act, form: PlainForm, back: str, name: str) -> ResponseReturnValue:
    with runtime().reading() as db:
        html = show("staff/act.html", db, act=act, form=form, back=back, name=name)
    return html, 422 if form.errors else 200


def _request_place(reference: str) -> tuple[str, str]:
    return url_for("desk_request", reference=reference), spoken_reference(reference)


def _volunteer_place(public_id: str) -> str:
    return url_for("desk_volunteer", public_id=public_id)
