"""The page of a second ask: it says what changed, and a page read before answers nothing."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import volunteers
from tests import make
from tests.pages import CheckedClient
from tests.services.test_asking_again import Case


def page_of(case: Case) -> str:
    return f"/uitnodiging/{case.runtime.links.token(Purpose.ASK, case.match.public_id)}"


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_page_that_was_read_before_the_change_shows_the_new_facts_first(
    client: CheckedClient, runtime: Runtime, clock: SetClock, answer: str
) -> None:
    case = Case(runtime, clock)
    page = page_of(case)
    client.get(page)
    assert "al eens" not in client.page.text
    old = client.page.form(page) | {"answer": answer}
    case.change(**case.by(7))
    assert page_of(case) == page
    back = client.post(page, data=old)
    assert (back.status_code, back.location) == (302, page)
    assert case.match.state == "asked"
    client.get(page)
    assert "Wij vroegen u dit al eens. Nu is het anders." in client.page.text
    assert "Nu is het: ten laatste dinsdag 1 december." in client.page.text
    new = client.page.form(page) | {"answer": answer}
    client.post(page, data=new)
    assert case.match.state == {"yes": "accepted", "no": "declined"}[answer]


def test_a_no_says_why_if_one_likes_and_the_desk_reads_it(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    case = Case(runtime, clock)
    page = page_of(case)
    client.get(page)
    assert "Het moment past mij niet" in client.page.text
    client.post(page, data=client.page.form(page) | {"answer": "no", "because": "when"})
    assert (case.match.state, case.match.declined_for) == ("declined", "when")


def test_a_reason_that_nobody_offered_is_none(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    case = Case(runtime, clock)
    page = page_of(case)
    client.get(page)
    client.post(page, data=client.page.form(page) | {"answer": "no", "because": "<b>"})
    assert (case.match.state, case.match.declined_for) == ("declined", "")


def test_until_it_is_asked_anew_the_old_link_answers_nothing(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    """A kind of help for which coordinators ask: proposed once more, and so far no more than that."""
    case = Case(runtime, clock)
    page = page_of(case)
    client.get(page)
    old = client.page.form(page) | {"answer": "yes"}
    with runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.vet(uow, case.vera, level=2, reason="kennismaking")
    case.change(kind="company")
    assert case.match.state == "proposed"
    client.get(page)
    assert client.page.heading == "Deze hulp is niet meer nodig"
    assert client.post(page, data=old).status_code == 409
    assert case.match.state == "proposed"
