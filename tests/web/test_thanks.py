"""A word of thanks: written once all went well, read by whoever helped, taken away if it should not be there."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import aftercare, volunteers
from leuvenhelpt.storage.models import Match, Volunteer
from tests import make, people
from tests.pages import CheckedClient
from tests.storage.test_desk import statements
from tests.web.staff.conftest import sign_in as sign_in_at_desk
from tests.web.test_status import path
from tests.web.volunteer.test_linked_pages import press
from tests.web.volunteer.test_own_pages import signed_in

KIND = "Dank u, u deed mij echt plezier."


def helped(runtime: Runtime, vera: int, *, went_well: bool | None = True) -> tuple[int, int]:
    """Vera helped An, who said how it went; the ids of the request and of the match."""
    asked = make.located_request(runtime, people.an())
    match_id = make.done_match(runtime, asked, vera)
    if went_well is not None:
        with runtime.unit_of_work(people.RESIDENT) as uow:
            aftercare.answer_as_requester(uow, asked, went_well=went_well)
    return asked, match_id


def thank(client: CheckedClient, address: str, words: str) -> int:
    client.get(address)
    return press(client, f"{address}/bedanken", words=words)


def test_thanks_are_read_on_the_page_of_who_helped(client: CheckedClient, runtime: Runtime) -> None:
    vera = signed_in(client, runtime)
    client.get("/mijn-hulp")
    assert "Nog geen bedankje." in client.page.text
    asked, match_id = helped(runtime, vera)
    assert thank(client, path(runtime, asked), KIND) == 200
    assert "Uw buur leest dit" in client.page.text
    assert "U bedankte uw buur" in client.page.text
    assert "Wilt u uw buur bedanken?" not in client.page.text
    client.get("/mijn-hulp")
    assert KIND in client.page.text
    assert make.row_of(runtime, Match, match_id).thanks == KIND


@pytest.mark.parametrize("went_well", [None, False])
def test_only_when_all_went_well(client: CheckedClient, runtime: Runtime, went_well: bool | None) -> None:
    asked, match_id = helped(runtime, people.vera(runtime), went_well=went_well)
    address = path(runtime, asked)
    client.get(address)
    assert "bedanken" not in client.page.text
    other, _match = helped(runtime, people.wim(runtime))
    client.get(path(runtime, other))
    sent = client.page.form(f"{path(runtime, other)}/bedanken") | {"words": KIND}
    assert client.post(f"{address}/bedanken", data=sent).status_code == 409
    assert make.row_of(runtime, Match, match_id).thanks == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (" ", "Schrijf een woordje."),
        ("x" * 501, "Maak dit korter: hoogstens 500 tekens."),
        ("Bel mij op 0470 12 34 56!", "Laat nummers en e-mailadressen weg"),
        ("Schrijf an@post.example", "Laat nummers en e-mailadressen weg"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    client: CheckedClient, runtime: Runtime, typed: str, words: str
) -> None:
    asked, match_id = helped(runtime, people.vera(runtime))
    assert thank(client, path(runtime, asked), typed) == 422
    assert words in client.page.text
    assert client.page.form(f"{path(runtime, asked)}/bedanken")["words"] == typed.strip()
    assert make.row_of(runtime, Match, match_id).thanks == ""


def test_they_are_shown_as_words_and_nothing_more(client: CheckedClient, runtime: Runtime) -> None:
    asked, _match = helped(runtime, signed_in(client, runtime))
    thank(client, path(runtime, asked), "<script>alert(1)</script>")
    client.get("/mijn-hulp")
    assert "<script>alert(1)</script>" in client.page.text


def test_the_first_words_stay(runtime: Runtime) -> None:
    asked, match_id = helped(runtime, people.vera(runtime))
    for words in (KIND, "Toch niet."):
        with runtime.unit_of_work(people.RESIDENT) as uow:
            aftercare.thank(uow, asked, words=words)
    assert make.row_of(runtime, Match, match_id).thanks == KIND


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (KIND, "Uw buur leest dit"),
        ("Toch niet.", "Wat u eerst schreef, blijft staan."),
        ("", "Wat u eerst schreef, blijft staan."),
    ],
)
def test_of_words_that_nobody_reads_that_is_said(
    client: CheckedClient, runtime: Runtime, later: str, told: str
) -> None:
    asked, match_id = helped(runtime, people.vera(runtime))
    address = path(runtime, asked)
    client.get(address)
    in_another_tab = client.page.form(f"{address}/bedanken") | {"words": later}
    thank(client, address, KIND)
    client.post(f"{address}/bedanken", data=in_another_tab, follow_redirects=True)
    assert told in client.page.text
    assert make.row_of(runtime, Match, match_id).thanks == KIND


def test_a_coordinator_takes_them_away(client: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    asked, match_id = helped(runtime, vera)
    thank(client, path(runtime, asked), "Iets lelijks.")
    people.stef(runtime)
    sign_in_at_desk(client, runtime, "stef@stad.example")
    page = f"/balie/vrijwilligers/{make.row_of(runtime, Volunteer, vera).public_id}"
    client.get(page)
    assert "Iets lelijks." in client.page.text
    press(client, f"{page}/bedankje/{match_id}")
    assert "Het bedankje is weg." in client.page.text
    assert "Iets lelijks." not in client.page.text
    other = people.wim(runtime)
    elsewhere = f"/balie/vrijwilligers/{make.row_of(runtime, Volunteer, other).public_id}"
    token = client.page.form("/afmelden")["csrf_token"]
    assert client.post(f"{elsewhere}/bedankje/{match_id}", data={"csrf_token": token}).status_code == 404


def test_who_is_forgotten_is_forgotten_with_them(runtime: Runtime) -> None:
    vera = people.vera(runtime)
    asked, match_id = helped(runtime, vera)
    with runtime.unit_of_work(people.RESIDENT) as uow:
        aftercare.thank(uow, asked, words=KIND)
        volunteers.leave(uow, vera)
    assert make.row_of(runtime, Match, match_id).thanks == ""


@pytest.mark.parametrize("number", [1, 3])
def test_the_own_page_asks_the_database_as_often_for_few_as_for_many(
    client: CheckedClient, runtime: Runtime, number: int
) -> None:
    vera = signed_in(client, runtime)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        uow.session.get_one(Volunteer, vera).max_asks_a_week = 7
    for _ in range(number):
        asked, _match = helped(runtime, vera)
        with runtime.unit_of_work(people.RESIDENT) as uow:
            aftercare.thank(uow, asked, words=KIND)
    with statements(runtime) as sent:
        client.get("/mijn-hulp")
    assert len(sent) == 5
