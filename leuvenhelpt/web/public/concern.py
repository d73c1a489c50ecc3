"""Reporting a concern: by anybody, signed in or not, and from the page of a request or a task."""

from dataclasses import dataclass
from secrets import token_urlsafe

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.values import Actor
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import concerns
from leuvenhelpt.web import trap
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.concern import ConcernForm
from leuvenhelpt.web.public import status
from leuvenhelpt.web.public.ask import RESIDENT, keys, setting
from leuvenhelpt.web.volunteer.linked import task_of, volunteer_of


@dataclass(frozen=True)
class Reporter:
    """Who reports, as far as the link tells."""

    actor: Actor = RESIDENT
    help_request_id: int | None = None
    volunteer_id: int | None = None


def show() -> ResponseReturnValue:
    """The form, for anybody."""
    return _page(Reporter(), ConcernForm())


def take() -> ResponseReturnValue:
    """Take in what anybody reports."""
    return _take(Reporter())


def show_of_request(token: str) -> ResponseReturnValue:
    """The form, for whoever holds the link of a request."""
    return _page(_resident(token), ConcernForm())


def take_of_request(token: str) -> ResponseReturnValue:
    """Take in what is reported about a request from its own page."""
    return _take(_resident(token))


def show_of_task(token: str) -> ResponseReturnValue:
    """The form, for the volunteer of a task."""
    return _page(_volunteer(token), ConcernForm())


def take_of_task(token: str) -> ResponseReturnValue:
    """Take in what a volunteer reports about a task."""
    return _take(_volunteer(token))


def taken() -> ResponseReturnValue:
    """It was received, and what to do if it cannot wait."""
    return render_template("public/concern_taken.html")


def _resident(token: str) -> Reporter:
    return Reporter(help_request_id=status.facts_for(token).id)


def _volunteer(token: str) -> Reporter:
    task = task_of(Purpose.TASK, token)
    return Reporter(volunteer_of(task), task.help_request_id, task.volunteer_id)


def _take(reporter: Reporter) -> ResponseReturnValue:
    form = ConcernForm(request.form)
    form.fit(setting())
    if not form.validate():
        return _page(reporter, form)
    if trap.is_filled():
        return _page(reporter, form, asks_again=True)
    with runtime().unit_of_work(reporter.actor) as uow:
        concerns.report(uow, facts=_facts(reporter, form))
    return redirect(url_for("concern_taken"))


def _facts(reporter: Reporter, form: ConcernForm) -> concerns.ConcernFacts:
    key = keys().read(form.key.data or "")
    return concerns.ConcernFacts(
        idempotency_key=key.secret if key else token_urlsafe(16),
        words=form.words.data,
        reference=form.reference.data,
        name=form.name.data,
        phone=form.phone.e164,
        email=form.email.data,
        help_request_id=reporter.help_request_id,
        volunteer_id=reporter.volunteer_id,
    )


def _page(reporter: Reporter, form: ConcernForm, *, asks_again: bool = False) -> ResponseReturnValue:
    form.fit(setting())
    form.key.data = form.key.data or keys().new(now())
    html = render_template(
        "public/concern.html",
        form=form,
        knows_request=reporter.help_request_id is not None,
        asks_again=asks_again,
    )
    return html, form.status if request.method == "POST" else 200
