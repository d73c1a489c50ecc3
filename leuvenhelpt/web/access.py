"""Who may use which route. A route without a line stops the start of the application."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import cast

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.permissions import is_staff
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.signed_in import Visitor, visitor


class Who(StrEnum):
    """Who a route is for. LINK: whoever holds a signed link, which the view verifies."""

    EVERYONE = "everyone"
    LINK = "link"
    VOLUNTEER = "volunteer"
    STAFF = "staff"
    ADMIN = "admin"
    DEMONSTRATION = "demonstration"


TOGETHER = 10  # colleagues at one address, or neighbours at an evening in one hall
LARGEST_ID = 2**31 - 1  # what a column of ids can hold


class Id(IntegerConverter):
    """A number in a path: one that no row can have leads nowhere, and no database is asked for it."""

    def __init__(self, paths: Map) -> None:
        super().__init__(paths, max=LARGEST_ID)


@dataclass(frozen=True)
class Route:
    """One line of the table. `limit`: how often one visitor may, as in "20 per hour".

    `whose`: what is counted up to that limit instead, such as the account that somebody tries to open: so many
    addresses together may not try more often than one. An empty answer is not counted. Nobody is signed in yet, so
    the visitor is only an address, which a city hall shares: it may TOGETHER times as often.

    `is_one_click`: mail programs post here by themselves (RFC 8058), so no token of a form is asked.
    """

    rule: str
    endpoint: str
    view: Callable[..., ResponseReturnValue]
    who: Who
    method: str = "GET"
    limit: str = ""
    whose: Callable[[], str] | None = None
    is_one_click: bool = False


class SignedOut(Exception):
    """Nobody is signed in, or not any more; `place`: where one does."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


SIGN_IN: Mapping[Who, str] = MappingProxyType(
    {Who.VOLUNTEER: "/aanmelden", Who.STAFF: "/balie/aanmelden", Who.ADMIN: "/balie/aanmelden"}
)

_MAY: Mapping[Who, Callable[[Visitor], bool]] = MappingProxyType(
    {
        Who.EVERYONE: lambda _visitor: True,
        Who.LINK: lambda _visitor: True,
        Who.VOLUNTEER: lambda visitor: visitor.role == "volunteer",
        Who.STAFF: lambda visitor: is_staff(visitor.role),
        Who.ADMIN: lambda visitor: visitor.role == "admin",
        Who.DEMONSTRATION: lambda _visitor: bool(runtime().settings.is_demonstration),
    }
)


def who_for(endpoint: str | None) -> Who:
    """Who the route of an endpoint is for; where there is no route, nothing is withheld."""
    table = cast(Mapping[str, Who], current_app.extensions["access"])
    return table[endpoint] if endpoint else Who.EVERYONE


def guard() -> ResponseReturnValue | None:
    """Before each answer: let in, show the way to the sign-in (SignedOut), or act as if there were no such page.

    Nothing of ours is named with a null byte, and no database can be asked for it.
    """
    if any("\0" in word for word in (request.path, *request.args.values())):
        return abort(404)
    who = who_for(request.endpoint)
    if who is Who.EVERYONE or _MAY[who](visitor()):
        return None
    if who in SIGN_IN and not visitor().is_authenticated:
        raise SignedOut(SIGN_IN[who])
    return abort(404)


def _limited(limiter: Limiter, route: Route) -> Callable[..., ResponseReturnValue]:
    if not route.limit:
        return route.view
    whose = route.whose
    if whose is None:
        return limiter.limit(route.limit)(route.view)
    view = limiter.limit(_together(route.limit))(route.view)
    return limiter.limit(route.limit, key_func=whose, exempt_when=lambda: not whose())(view)


def _together(limit: str) -> str:
    times, each = limit.split(maxsplit=1)
    return f"{int(times) * TOGETHER} {each}"


def install(app: Flask, limiter: Limiter, tokens: CSRFProtect, table: Iterable[Route]) -> None:
    """Register the table, and only it; ConfigurationError names every route that has no line."""
    app.url_map.converters["int"] = Id
    access = {"static": Who.EVERYONE}
    for route in table:
        view = _limited(limiter, route)
        app.add_url_rule(route.rule, route.endpoint, view, methods=[route.method])
        access[route.endpoint] = route.who
        if route.is_one_click:
            tokens.exempt(route.view)
    unlisted = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - access.keys())
    if unlisted:
        raise ConfigurationError("\n".join(f"{endpoint}: nobody was said to use it" for endpoint in unlisted))
    app.extensions["access"] = MappingProxyType(access)
    app.before_request(guard)
