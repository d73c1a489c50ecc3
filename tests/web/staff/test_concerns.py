"""A concern at the desk: first in line, read on a page of its own, settled with words."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import concerns
from tests import make, people
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.storage.test_help_requests import reference_of
from tests.web.staff.test_requests import path_of


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


def test_it_is_read_with_who_told_it(stef: CheckedClient, runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an())
    reported(runtime, help_request_id=about, volunteer_id=people.vera(runtime), phone="+32470998877")
    stef.get("/balie/zorgen/1")
    for said in ("Niet pluis.", "Vera Claes", "0470 99 88 77"):
        assert said in stef.page.text
    assert f"/balie/hulpvragen/{reference_of(runtime, about)}" in stef.page.html


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
