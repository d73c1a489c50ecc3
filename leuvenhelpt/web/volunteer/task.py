"""What a volunteer said yes to: when, the word for the door, and the address behind a button that is noted."""

from datetime import datetime

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.domain.permissions import keeps_until
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import aftercare, desk, matches
from leuvenhelpt.storage.queries import tasks
from leuvenhelpt.storage.queries.tasks import Task
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.cleaning import clean_text
from leuvenhelpt.web.language import CHOICE
from leuvenhelpt.web.offline import KEEP, kept_until
from leuvenhelpt.web.volunteer.linked import task_of, volunteer_of

LONGEST_REMARK = 500


def show(token: str) -> ResponseReturnValue:
    """The task without its address."""
    return _page(token, None)


def reveal(token: str) -> ResponseReturnValue:
    """The task with name, address and phone, for as long as the volunteer may see them; the journal knows.

    Who presses the button of a page that stood open since before reads how it is now.
    """
    task = task_of(Purpose.TASK, token)
    if not task.may_see_address:
        return redirect(url_for("task", token=token))
    with runtime().reading() as db:
        found = tasks.whereabouts(db, task.match_id, now())
    is_kept = "keep" in request.form and _keeps_until(task) is not None
    with runtime().unit_of_work(volunteer_of(task)) as uow:
        reason = _("bewaard op het eigen toestel") if is_kept else ""
        desk.note_address_seen(uow, task.help_request_id, reason=reason)
    return _page(token, found, is_kept=is_kept)


def finish(token: str) -> ResponseReturnValue:
    """The help was given."""
    task = task_of(Purpose.TASK, token)
    with runtime().unit_of_work(volunteer_of(task)) as uow:
        aftercare.finish(uow, task.match_id)
    return redirect(url_for("task", token=token))


def say_how_it_went(token: str) -> ResponseReturnValue:
    """One click: it went well, rather not again, or it did not; then somebody calls."""
    task = task_of(Purpose.TASK, token)
    answer = request.form.get("answer", "")
    if answer not in aftercare.WENT_WELL:
        return redirect(url_for("task", token=token))
    went_well = aftercare.WENT_WELL[answer]
    with runtime().unit_of_work(volunteer_of(task)) as uow:
        aftercare.answer_as_volunteer(uow, task.match_id, went_well=went_well)
        if answer == "rather_not":
            aftercare.rather_not_as_volunteer(uow, task.match_id)
    thanks, sorry = _("Dank u wel voor uw hulp."), _("Dank u dat u het zegt. Een medewerker belt of mailt u.")
    flash(thanks if went_well else sorry)
    return redirect(url_for("task", token=token))


def confirm_drop(token: str) -> ResponseReturnValue:
    """A page with the button that drops out."""
    task = task_of(Purpose.TASK, token)
    return render_template("volunteer/drop.html", token=token, task=task, remark=_remark())


def drop(token: str) -> ResponseReturnValue:
    """Not coming after all. Pressed twice is pressed once; who asks for another language did not press."""
    if CHOICE in request.form:
        return confirm_drop(token)
    task = task_of(Purpose.TASK, token)
    if task.state != MatchState.DROPPED:
        with runtime().unit_of_work(volunteer_of(task)) as uow:
            matches.drop(uow, task.match_id, remark=_remark())
    return redirect(url_for("task", token=token))


def _remark() -> str:
    return clean_text(request.form.get("remark", ""))[:LONGEST_REMARK]


def _page(token: str, whereabouts: tasks.Whereabouts | None, *, is_kept: bool = False) -> ResponseReturnValue:
    """The page; what a device may keep of it, and from when on nothing any more, the worker hears in a header."""
    task = task_of(Purpose.TASK, token)
    until = _keeps_until(task)
    answer = make_response(
        render_template(
            "volunteer/task.html", token=token, task=task, whereabouts=whereabouts, keeps_until=until
        )
    )
    if is_kept or until is None:
        answer.headers[KEEP] = kept_until(until)
    return answer


def _keeps_until(task: Task) -> datetime | None:
    return keeps_until(task.state, task.wanted_by, now()) if task.may_see_address else None
