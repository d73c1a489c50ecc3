"""What went otherwise than hoped, as a page: what happened, what to do next, whom to call."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Flask, Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from leuvenhelpt.domain.errors import NotFound, Refused, TooOften
from leuvenhelpt.rendering.refusals import refusal
from leuvenhelpt.web.access import SIGN_IN, SignedOut, who_for
from leuvenhelpt.web.current import language, now
from leuvenhelpt.web.resending import keeps_no_cookies, typed
from leuvenhelpt.web.signed_in import visitor

METHOD_NOT_ALLOWED = 405
PAGES = frozenset({400, 404, 413})


def not_found(_error: NotFound) -> ResponseReturnValue:
    """The same page whether it never was or is not this reader's to know."""
    return render_template("errors/404.html"), 404


def refused(error: Refused) -> ResponseReturnValue:
    """It may not happen now; the page says why and what is possible instead."""
    return render_template("errors/409.html", refusal=refusal(error.code, language())), 409


def without_token(_error: CSRFError) -> ResponseReturnValue:
    """The session ended while somebody was typing: what was typed is offered once more. Or cookies are off."""
    place = SIGN_IN.get(who_for(request.endpoint))
    if place and not visitor().is_authenticated:
        return signed_out(SignedOut(place))
    return render_template("errors/token.html", typed=typed(), keeps_no_cookies=keeps_no_cookies()), 400


def signed_out(error: SignedOut) -> ResponseReturnValue:
    """First the way to the sign-in; what was typed stays on the page that they come back to."""
    if not (kept := typed()):
        return redirect(error.place)
    return render_template("errors/signed_out.html", typed=kept, place=error.place), 403


def too_often(error: RateLimitExceeded | TooOften) -> ResponseReturnValue:
    """Come back later, and when."""
    limit = getattr(error, "limit", None)
    seconds = limit.limit.get_expiry() if limit else 3600
    again_at = now() + timedelta(seconds=seconds)
    answer = make_response(render_template("errors/429.html", again_at=again_at), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def strange_host(_error: SecurityError) -> ResponseReturnValue:
    """Asked under a name that is not ours: no page, since its links would be under that name too."""
    return Response("400", 400, mimetype="text/plain")


def other(error: HTTPException) -> ResponseReturnValue:
    """Whatever else can be wrong with a request; a redirect is not an error and passes."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if code == METHOD_NOT_ALLOWED and request.method == "GET":  # a page that a button answered, opened again
        return redirect(request.path.rsplit("/", 1)[0] or "/")
    template = f"errors/{code}.html" if code in PAGES else "errors/400.html"
    return render_template(template), code, _kept(error)


def _kept(error: HTTPException) -> Mapping[str, str]:
    return {name: value for name, value in error.get_headers() if name == "Allow"}


def broken(_error: Exception) -> ResponseReturnValue:
    """Our mistake: a page that needs no database, and never the trace."""
    return render_template("errors/500.html"), 500


def install(app: Flask) -> None:
    """Answer each error with its page."""
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, without_token)
    app.register_error_handler(SignedOut, signed_out)
    app.register_error_handler(RateLimitExceeded, too_often)
    app.register_error_handler(TooOften, too_often)
    app.register_error_handler(SecurityError, strange_host)
    app.register_error_handler(HTTPException, other)
    app.register_error_handler(500, broken)
