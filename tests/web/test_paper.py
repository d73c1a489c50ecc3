"""Cards for letterboxes: a street has one code, its sheet can be printed, and the code is known on the phone."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import insert

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind
from leuvenhelpt.services import accounts, letterbox
from leuvenhelpt.storage.models import Account, LetterboxCard, Volunteer
from leuvenhelpt.web.paper import street_of
from tests import people
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.web.staff.conftest import stef

__all__ = ["stef"]


def card(runtime: Runtime, street: str = "Naamsestraat", postcode: str = "3000") -> str:
    """The code of a street."""
    with runtime.unit_of_work(MACHINE) as uow:
        return letterbox.card_for(uow, street=street, postcode=postcode)


@pytest.mark.parametrize(
    ("label", "street"),
    [
        ("Naamsestraat 147, 3000 Leuven", "Naamsestraat"),
        ("Naamsestraat, 3000 Leuven", "Naamsestraat"),
        ("  Tiensevest 12/0301 ", "Tiensevest"),
        ("1 Meilaan 3b", "1 Meilaan"),
        ("Naamsestraat 147 bus 3, 3000 Leuven", "Naamsestraat"),
        ("Naamsestraat 147 Bus 0301", "Naamsestraat"),
        ("Naamsestraat 147, bus 3", "Naamsestraat"),
        ("Naamsestraat 147 b", "Naamsestraat"),
        ("Naamsestraat 147 A bus 2.1", "Naamsestraat"),
        ("Naamsestraat 147 bte 3 ", "Naamsestraat"),
        ("Rue du 11 Novembre 12", "Rue du 11 Novembre"),
        ("Kapucijnenvoer", "Kapucijnenvoer"),
        ("", ""),
    ],
)
def test_street_of_a_label(label: str, street: str) -> None:
    assert street_of(label) == street


def test_a_street_has_one_code(runtime: Runtime) -> None:
    code = card(runtime)
    assert re.fullmatch(r"[1-9]\d{3}", code)
    assert card(runtime) == code
    assert len({code, card(runtime, "Parkstraat"), card(runtime, postcode="3001")}) == 3


def test_once_all_codes_are_used_a_known_street_still_has_its_own(runtime: Runtime) -> None:
    code = card(runtime)
    others = sorted(letterbox.CODES - {code})
    rows = [{"code": other, "street": other, "postcode": "", "made_at": runtime.clock()} for other in others]
    with runtime.unit_of_work(MACHINE) as uow:
        uow.execute(insert(LetterboxCard), rows)
    assert card(runtime) == code
    with pytest.raises(Refused, match="no_cards_left"):
        card(runtime, "Parkstraat")


def test_a_sheet_holds_four_cards_in_dutch_whoever_prints_it(client: CheckedClient, runtime: Runtime) -> None:
    code = card(runtime)
    assert client.get(f"/kaartjes/{code}?lang=fr").status_code == 200
    cards = [e for e in client.page.all("article") if e.get("class") == "mailcard"]
    assert len(cards) == 4
    for told in (
        runtime.city.phone,
        f"{code[:2]} {code[2:]}",
        "localhost",
        "Hulp nodig? Vraag het een buur.",
    ):
        assert told in words(cards[3])
    spoken = {e.get("lang"): words(e) for e in cards[0].iter("span") if e.get("lang")}
    assert spoken == {tongue: said for tongue, said in runtime.city.we_speak.items() if tongue != "nl"}
    assert "viewBox" in next(e for e in cards[0].iter() if e.get("class") == "square").attrib


def test_the_square_leads_to_the_question_with_the_postcode(client: CheckedClient, runtime: Runtime) -> None:
    code = card(runtime)
    answer = client.get(f"/kaart/{code}")
    assert answer.location == f"/hulp-vragen?kaart={code}"
    client.get(answer.location)
    assert client.page.form("/hulp-vragen")["postcode"] == "3000"
    assert client.get("/kaart/nothing", follow_redirects=True).status_code == 200
    assert client.get("/kaartjes/9999").status_code == 404
    assert client.get("/kaartjes/x²").status_code == 404


def test_a_colleague_picks_a_street(stef: CheckedClient, runtime: Runtime) -> None:
    stef.get("/balie/kaartjes")
    assert "Nog geen kaartjes" in stef.page.text
    facts = stef.page.form("/balie/kaartjes") | {"street": "Naamsestraat 1", "postcode": "3000"}
    where = {stef.post("/balie/kaartjes", data=facts).location for _ in range(2)}
    assert where == {f"/kaartjes/{card(runtime)}"}
    assert stef.post("/balie/kaartjes", data=facts | {"street": " ", "postcode": ""}).status_code == 422
    assert "Vul de naam van de straat in." in stef.page.text
    assert "Kies de postcode." in stef.page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_are_listed_with_three_questions(stef: CheckedClient, runtime: Runtime, rows: int) -> None:
    for number in range(rows):
        card(runtime, f"Straat {'abc'[number]}")
    with statements(runtime) as sent:
        stef.get("/balie/kaartjes")
    assert len(sent) == 3  # who is there, the cards, the counts
    assert len(stef.page.all("tr")) == rows + 1


def test_a_volunteer_makes_cards_for_the_own_street(client: CheckedClient, runtime: Runtime) -> None:
    vera = people.vera(runtime)
    with runtime.unit_of_work(Actor(ActorKind.VOLUNTEER, vera)) as uow:
        account = uow.session.query(Account).filter_by(volunteer_id=vera).one()
        session_token = accounts.sign_in(uow, account.id)
    with client.session_transaction() as session:
        session["_user_id"] = session_token
    client.get("/mijn-hulp")
    facts = client.page.form("/mijn-hulp/kaartjes")
    answer = client.post("/mijn-hulp/kaartjes", data=facts)
    assert answer.location == f"/kaartjes/{card(runtime, 'Parkstraat')}"
    client.get(answer.location)
    assert client.page.heading == "Kaartjes voor Parkstraat"
    assert "Vera" not in client.page.html
    with runtime.unit_of_work(MACHINE) as uow:  # the address changes into one that nobody finds
        row = uow.session.get_one(Volunteer, vera)
        row.address, row.place_level, row.place_label = "Stem voor mij 1", None, "Stem voor mij"
    client.get("/mijn-hulp")
    assert "/mijn-hulp/kaartjes" not in client.page.html
    assert client.post("/mijn-hulp/kaartjes", data=facts).status_code == 404


def test_the_code_fills_in_the_street_on_the_phone(stef: CheckedClient, runtime: Runtime) -> None:
    code = card(runtime)
    stef.get(f"/balie/nieuwe-oproep?kaart=+{code[:2]}+{code[2:]}", follow_redirects=True)
    facts = stef.page.form("/balie/nieuwe-oproep")
    assert (facts["address"], facts["postcode"]) == ("Naamsestraat", "3000")
    assert "Vraag nog het huisnummer." in stef.page.text
    stef.get("/balie/nieuwe-oproep?kaart=0000", follow_redirects=True)
    assert "Deze code kennen wij niet." in stef.page.text
    assert stef.page.form("/balie/nieuwe-oproep")["address"] == ""
