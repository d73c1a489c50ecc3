"""Being asked nothing for a while, from the link in every ask."""

from contextlib import suppress
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.errors import SomebodyWasFirst
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import volunteers
from leuvenhelpt.web.current import now, runtime
from leuvenhelpt.web.volunteer.staying import volunteer_of

A_MONTH = timedelta(days=30)
ONE_CLICK = "List-Unsubscribe"  # what a mail program posts by itself; see RFC 8058


def show(token: str) -> ResponseReturnValue:
    """The choice, with buttons."""
    volunteer_of(Purpose.UNSUBSCRIBE, token)
    return render_template("volunteer/unsubscribe.html", token=token, done="")


def pause(token: str) -> ResponseReturnValue:
    """A month of rest, or no more asks at all until the volunteer comes back."""
    actor, is_one_click = volunteer_of(Purpose.UNSUBSCRIBE, token), ONE_CLICK in request.form
    is_for_good = is_one_click or request.form.get("until") == "further_notice"
    # Who left already is asked nothing either: the wish is granted, whichever way.
    with suppress(SomebodyWasFirst), runtime().unit_of_work(actor) as uow:
        volunteers.pause(uow, actor.id or 0, until=None if is_for_good else now() + A_MONTH)
    # Mail programs follow no redirect here (RFC 8058, section 3.1).
    return done(token) if is_one_click else redirect(url_for("unsubscribed", token=token))


def done(token: str) -> ResponseReturnValue:
    """It is done, and how to come back."""
    volunteer_of(Purpose.UNSUBSCRIBE, token)
    return render_template("volunteer/unsubscribe.html", token=token, done="yes")
