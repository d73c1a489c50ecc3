"""Letters for whoever has no e-mail: wanted, printed all together, posted."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.domain.kinds import LookedFor
from leuvenhelpt.services import desk, letters
from leuvenhelpt.storage.queries import help_requests
from leuvenhelpt.storage.queries import letters as query
from leuvenhelpt.storage.queries.letters import Letter
from leuvenhelpt.web.access import LARGEST_ID
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.signed_in import visitor
from leuvenhelpt.web.staff.acting import acting, found, show


def listed() -> ResponseReturnValue:
    """The queue, without who the letters are for."""
    with runtime().reading() as db:
        return show("staff/letters.html", db, letters=query.waiting(db))


def want(reference: str) -> ResponseReturnValue:
    """This request gets a letter."""
    with runtime().reading() as db:
        about = found(help_requests.overview(db, reference))
    with acting(_("Er wacht een brief bij Brieven.")) as uow:
        letters.want(uow, about.id)
    return redirect(url_for("desk_request", reference=reference))


def to_print() -> ResponseReturnValue:
    """All letters of the queue, a sheet each; who looked stands in the journal of each request."""
    with runtime().reading() as db:
        waiting = query.letters(db)
    with runtime().unit_of_work(visitor().actor) as uow:
        for letter in waiting:
            desk.note_address_seen(uow, letter.help_request_id, reason=LookedFor.PRINT)
    return render_template("paper/letters.html", letters=waiting, sheets=written(waiting))


def posted() -> ResponseReturnValue:
    """These letters are in the post."""
    chosen = [number for number in request.form.getlist("letter", type=int) if 0 < number <= LARGEST_ID]
    number = sum(_is_posted(notification_id) for notification_id in chosen)
    told = ngettext("%(num)s brief is gepost.", "%(num)s brieven zijn gepost.", number)
    flash(told if number else _("Dit was al gepost."), "ok")
    return redirect(url_for("desk_letters"))


def _is_posted(notification_id: int) -> bool:
    """Each for itself: what a colleague posted already keeps none of the others back."""
    try:
        with runtime().unit_of_work(visitor().actor) as uow:
            letters.record_posted(uow, notification_id)
    except SomebodyWasFirst:
        return False
    return True


def written(waiting: Iterable[Letter]) -> list[tuple[Letter, Markup]]:
    """Each letter with its sheet, in the language of its reader."""
    return [(letter, _sheet(letter)) for letter in waiting]


def _sheet(letter: Letter) -> Markup:
    with force_locale(letter.language):
        html = render_template("paper/_letter.html", letter=letter, town=town_of(letter), today=now())
    return Markup(html)  # noqa: S704 - our own template, which escapes what was typed


def town_of(letter: Letter) -> str:
    """The last line of the address: as the register writes it, else postcode and part of the city."""
    _street, _comma, town = letter.place_label.rpartition(", ")
    is_written = town.startswith(letter.postcode)
    return town if is_written else f"{letter.postcode} {runtime().city.place(letter.postcode)}"
