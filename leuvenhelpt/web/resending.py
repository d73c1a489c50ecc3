"""What somebody typed before a session ended, offered once more: in hidden fields of a page that only they get."""

from flask import request

from leuvenhelpt.web.access import SIGN_IN, who_for
from leuvenhelpt.web.csrf import comes_from_here, origin
from leuvenhelpt.web.language import CHOICE

RESENT = "resent"  # the hidden field of the page that offers a form once more
# Secrets do not travel back into a page, and a language is chosen anew.
UNREPEATED = frozenset({"csrf_token", "password", "code", CHOICE, RESENT})


def typed() -> list[tuple[str, str]]:
    """Names and values of a form; none unless the browser says that our own page sent it.

    Old browsers do not say. They are believed about forms for anybody or for whoever has the link, not about those of
    somebody signed in, whose press of a button another site would like to have.
    """
    is_ours = _is_surely_ours() if who_for(request.endpoint) in SIGN_IN else comes_from_here()
    pairs = request.form.items(multi=True) if is_ours else ()
    return [(name, value) for name, value in pairs if name not in UNREPEATED]


def keeps_no_cookies() -> bool:
    """Whether this comes from the page that offered it once more, and that page's cookie did not come along."""
    return RESENT in request.form and not request.cookies


def _is_surely_ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    return site == "same-origin" or (site is None and origin() != "" and comes_from_here())
