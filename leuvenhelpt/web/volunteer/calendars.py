"""What was promised, in one's own calendar: a file for one task, or an address that a program follows."""

from collections.abc import Iterable

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.errors import NotFound
from leuvenhelpt.rendering.calendar import Promise, calendar
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import calendars
from leuvenhelpt.storage.queries import calendars as query
from leuvenhelpt.web.current import language, now, runtime
from leuvenhelpt.web.signed_in import visitor
from leuvenhelpt.web.volunteer.linked import task_of


def one_task(token: str) -> ResponseReturnValue:
    """A file with one task; the task itself says why there is none, if it is over or held up."""
    task = task_of(Purpose.TASK, token)
    with runtime().reading() as db:
        found = [one for one in query.promised(db, task.volunteer_id) if one.public_id == task.public_id]
    if task.is_on_hold or not found:
        return redirect(url_for("task", token=token))
    answer = _answer(task.public_id, found, language())
    answer.headers["Content-Disposition"] = 'attachment; filename="afspraak.ics"'
    return answer


def feed(token: str) -> ResponseReturnValue:
    """All that is still to be done, for a program that looks now and then."""
    key = runtime().links.read(Purpose.CALENDAR, token)
    with runtime().reading() as db:
        whose = query.feed(db, key)
        if whose is None:
            raise NotFound("calendar")
        found = query.promised(db, whose.volunteer_id)
    return _answer(key, found, whose.language)


def renew() -> ResponseReturnValue:
    """An address of one's own, or another one."""
    with runtime().unit_of_work(visitor().actor) as uow:
        calendars.open_calendar(uow, visitor().volunteer_id or 0)
    flash(_("Dit is uw agendalink. Een oude link werkt niet meer."))
    return redirect(url_for("my_help", _anchor="calendar"))


def put_off() -> ResponseReturnValue:
    """No calendar any more."""
    with runtime().unit_of_work(visitor().actor) as uow:
        calendars.close_calendar(uow, visitor().volunteer_id or 0)
    flash(_("Uw agendalink werkt niet meer."))
    return redirect(url_for("my_help", _anchor="calendar"))


def address_of(key: str | None) -> str:
    """Where the calendar of a key is; empty without one."""
    return runtime().links.url(Purpose.CALENDAR, key) if key else ""


def _answer(key: str, promises: Iterable[Promise], words: str) -> Response:
    made = calendar(key, promises, runtime().city, runtime().links, now(), language=words)
    return Response(made, mimetype="text/calendar")
