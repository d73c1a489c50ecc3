"""Being asked nothing for a while, from the link in every ask."""

from contextlib import suppress
from datetime import timedelta

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.domain.errors import NotFound, SomebodyWasFirst
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import volunteers
from leuvenhelpt.storage.queries.tasks import volunteer_id_of
from leuvenhelpt.web.current import now, runtime

A_MONTH = timedelta(days=30)
ONE_CLICK = "List-Unsubscribe"  # what a mail program posts by itself; see RFC 8058


def show(token: str) -> ResponseReturnValue:
    """The choice, with buttons."""
    _volunteer_id(token)
    return render_template("volunteer/unsubscribe.html", token=token, done="")


def pause(token: str) -> ResponseReturnValue:
    """A month of rest, or no more asks at all until the volunteer comes back."""
    volunteer_id, is_one_click = _volunteer_id(token), ONE_CLICK in request.form
    is_for_good = is_one_click or request.form.get("until") == "further_notice"
    # Who left already is asked nothing either: the wish is granted, whichever way.
    with suppress(SomebodyWasFirst), runtime().unit_of_work(Actor(ActorKind.VOLUNTEER, volunteer_id)) as uow:
        volunteers.pause(uow, volunteer_id, until=None if is_for_good else now() + A_MONTH)
    # Mail programs follow no redirect here (RFC 8058, section 3.1).
    return done(token) if is_one_click else redirect(url_for("unsubscribed", token=token))


def done(token: str) -> ResponseReturnValue:
    """It is done, and how to come back."""
    _volunteer_id(token)
    return render_template("volunteer/unsubscribe.html", token=token, done="yes")


def _volunteer_id(token: str) -> int:
    public_id = runtime().links.read(Purpose.UNSUBSCRIBE, token)
    with runtime().reading() as db:
        found = volunteer_id_of(db, public_id)
    if found is None:
        raise NotFound("volunteer")
    return found
