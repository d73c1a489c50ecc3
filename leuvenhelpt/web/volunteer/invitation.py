"""An ask: what, roughly where, when and why you; two buttons, usable without signing in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.asking_again import NO_REASONS
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.domain.values import Band
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import matches
from leuvenhelpt.storage.queries import tasks
from leuvenhelpt.storage.queries.tasks import Task
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.forms.cleaning import clean_text
from leuvenhelpt.web.tiles import tiles_of
from leuvenhelpt.web.volunteer.linked import reasons_of, task_of, volunteer_of
from leuvenhelpt.web.volunteer.sketch import Sketch, sketch

SAID_YES = frozenset({MatchState.ACCEPTED, MatchState.DONE})
LONGEST_REMARK = 500


def show(token: str) -> ResponseReturnValue:
    """The ask, or what became of it. Looking changes nothing."""
    task = task_of(Purpose.ASK, token)
    if task.may_answer and _is_trusted(task):
        return render_template(
            "volunteer/invitation.html",
            token=token,
            task=task,
            reasons=reasons_of(task),
            sketch=_sketch(task),
        )
    if task.state in SAID_YES:
        return redirect(_task_page(task))
    return _answered(task)


def answer(token: str) -> ResponseReturnValue:
    """Yes or no; anything else is no answer. Who comes second hears so; pressing twice is pressing once.

    Who read the page before the request changed, and is asked anew, sees it as it is now and answers that.
    """
    task, said = task_of(Purpose.ASK, token), request.form.get("answer")
    wave = request.form.get("wave", type=int)
    try:
        with runtime().unit_of_work(volunteer_of(task)) as uow:
            if said == "yes":
                matches.accept(uow, task.match_id, wave=wave)
            elif said == "no":
                matches.decline(uow, task.match_id, wave=wave, **_why_not())
    except Refused as refused:
        if refused.code == "asked_anew":
            return redirect(url_for("invitation", token=token))
        return _answered(task_of(Purpose.ASK, token)), 409
    if said != "yes":
        return redirect(url_for("invitation", token=token))
    flash(_("Dank u wel. Wij zeggen het aan wie hulp vroeg. Spreek eerst samen een uur af."))
    return redirect(_task_page(task))


def _why_not() -> dict[str, str]:
    """What was said beside a no, if anything."""
    because = request.form.get("because", "")
    remark = clean_text(request.form.get("remark", ""))[:LONGEST_REMARK]
    return {"remark": remark, "because": because if because in NO_REASONS else ""}


def _sketch(task: Task) -> Sketch | None:
    """Roughly where it is; help from home is nowhere."""
    if task.band == Band.REMOTE:
        return None
    return sketch(runtime().city, runtime().geocoder.outlines(), task.area, tiles_of(runtime().settings))


def _answered(task: Task) -> str:
    """What became of the ask, and whether another is waiting on the volunteer's own page."""
    with runtime().reading() as db:
        others = tasks.open_asks(db, task.volunteer_id, now())
    return render_template("volunteer/answered.html", state=_state(task), others=others)


def _task_page(task: Task) -> str:
    return url_for("task", token=runtime().links.token(Purpose.TASK, task.public_id))


def _state(task: Task) -> str:
    """The state as the page tells it: an ask whose time is over has lapsed, swept or not."""
    if task.state != MatchState.ASKED:
        return task.state
    if task.is_on_hold:
        return "on_hold"
    return "lapsed" if _is_trusted(task) else "not_vetted"


def _is_trusted(task: Task) -> bool:
    """Whether we know the volunteer well enough for it; that may have ended since they were asked."""
    return task.trust >= runtime().city.kinds[task.kind].vetting
