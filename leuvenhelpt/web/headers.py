"""What every answer says to the browser besides its page: trust nothing that is not ours."""

from flask import Flask, Response, request

from leuvenhelpt.web.access import Who, who_for
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.signed_in import claims_a_session
from leuvenhelpt.web.tiles import tiles_of

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
}
LINKED = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Cache-Control": "no-store"}
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def _wanted(response: Response) -> dict[str, str]:
    wanted = dict(ALWAYS)
    if tiles := tiles_of(runtime().settings):
        wanted["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace("data:", f"data: {tiles.origin}")
    if runtime().settings.secure_cookies:
        wanted |= STRICT_TRANSPORT
    if who_for(request.endpoint) is Who.LINK:
        wanted |= LINKED
    elif "Cache-Control" not in response.headers and claims_a_session():
        wanted["Cache-Control"] = "no-store"
    return wanted


def add(response: Response) -> Response:
    """Add what is missing; a view that set one of these itself had its reason.

    The pages of a form are not forbidden to be kept: the way back in the browser has to show them again.
    """
    for name, value in _wanted(response).items():
        response.headers.setdefault(name, value)
    return response


def install(app: Flask) -> None:
    """Add the headers to whatever is answered, errors too."""
    app.after_request(add)
