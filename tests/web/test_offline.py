"""Installed, without connection, and what a device may keep of a task."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.permissions import keeps_until
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import aftercare
from leuvenhelpt.storage.models import Match
from tests import make, people
from tests.pages import CheckedClient
from tests.web.staff.conftest import stef
from tests.web.staff.test_requests import path_of, steps

__all__ = ["stef"]

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LEAST_PIXELS = {"192x192", "512x512"}


def task_page(runtime: Runtime, match_id: int) -> str:
    """Where the link to a task leads."""
    return f"/taak/{runtime.links.token(Purpose.TASK, make.row_of(runtime, Match, match_id).public_id)}"


@pytest.mark.parametrize(
    ("state", "ahead", "kept"),
    [
        ("accepted", timedelta(hours=5), timedelta(hours=5)),
        ("accepted", timedelta(days=9), timedelta(days=3)),
        ("accepted", timedelta(0), None),
        ("done", timedelta(hours=5), None),
        ("dropped", timedelta(hours=5), None),
    ],
)
def test_how_long_a_device_may_keep_it(state: str, ahead: timedelta, kept: timedelta | None) -> None:
    assert keeps_until(state, NOW + ahead, NOW) == (None if kept is None else NOW + kept)


def test_the_site_can_be_installed(client: CheckedClient, runtime: Runtime) -> None:
    client.get("/")
    (address,) = [e.get("href", "") for e in client.page.all("link") if e.get("rel") == "manifest"]
    answer = client.get(address)
    assert answer.mimetype == "application/manifest+json"
    told = json.loads(answer.text)
    assert (told["name"], told["start_url"], told["scope"]) == (runtime.city.service_name, "/", "/")
    assert {icon["sizes"] for icon in told["icons"]} == {"any", *LEAST_PIXELS}
    assert {icon["sizes"] for icon in told["icons"] if icon.get("purpose") == "maskable"} == LEAST_PIXELS
    for icon in told["icons"]:
        with client.get(icon["src"]) as picture:
            assert picture.mimetype == icon["type"]
            if icon["type"] == "image/png":
                width = int.from_bytes(picture.data[16:20])
                assert f"{width}x{width}" == icon["sizes"]


def test_the_worker_keeps_parts_that_exist_and_name_nobody(stef: CheckedClient) -> None:
    answer = stef.get("/worker.js")
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    shell = json.loads(re.findall(r"const SHELL = (.*);", answer.text)[0])
    for address in shell:
        with stef.get(address) as part:
            assert part.status_code == 200
    stef.get("/zonder-verbinding")
    assert stef.page.heading == "Geen verbinding"
    assert "Stef" not in stef.page.html


def test_another_language_is_another_version(client: CheckedClient) -> None:
    assert client.get("/worker.js").text != client.get("/worker.js?lang=en").text


def test_only_what_was_asked_for_is_kept(client: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    match_id = make.accepted_match(runtime, about, people.vera(runtime))
    page = task_page(runtime, match_id)
    assert "Keep-On-Device" not in client.get(page).headers
    facts = client.page.form(f"{page}/adres")
    assert "Keep-On-Device" not in client.post(f"{page}/adres", data=facts).headers
    assert steps(runtime, about)[0][1:] == ("see_address", "")
    kept = client.post(f"{page}/adres", data=facts | {"keep": "yes"})
    assert datetime.fromtimestamp(int(kept.headers["Keep-On-Device"]), UTC) == runtime.clock() + timedelta(
        days=2
    )
    assert steps(runtime, about)[0][1:] == ("see_address", "keep")


def test_the_journal_speaks_the_language_of_who_reads_it(
    client: CheckedClient, stef: CheckedClient, runtime: Runtime
) -> None:
    about = make.located_request(runtime, people.an())
    page = task_page(runtime, make.accepted_match(runtime, about, people.vera(runtime)))
    client.get(f"{page}?lang=ar")
    assert (
        client.post(f"{page}/adres", data=client.page.form(f"{page}/adres") | {"keep": "yes"}).status_code
        == 200
    )
    stef.get(path_of(runtime, about))
    assert "bekeek naam, adres en telefoon: “bewaard op het eigen toestel”" in stef.page.text


def test_what_is_kept_says_days_that_stay_true(client: CheckedClient, runtime: Runtime) -> None:
    tomorrow = runtime.clock() + timedelta(days=1)
    about = make.located_request(runtime, people.an(timing="before", wanted_by=tomorrow))
    page = task_page(runtime, make.accepted_match(runtime, about, people.vera(runtime)))
    client.get(page)
    client.post(f"{page}/adres", data=client.page.form(f"{page}/adres") | {"keep": "yes"})
    assert "Ten laatste woensdag 25 november" in client.page.text
    assert "ook zonder internet, tot woensdag 25 november 10.00 uur" in client.page.text
    assert "morgen" not in client.page.text


def test_nothing_is_kept_once_it_is_over(client: CheckedClient, runtime: Runtime, clock: SetClock) -> None:
    match_id = make.accepted_match(runtime)
    page = task_page(runtime, match_id)
    client.get(page)
    facts = client.page.form(f"{page}/adres") | {"keep": "yes"}
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        aftercare.finish(uow, match_id)
    assert client.get(page).headers["Keep-On-Device"] == "no"
    assert client.post(f"{page}/adres", data=facts).headers["Keep-On-Device"] == "no"


def test_a_moment_that_is_past_is_kept_no_longer(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    page = task_page(runtime, make.accepted_match(runtime))
    clock.move(days=2)
    assert client.get(page).headers["Keep-On-Device"] == "no"
    assert "Bewaar dit op mijn toestel" not in client.page.text


def test_signing_out_wipes_the_device(client: CheckedClient) -> None:
    client.get("/balie/aanmelden")
    answer = client.post("/afmelden", data={"csrf_token": client.page.form()["csrf_token"]})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
