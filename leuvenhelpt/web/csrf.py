"""Forms are ours: a token in each, and a browser that says the page was ours too."""

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from leuvenhelpt.web.limits import SAFE


def comes_from_here() -> bool:
    """Whether the browser says this was sent from a page of ours; old browsers say nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    return not origin() or urlsplit(origin()).netloc == request.host


def origin() -> str:
    """The site that a browser names as the sender; "" if it names none.

    From a page that withholds its address, as those behind a link do, browsers send "null": the token decides then.
    """
    named = request.headers.get("Origin", "")
    return "" if named == "null" else named


def refuse_strangers() -> None:
    """Before each answer: what another site sent is refused, whatever token it carries."""
    if request.method not in SAFE and not comes_from_here():
        raise CSRFError("another site")


def install(app: Flask) -> CSRFProtect:
    """Ask a token of every form. It lives as long as the session: some of us type slowly."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SSL_STRICT"] = False  # Referer is withheld on private pages; see comes_from_here
    app.before_request(refuse_strangers)
    return CSRFProtect(app)
