"""Every page that only tells, and what each answer carries."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.web import create_app
from leuvenhelpt.web.headers import CONTENT_SECURITY_POLICY
from tests.apps import client_of
from tests.pages import CheckedClient

USE = "{http://www.w3.org/2000/svg}use"  # how the parser names what is inside a drawing
TELLING = ["/", "/zo-werkt-het", "/uw-gegevens", "/toegankelijkheid", "/stijl"]


@pytest.mark.parametrize("path", TELLING)
def test_page_is_there_and_offers_to_be_rung(client: CheckedClient, runtime: Runtime, path: str) -> None:
    assert client.get(path).status_code == 200
    assert runtime.city.phone in client.page.text


@pytest.mark.parametrize("path", [*TELLING, "/healthz", "/nergens", "/static/base.css"])
def test_headers_are_on_every_answer(client: CheckedClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"


def test_style_guide_exists_only_in_demonstration_mode(runtime: Runtime) -> None:
    strict = dataclasses.replace(
        runtime, settings=dataclasses.replace(runtime.settings, is_demonstration=False)
    )
    assert client_of(create_app(strict)).get("/stijl").status_code == 404


def test_cookies_are_sealed_behind_https(runtime: Runtime) -> None:
    settings = dataclasses.replace(runtime.settings, secure_cookies=True)
    client = client_of(create_app(dataclasses.replace(runtime, settings=settings)))
    answer = client.get("/hulp-vragen", base_url="https://localhost")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-lh=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_pages_are_private_and_kept_through_a_new_cookie(client: CheckedClient) -> None:
    headers = client.get("/hulp-vragen").headers
    assert (headers["Cache-Control"], "Vary" in headers) == ("private", False)


def test_a_stranger_host_is_not_served(runtime: Runtime) -> None:
    settings = dataclasses.replace(
        runtime.settings, is_demonstration=False, public_url="https://hulp.example.be"
    )
    client = client_of(create_app(dataclasses.replace(runtime, settings=settings)))
    assert client.get("/healthz", base_url="https://hulp.example.be").status_code == 200
    assert client.get("/healthz", base_url="https://evil.example").status_code == 400


def test_static_files_are_kept_for_a_year_under_a_version(client: CheckedClient) -> None:
    client.get("/")
    pictograms = client.page.all(USE)[0].get("href", "").partition("#")[0]
    for address in (client.page.all("link")[0].get("href", ""), pictograms):
        assert "?v=" in address
        with client.get(address) as answer:
            assert set(answer.headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000"}
            assert answer.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def test_icons_that_pages_name_are_drawn(app: Flask, client: CheckedClient) -> None:
    with client.get("/static/icons.svg") as answer:
        drawn = answer.get_data(as_text=True)
    for path in TELLING:
        client.get(path)
        for use in client.page.all(USE):
            assert f'id="{use.get("href", "").split("#")[1]}"' in drawn
