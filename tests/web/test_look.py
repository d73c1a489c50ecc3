"""A town with its own colours, logo and name; and what a page may weigh."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path

import pytest

from leuvenhelpt.bootstrap import Runtime, city_folder, load_city
from leuvenhelpt.gateways.look_file import read_look
from leuvenhelpt.web import create_app
from leuvenhelpt.web.assets import STATIC
from tests.apps import client_of
from tests.pages import CheckedClient
from tests.web.test_pages import TELLING

MOST_BYTES = 60_000  # of style sheets and scripts on one public page, before compression
PUBLIC = [*TELLING, "/hulp-vragen", "/helpen", "/aanmelden"]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h120v40H0z"/></svg>'


@pytest.fixture
def other_town(runtime: Runtime, tmp_path: Path) -> CheckedClient:
    """The same application, for a town made of one folder."""
    folder = tmp_path / "dorp"
    folder.mkdir()
    profile = (city_folder("leuven") / "profile.toml").read_text(encoding="utf-8")
    (folder / "profile.toml").write_text(
        profile.replace('service_name = "Leuven Helpt"', 'service_name = "Dorp Samen"'), encoding="utf-8"
    )
    (folder / "tokens.css").write_text(":root { --main: #123456; --surface: #fefefe; }", encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    city = load_city(str(folder / "profile.toml"))
    return client_of(create_app(dataclasses.replace(runtime, city=city, look=read_look(folder))))


def test_a_town_looks_like_itself(other_town: CheckedClient) -> None:
    for path in ("/", "/hulp-vragen", "/balie/aanmelden"):
        other_town.get(path)
        assert other_town.page.title.endswith("· Dorp Samen")
        (logo,) = other_town.page.all("img")
        assert (logo.get("width"), logo.get("height"), logo.get("alt")) == ("108", "36", "")
        with other_town.get(logo.get("src", "")) as answer:
            assert (answer.text, answer.mimetype) == (LOGO, "image/svg+xml")
        with other_town.get(sheets(other_town)[0]) as answer:
            assert answer.text.rindex("--main: #123456") > answer.text.rindex("--main: #0e4b57")
    themes = {e.get("content") for e in other_town.page.all("meta") if e.get("name") == "theme-color"}
    assert themes == {"#fefefe"}


def test_another_look_has_another_address(other_town: CheckedClient, client: CheckedClient) -> None:
    other_town.get("/")
    client.get("/")
    assert sheets(other_town) != sheets(client)
    assert client.page.all("img") == []
    assert client.get("/huisstijl/logo.svg").status_code == 404


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_waits_for_one_style_sheet_and_weighs_little(client: CheckedClient, path: str) -> None:
    client.get(path)
    scripts = client.page.all("script")
    assert [e for e in scripts if e.get("type") != "module" and e.get("defer") is None] == []
    addresses = sheets(client) + [e.get("src", "") for e in scripts]
    assert len(sheets(client)) == 1
    assert all(address.startswith("/") for address in addresses)
    assert 10_000 < sum(weight(client, address) for address in addresses) < MOST_BYTES


@pytest.mark.parametrize("path", PUBLIC)
def test_pictures_keep_their_place(client: CheckedClient, path: str) -> None:
    client.get(path)
    assert [e.get("src") for e in client.page.all("img") if not (e.get("width") and e.get("height"))] == []


def test_our_files_fetch_nothing_from_elsewhere() -> None:
    files = [path for path in STATIC.iterdir() if path.suffix in {".css", ".js"}]
    foreign = ("http:", "https:", "url(", "@import", "@font-face")
    found = {path.name: [w for w in foreign if w in path.read_text(encoding="utf-8")] for path in files}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize("path", PUBLIC)
def test_who_finds_a_page_elsewhere_reads_what_it_is(client: CheckedClient, path: str) -> None:
    client.get(path)
    (told,) = [e.get("content", "") for e in client.page.all("meta") if e.get("name") == "description"]
    assert told.startswith("Leuven Helpt is een gratis dienst van de stad.")
    assert 50 < len(told) < 160


def test_style_sheets_and_drawings_are_packed_for_who_can_unpack_and_pages_never(
    client: CheckedClient,
) -> None:
    page = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in page.headers
    for address in (*sheets(client), "/huisstijl/icon.svg"):
        plain, packed = (
            client.get(address, headers={"Accept-Encoding": way}) for way in ("gzip;q=0", "br, gzip")
        )
        assert ("Content-Encoding" in plain.headers, packed.headers["Content-Encoding"]) == (False, "gzip")
        assert (plain.headers["Vary"], packed.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) < 10_000


def weight(client: CheckedClient, address: str) -> int:
    """How many bytes are at an address."""
    with client.get(address) as answer:
        return len(answer.data)


def sheets(client: CheckedClient) -> list[str]:
    """The style sheets that the page waits for."""
    return [e.get("href", "") for e in client.page.all("link") if e.get("rel") == "stylesheet"]
