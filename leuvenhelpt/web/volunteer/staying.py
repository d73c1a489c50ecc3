"""Staying after a year of silence, and stopping for good: each by a link in a mail, without signing in."""

from contextlib import suppress

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from leuvenhelpt.domain.errors import NotFound, SomebodyWasFirst
from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import volunteers
from leuvenhelpt.storage.queries.tasks import volunteer_id_of
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.signed_in import WIPE


def show(token: str) -> ResponseReturnValue:
    """The question, with its buttons."""
    volunteer_of(Purpose.STAY, token)
    public_id = runtime().links.read(Purpose.STAY, token)
    stop_token = runtime().links.token(Purpose.UNSUBSCRIBE, public_id)
    return render_template("volunteer/stay.html", token=token, stop_token=stop_token, done="")


def stay(token: str) -> ResponseReturnValue:
    """They stay. Pressed twice is pressed once; who stopped since reads that they did."""
    actor = volunteer_of(Purpose.STAY, token)
    with runtime().unit_of_work(actor) as uow:
        is_with_us = volunteers.stay(uow, actor.id or 0)
    return redirect(url_for("stayed_done", token=token)) if is_with_us else to_goodbye()


def stayed(token: str) -> ResponseReturnValue:
    """It is noted."""
    volunteer_of(Purpose.STAY, token)
    return render_template("volunteer/stay.html", token=token, done="yes")


def confirm_stopping(token: str) -> ResponseReturnValue:
    """A page with the button that ends the offer."""
    volunteer_of(Purpose.UNSUBSCRIBE, token)
    return render_template("volunteer/stop.html", token=token)


def stop(token: str) -> ResponseReturnValue:
    """No longer a volunteer, and forgotten. Pressed twice is pressed once."""
    actor = volunteer_of(Purpose.UNSUBSCRIBE, token)
    with suppress(SomebodyWasFirst), runtime().unit_of_work(actor) as uow:
        volunteers.leave(uow, actor.id or 0)
    return to_goodbye()


def to_goodbye() -> Response:
    """To the page that says it, which can be read in any language; their device forgets what it kept for them."""
    answer = redirect(url_for("left"))
    answer.headers.update(WIPE)
    return answer


def left() -> str:
    """They stopped. The page knows nothing of who reads it."""
    return render_template("volunteer/left.html")


def volunteer_of(purpose: Purpose, token: str) -> Actor:
    """The volunteer whose link this is; NotFound if it is not ours."""
    public_id = runtime().links.read(purpose, token)
    with runtime().reading() as db:
        found = volunteer_id_of(db, public_id)
    if found is None:
        raise NotFound("volunteer")
    return Actor(ActorKind.VOLUNTEER, found)
