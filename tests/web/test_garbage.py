"""Whatever is sent to whatever route, by whomever: an answer in plain words, never a broken page.

In tests an error goes through the application to the test, so each answer is one that was meant.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts
from leuvenhelpt.storage.models import Account, HelpRequest, Match, Volunteer
from leuvenhelpt.web import create_app
from leuvenhelpt.web.access import Route, Who
from leuvenhelpt.web.routes import TABLE
from tests import make, people
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.runtimes import runtime_for, settings_for

NASTY = [
    "", " ", "\0", "a\0b", "x" * 10_000, "<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}",
    "'; DROP TABLE match; --", "-1", "0", str(10**30), "1e9", "٣", "²", "NaN", "0-0", "9999-12-31", "0001-01-01",
    "31/02/2026", "\u202eabc\ufeff", "\U0001f600 Łoś", "an@post.example, evil@x.be", "a@b.be\r\nBcc: c@d.be", "yes",
    "+32470123456", "groceries", "self", "other", "soon", "before", "moments", "send", "next", "3000", "elsewhere",
]  # fmt: skip
NAMES = [
    "words", "kind", "whom", "timing", "before", "hours", "address", "postcode", "person_name", "asker_name", "phone",
    "email", "languages", "agreed", "key", "at", "go", "website", "name", "kinds", "will_not", "means", "reach_km",
    "max_asks_a_week", "is_old_enough", "has_read", "password", "code", "answer", "remark", "until", "matter",
    "service", "choice", "label", "lat", "lon", "level", "reason", "only", "who", "instead_of", "meant",
    "List-Unsubscribe",
]  # fmt: skip
ROUNDS = 2


@pytest.fixture
def runtime(tmp_path: Path, database_url: str, clock: SetClock) -> Iterator[Runtime]:
    """What is typed reaches the database as it is, and each database refuses other things."""
    built = runtime_for(settings_for(tmp_path, database_url), clock)
    yield built
    built.engine.dispose()


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    app = create_app(runtime)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def addresses(runtime: Runtime, route: Route, match_id: int) -> list[str]:
    """The address of a route: of something that is there, and of things that are not."""
    match = make.row_of(runtime, Match, match_id)
    request = make.row_of(runtime, HelpRequest, match.help_request_id)
    volunteer = make.row_of(runtime, Volunteer, match.volunteer_id)
    purpose = next((one for one in Purpose if route.rule.startswith(f"/{one.value}/")), Purpose.ASK)
    public_id = {Purpose.STATUS: request.public_id, Purpose.UNSUBSCRIBE: volunteer.public_id}
    token = runtime.links.token(purpose, public_id.get(purpose, match.public_id))
    known = {
        "<token>": token,
        "<reference>": request.reference,
        "<public_id>": volunteer.public_id,
        "<int:notification_id>": str(make.notifications(runtime)[0].id),
        "<name>": "abc",
        "<act>": "nota",
    }
    found = []
    for other in ("", "%00", "a%00b", "x" * 3000, "99999999999999999999"):
        rule = route.rule
        for part, value in known.items():
            rule = rule.replace(part, other if other and "int:" not in part else value)
        found.append(rule)
    acts = ("verwijs-door", "wijs-af", "handel-af", "kennismaking", "pauzeer", "laat-niet-toe")
    return found + [found[0].replace("/nota", f"/{act}") for act in acts if "<act>" in route.rule]


def signed_in(runtime: Runtime, app: Flask, who: Who, volunteer_id: int) -> CheckedClient:
    client = client_of(app)
    if who not in {Who.STAFF, Who.ADMIN, Who.VOLUNTEER}:
        return client
    with runtime.unit_of_work(make.RESIDENT) as uow:
        which = (
            Account.volunteer_id == volunteer_id if who is Who.VOLUNTEER else Account.role == "coordinator"
        )
        account = uow.session.query(Account).where(which).one()
        token = accounts.sign_in(uow, account.id)
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client


@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.method} {route.endpoint}")
def test_no_garbage_breaks_a_page(runtime: Runtime, app: Flask, route: Route) -> None:
    dice = random.Random(route.endpoint)
    volunteer_id = people.vera(runtime)
    people.stef(runtime)
    match_id = make.asked_match(runtime, volunteer_id=volunteer_id)
    make.volunteer(runtime)
    for address in dict.fromkeys(addresses(runtime, route, match_id)):
        client = signed_in(runtime, app, route.who, volunteer_id)
        for number in range(ROUNDS):
            names = [] if not number else dice.sample(NAMES, dice.randint(1, len(NAMES)))
            sent = {name: [dice.choice(NASTY) for _ in range(dice.randint(1, 3))] for name in names}
            query = {"zoek": dice.choice(NASTY), "blad": dice.choice(NASTY), "lang": dice.choice(NASTY)}
            if route.method == "GET":
                answer = client.get(address, query_string={**query, "zaak": "x", "deel": dice.choice(NASTY)})
            else:
                answer = client.post(address, data=sent)
            assert answer.status_code < 500 or route.endpoint == "ready", (address, sent, query)
