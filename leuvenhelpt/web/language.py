"""In which language a page is shown: the one chosen, else the first the browser asks for, else Dutch."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from leuvenhelpt.rendering.formats import joined
from leuvenhelpt.rendering.language import COMPLETE, SOURCE, languages, translations
from leuvenhelpt.web.access import Who, who_for

COOKIE = "language"
CHOICE = "lang"
YEAR = 365 * 24 * 3600
COLLEAGUES = {Who.STAFF, Who.ADMIN, Who.DEMONSTRATION}


class Catalogues(Domain):
    """Our catalogues, as flask-babel asks for them."""

    def get_translations(self) -> Any:
        """The words of the language at hand."""
        spoken = get_locale()
        return translations(spoken.language if spoken else SOURCE)


def offered() -> tuple[str, ...]:
    """The languages this page exists in: the desk speaks fewer."""
    is_desk = request.path.startswith("/balie") or who_for(request.endpoint) in COLLEAGUES
    return COMPLETE if is_desk else languages()


def choice() -> str:
    """The language that was just chosen, by a link or by a button of the form that is being filled in."""
    try:
        return request.values.get(CHOICE, "")
    except HTTPException:
        return ""  # too much was sent: nobody reads it, and the page that says so is in some language too


def chosen() -> str:
    """The language of this visitor, out of those that exist here."""
    for asked in (choice(), request.cookies.get(COOKIE, "")):
        if asked in offered():
            return asked
    return request.accept_languages.best_match(offered(), default=SOURCE) or SOURCE


def address_in(language: str) -> str:
    """This page in another language."""
    return "?" + urlencode(request.args.to_dict(flat=False) | {CHOICE: [language]}, doseq=True)


def as_written(words: str) -> Markup:
    """What somebody wrote, in whatever language that was: a screen reader is told that it is not known."""
    return Markup('<span lang="" dir="auto">{}</span>').format(words)


def in_their_own_words(codes: Iterable[str], names: Mapping[str, str]) -> Markup:
    """Languages in a row, each by its own name and marked as written in it."""
    named = [Markup('<span lang="{}">{}</span>').format(code, names.get(code, code)) for code in codes]
    spoken = get_locale()
    pattern = joined([f"{{{place}}}" for place in range(len(named))], spoken.language if spoken else SOURCE)
    return Markup(pattern).format(*named)  # noqa: S704 - the pattern is ours: places, commas and "en"


def remember(response: Response) -> Response:
    """Keep a language that was just chosen, for a year."""
    if choice() in languages():
        secure = request.is_secure
        response.set_cookie(COOKIE, choice(), max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def install(app: Flask) -> None:
    """Make `_()` speak the language of the visitor."""
    babel = Babel(app, default_locale=SOURCE, default_timezone="Europe/Brussels", locale_selector=chosen)
    babel.domain_instance = Catalogues()
    app.after_request(remember)
