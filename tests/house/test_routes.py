"""Each route has one line in the table that says who may use it, and is held to it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import event

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.web import access, csrf, limits
from leuvenhelpt.web.access import SIGN_IN, Route, Who
from leuvenhelpt.web.routes import TABLE
from tests.pages import CheckedClient

PLAIN = [route for route in TABLE if route.method == "GET" and "<" not in route.rule]


def test_every_route_has_exactly_one_line(app: Flask) -> None:
    registered = sorted(rule.endpoint for rule in app.url_map.iter_rules())
    assert registered == sorted([route.endpoint for route in TABLE] + ["static"])


def test_a_route_without_a_line_stops_the_start() -> None:
    app = Flask("house")
    app.add_url_rule("/stil", "silent", lambda: "")
    with pytest.raises(ConfigurationError, match="silent"):
        access.install(app, limits.install(app, ""), csrf.install(app), ())


def test_a_linked_route_takes_a_token() -> None:
    assert [route.rule for route in TABLE if (route.who is Who.LINK) != ("<token>" in route.rule)] == []


@pytest.mark.parametrize("route", PLAIN, ids=lambda route: route.endpoint)
def test_anonymous_gets_in_only_where_everyone_may(client: CheckedClient, route: Route) -> None:
    answer = client.get(route.rule)
    if route.who in SIGN_IN:
        assert (answer.status_code, answer.location) == (302, SIGN_IN[route.who])
    else:
        assert answer.status_code in {200, 302} or (route.endpoint, answer.status_code) == ("ready", 503)


@pytest.mark.parametrize("route", PLAIN, ids=lambda route: route.endpoint)
def test_looking_writes_nothing(client: CheckedClient, runtime: Runtime, route: Route) -> None:
    written: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            written.append(statement)

    event.listen(runtime.engine, "before_cursor_execute", note)
    client.get(route.rule)
    assert written == []


def test_only_one_click_unsubscribing_asks_no_token() -> None:
    assert [route.endpoint for route in TABLE if route.is_one_click] == ["unsubscribe_now"]
