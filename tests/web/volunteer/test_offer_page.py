"""The form to offer help: its parts under headings, and what few people need folded."""

from __future__ import annotations

from http import HTTPStatus
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.storage.models import Volunteer
from tests.pages import LABELLED, CheckedClient, Page, words
from tests.web.asking import standing
from tests.web.volunteer.test_own_pages import OFFER, offer, signed_in

PARTS = ["Uw hulp", "Uw tijd", "Uw buurt", "Uw gegevens"]
NOTE = "Informatienota voor vrijwilligers"


def parts(page: Page) -> dict[str, list[str]]:
    """What each part of the form asks, by its heading."""
    form = next(form for form in page.all("form") if form.get("id") == "typed")
    return {words(part.findall(".//h2")[0]): names(part) for part in form.iter("section")}


def names(part: Element) -> list[str]:
    asked = [field.get("name", "") for field in part.iter() if field.tag in LABELLED]
    return list(dict.fromkeys(asked))


def unfolded(page: Page) -> list[str]:
    """The names of the fields in what stands unfolded."""
    return [name for fold in page.all("details") if "open" in fold.attrib for name in names(fold)]


def folded(page: Page) -> list[str]:
    return [name for fold in page.all("details") if "open" not in fold.attrib for name in names(fold)]


def test_each_part_of_an_offer_has_its_heading(client: CheckedClient) -> None:
    client.get("/helpen")
    assert parts(client.page) == {
        PARTS[0]: ["kinds", "will_not", "words"],
        PARTS[1]: ["hours", "max_asks_a_week"],
        PARTS[2]: ["address", "postcode", "reach_km", "means"],
        PARTS[3]: ["languages", "gender", "name", "phone", "email"],
        NOTE: ["is_old_enough", "has_read"],
    }


def test_whoever_changes_an_offer_finds_the_same_parts(client: CheckedClient, runtime: Runtime) -> None:
    signed_in(client, runtime)
    client.get("/mijn-hulp/profiel")
    assert list(parts(client.page)) == PARTS


def test_what_few_people_need_is_folded(client: CheckedClient) -> None:
    client.get("/helpen")
    assert folded(client.page) == ["will_not", "words", "gender"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ({"will_not": "geen trappen", "name": ""}, ["will_not", "words"]),
        ({"words": "x" * 1001}, ["will_not", "words"]),
        ({"gender": "woman", "name": ""}, ["gender"]),
        ({"gender": "x"}, ["gender"]),
    ],
)
def test_what_was_typed_or_is_wrong_is_never_folded(
    client: CheckedClient, typed: dict[str, str], shown: list[str]
) -> None:
    assert offer(client, **typed) == HTTPStatus.UNPROCESSABLE_ENTITY
    assert unfolded(client.page) == shown


def test_what_fills_in_everything_is_asked_once_more_and_then_heard(
    client: CheckedClient, runtime: Runtime
) -> None:
    assert offer(client, website="https://spam.example") == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Druk nog één keer op de knop" in client.page.text
    with runtime.reading() as db:
        assert db.scalars(select(Volunteer)).all() == []
    again = standing(client)
    assert "website" not in again
    assert client.post("/helpen", data=again).status_code == HTTPStatus.FOUND
    with runtime.reading() as db:
        row = db.scalars(select(Volunteer)).one()
    assert (row.name, row.kinds, row.means) == (OFFER["name"], OFFER["kinds"], OFFER["means"])
