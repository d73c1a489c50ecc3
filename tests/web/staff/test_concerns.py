"""A concern at the desk: first in line, read on a page of its own, settled with words."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import concerns
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries import journal
from tests import make, people
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.storage.test_help_requests import reference_of
from tests.web.staff.conftest import press
from tests.web.staff.test_requests import path_of, token


def reported(runtime: Runtime, **facts: object) -> None:
    told = concerns.ConcernFacts(
        idempotency_key=f"key-{len(str(facts))}-{facts}", words="Niet pluis.", **facts
    )  # type: ignore[arg-type]
    with runtime.unit_of_work(people.RESIDENT) as uow:
        concerns.report(uow, facts=told)


def test_it_stands_above_all_else(stef: CheckedClient, runtime: Runtime) -> None:
    make.located_request(runtime, kind="company")
    reported(runtime)
    stef.get("/balie")
    lines = [words(e) for e in stef.page.all("h3") if e.get("class") == "item__title"]
    assert lines == ["Een gemelde zorg", "Gezelschap"]
    stef.get("/balie/zorgen")
    assert "Iemand meldt een zorg. Lees ze eerst." in stef.page.text


def test_it_is_read_and_who_told_it_only_with_a_reason(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    reported(runtime, help_request_id=about, volunteer_id=people.vera(runtime), phone="+32470998877")
    stef.get("/balie/zorgen/1")
    assert "Niet pluis." in stef.page.text
    assert f"/balie/hulpvragen/{reference_of(runtime, about)}" in stef.page.html
    assert [said for said in ("Vera Claes", "998877", "99 88 77") if said in stef.page.html] == []
    press(stef, "/balie/zorgen/1", "/balie/zorgen/1/toon", reason="terugbellen")
    assert [said for said in ("Vera Claes", "0470 99 88 77") if said not in stef.page.text] == []
    with runtime.reading() as db:
        (line,) = journal.of_concern(db, 1)
    assert (line.who, line.step, line.reason) == ("Stef Wouters", "see_reporter", "terugbellen")
    stef.get("/balie/zorgen/1")
    assert "Stef Wouters bekeek wie een zorg meldde" in stef.page.text
    assert "998877" not in stef.page.html


def test_who_told_nothing_of_themselves_cannot_be_shown(stef: CheckedClient, runtime: Runtime) -> None:
    reported(runtime)
    stef.get("/balie/zorgen/1")
    assert "zonder naam" in stef.page.text
    assert "/balie/zorgen/1/toon" not in stef.page.html


def waits(runtime: Runtime) -> tuple[int, int]:
    """Vera goes to An, about which somebody reported a concern; the ids of Vera and of the match."""
    about, vera = make.located_request(runtime, people.an()), people.vera(runtime)
    match_id = make.accepted_match(runtime, about, vera)
    reported(runtime, help_request_id=about)
    return vera, match_id


@pytest.mark.parametrize(
    ("decision", "state", "match"), [("go_on", "active", "accepted"), ("block", "blocked", "dropped")]
)
def test_who_waits_for_it_goes_on_or_is_not_let_in(
    stef: CheckedClient, runtime: Runtime, decision: str, state: str, match: str
) -> None:
    vera, match_id = waits(runtime)
    stef.get("/balie/zorgen/1")
    assert "Vera Claes" in stef.page.text
    sent = stef.page.form("/balie/zorgen/1") | {"words": "Gebeld met beiden."}
    assert stef.post("/balie/zorgen/1", data=sent).status_code == 422
    assert make.row_of(runtime, Volunteer, vera).state == "frozen"
    stef.get(stef.post("/balie/zorgen/1", data=sent | {"decision": decision}).location)
    assert make.row_of(runtime, Volunteer, vera).state == state
    assert make.row_of(runtime, Match, match_id).state == match


def test_nobody_is_asked_for_it_until_it_is_settled(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, kind="company")
    (match_id,) = make.shortlist(runtime, about, [people.vera(runtime, vetting=3)])
    reported(runtime, help_request_id=about)
    path = path_of(runtime, about)
    stef.get(path)
    stef.get(stef.post(f"{path}/vraag", data={"csrf_token": token(stef), "only": match_id}).location)
    assert "Over deze vraag is een zorg gemeld." in stef.page.text
    assert make.row_of(runtime, Match, match_id).state == "proposed"
    with runtime.unit_of_work(make.MACHINE) as uow:
        concerns.settle(uow, 1, words="Gebeld.")
    stef.get(path)
    stef.get(stef.post(f"{path}/vraag", data={"csrf_token": token(stef), "only": match_id}).location)
    assert make.row_of(runtime, Match, match_id).state == "asked"


def test_the_request_leads_to_it(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    reported(runtime, help_request_id=about)
    stef.get(path_of(runtime, about))
    assert "/balie/zorgen/1" in [link.get("href") for link in stef.page.all("a")]
    assert "Niet pluis." not in stef.page.text


def test_it_is_settled_once_with_words(stef: CheckedClient, runtime: Runtime) -> None:
    reported(runtime)
    stef.get("/balie/zorgen/1")
    sent = stef.page.form("/balie/zorgen/1")
    assert stef.post("/balie/zorgen/1", data=sent).status_code == 422
    sent["words"] = "Gebeld. Vera komt er niet meer."
    for told in ("De zorg is afgehandeld.", "Een collega handelde deze zorg al af."):
        stef.get(stef.post("/balie/zorgen/1", data=sent).location)
        assert told in stef.page.text
    assert "Gebeld. Vera komt er niet meer." in stef.page.text
    stef.get("/balie/zorgen")
    assert "Hier wacht niemand" in stef.page.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_the_database_as_often_for_few_as_for_many(
    stef: CheckedClient, runtime: Runtime, number: int
) -> None:
    for each in range(number):
        reported(runtime, name=f"Noor {each}")
    with statements(runtime) as sent:
        stef.get("/balie/zorgen")
    assert len(sent) == 3


def test_one_that_is_none_is_not_found(stef: CheckedClient) -> None:
    assert stef.get("/balie/zorgen/99").status_code == 404


@pytest.mark.parametrize("page", ["zorgen", "wat-als"])
@pytest.mark.parametrize("number", [2**31, 10**30])
def test_a_number_that_no_row_can_have_leads_nowhere(stef: CheckedClient, page: str, number: int) -> None:
    assert stef.get(f"/balie/{page}/{number}").status_code == 404


def test_meanwhile_nobody_reads_the_word_for_the_door_over_the_phone(
    stef: CheckedClient, runtime: Runtime
) -> None:
    request = make.located_request(runtime, make.ask_facts(email="", channel="phone"))
    make.accepted_match(runtime, request, people.vera(runtime))
    word = make.row_of(runtime, HelpRequest, request).code_word
    page = path_of(runtime, request)
    stef.get(page)
    assert stef.page.text.count(word) == 3  # among the facts, in what to read aloud, and in the call to make
    reported(runtime, help_request_id=request)
    stef.get(page)
    assert word not in stef.page.text
    assert "doe dan niet open en bel ons op 016 00 00 00." in stef.page.text
    assert "Bel nog niet" in stef.page.text
