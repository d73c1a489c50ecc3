"""The desk itself: what needs a person now."""

from collections.abc import Collection

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from leuvenhelpt.domain.kinds import Trouble
from leuvenhelpt.services import desk as service
from leuvenhelpt.storage.queries import desk as query
from leuvenhelpt.storage.queries import help_requests
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.staff import acting
from leuvenhelpt.web.staff.acting import account_id, found, last_page, page_number
from leuvenhelpt.web.staff.lines import groups, headline

WHOSE = ("mine", "nobody")


def desk() -> ResponseReturnValue:
    """Everything that needs a person, what would hurt most first."""
    return _listed("desk", "")


def calls() -> ResponseReturnValue:
    """Who has to be rung."""
    return _listed("desk_calls", _("Terugbellen"), [Trouble.CALL])


def concerns() -> ResponseReturnValue:
    """Who is not well, or thinks we forgot them."""
    return _listed("desk_concerns", _("Zorgen"), query.FIRST)


def take_up(reference: str) -> ResponseReturnValue:
    """This colleague looks after it; it opens at once."""
    with runtime().reading() as db:
        seen = found(help_requests.overview(db, reference))
    instead_of = request.form.get("instead_of", type=int)
    with acting.acting(_("U nam dit op.")) as uow:
        service.take_up(uow, seen.id, instead_of=instead_of)
    return redirect(url_for("desk_request", reference=reference))


def _listed(endpoint: str, heading: str, troubles: Collection[str] = ()) -> ResponseReturnValue:
    """A list of the desk. Without a heading of its own it is all of it, and the heading says how it stands."""
    whose, kind = request.args.get("wie", ""), request.args.get("soort", "")
    sieve = query.Sieve(
        account_id=account_id(),
        whose=whose if whose in WHOSE else "",
        kind=kind if kind in runtime().city.kinds else "",
        troubles=troubles,
    )
    number = page_number(request.args.get("blad"))
    with runtime().reading() as db:
        rows = query.page(db, sieve, now(), tomorrow=acting.tomorrow(now()), number=number)
        numbers = acting.counts(db, sieve)
    return render_template(
        "staff/desk.html",
        counts=acting.in_margin(numbers),
        numbers=numbers,
        headline=heading or headline(numbers),
        groups=groups(rows.rows),
        sieve=sieve,
        endpoint=endpoint,
        number=number,
        last=last_page(rows.total, query.PAGE, number),
    )
