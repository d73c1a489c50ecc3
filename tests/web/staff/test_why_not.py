"""Why not this neighbour: whoever is not on the list can be looked up beside the request."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import closing, volunteers
from tests import make, people
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.web.staff.test_requests import path_of


def looked_up(client: CheckedClient) -> dict[str, list[str]]:
    """The sentences of each volunteer on the last page."""
    cards = [e for e in client.page.all("li") if e.get("class") == "cand"]
    return {
        words(next(card.iter("h3"))): [words(e) for e in card.iter("li") if e is not card] for card in cards
    }


def test_whoever_is_not_on_the_list_is_found_from_it(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    people.vera(runtime, kinds=("dog",), languages=("tr",))
    people.wim(runtime)
    stef.get(path_of(runtime, about))
    (search,) = [
        e for e in stef.page.all("form") if e.get("action") == f"{path_of(runtime, about)}/waarom-niet"
    ]
    assert [e.get("name") for e in search.iter("input")] == ["zoek"]
    stef.get(f"{path_of(runtime, about)}/waarom-niet?zoek=claes")
    found = looked_up(stef)
    assert list(found) == ["Vera Claes"]
    assert found["Vera Claes"][:2] == ["Biedt dit soort hulp niet aan.", "Spreekt alleen Turks."]
    assert [secret for secret in people.AN_SECRETS if secret in stef.page.html] == []


def test_who_may_be_asked_and_who_was_blocked(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    people.vera(runtime)
    wim = people.wim(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        volunteers.block(uow, wim, reason="x")
    stef.get(f"{path_of(runtime, about)}/waarom-niet")
    found = looked_up(stef)
    assert found["Vera Claes"][0].startswith("Niets spreekt ertegen")
    assert found["Wim De Smet"] == ["Niet toegelaten"]


def test_nobody_is_weighed_where_nobody_is_searched_for(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    people.vera(runtime)
    with runtime.unit_of_work(make.RESIDENT) as uow:
        closing.withdraw(uow, about)
    stef.get(f"{path_of(runtime, about)}/waarom-niet?zoek=vera")
    assert "Voor deze vraag zoeken wij nu niemand." in stef.page.text
    assert looked_up(stef) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_many_are_weighed_with_as_few_questions_as_one(
    stef: CheckedClient, runtime: Runtime, number: int
) -> None:
    about = make.located_request(runtime, people.an())
    for name in ("Ann", "Bea", "Cis")[:number]:
        make.volunteer(runtime, name=name)
    stef.get("/balie")
    with statements(runtime) as sent:
        stef.get(f"{path_of(runtime, about)}/waarom-niet")
    assert (len(looked_up(stef)), len(sent)) == (number, 11)
