"""In which language a page is shown: the one chosen, else the first the browser asks for, else Dutch."""

from flask import Flask, Response, request
from flask_babel import Babel

from leuvenhelpt.rendering.language import CATALOGUES, SOURCE, languages

COOKIE = "language"
YEAR = 365 * 24 * 3600


def chosen() -> str:
    """The language of this visitor, out of those that exist."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE, "")
    if asked in languages():
        return asked
    return request.accept_languages.best_match(languages(), default=SOURCE) or SOURCE


def remember(response: Response) -> Response:
    """Keep a language that was just chosen, for a year."""
    asked = request.args.get("lang")
    if asked in languages():
        secure = request.is_secure
        response.set_cookie(COOKIE, asked, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def install(app: Flask) -> None:
    """Make `_()` speak the language of the visitor."""
    Babel(
        app,
        default_locale=SOURCE,
        default_timezone="Europe/Brussels",
        default_translation_directories=str(CATALOGUES),
        locale_selector=chosen,
    )
    app.after_request(remember)
