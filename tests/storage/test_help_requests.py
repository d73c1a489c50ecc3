"""What the desk reads of one request, of the list, and of volunteers."""

from __future__ import annotations

import dataclasses

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.kinds import Channel, Telling
from leuvenhelpt.storage.models import HelpRequest, Volunteer
from leuvenhelpt.storage.queries import errands, suitors, volunteers
from leuvenhelpt.storage.queries import help_requests as query
from tests import make, people
from tests.storage.test_desk import statements


def reference_of(runtime: Runtime, help_request_id: int) -> str:
    reference = make.row_of(runtime, HelpRequest, help_request_id).reference
    assert isinstance(reference, str)
    return reference


def test_overview_tells_nothing_of_who_it_is(runtime: Runtime) -> None:
    about = make.located_request(runtime, people.an(words="Brood en melk."))
    with runtime.reading() as db:
        seen = query.overview(db, reference_of(runtime, about))
        known = query.identity(db, about)
    assert seen is not None
    assert (seen.words, seen.area, seen.state) == ("Brood en melk.", "Leuven centrum", "open")
    assert [secret for secret in people.AN_SECRETS if secret in str(dataclasses.asdict(seen))] == []
    assert known is not None
    assert (known.person_name, known.phone) == ("An Peeters", "+32470123456")


def test_there_is_no_overview_of_nothing(runtime: Runtime) -> None:
    with runtime.reading() as db:
        assert query.overview(db, "000000") is None
        assert query.identity(db, 1) is None
        assert volunteers.overview(db, "nobody") is None


@pytest.mark.parametrize("number", [1, 3])
def test_shortlist_is_one_query_however_long(runtime: Runtime, number: int) -> None:
    about = make.located_request(runtime, kind="company")
    make.shortlist(runtime, about, [make.volunteer(runtime, name=f"Neighbour {n}") for n in range(number)])
    with statements(runtime) as sent, runtime.reading() as db:
        found = suitors.suitors(db, about, runtime.city, runtime.clock())
    assert [suitor.name for suitor in found] == [f"Neighbour {n}" for n in range(number)]
    assert len(sent) == 1
    assert (found[0].asked_this_month, found[0].reasons[0].rule) == (0, "near")


def test_call_waits_until_it_is_made(runtime: Runtime) -> None:
    about = make.located_request(runtime, email="")
    make.accepted_match(runtime, about)
    with runtime.reading() as db:
        (call,) = errands.calls(db, about, runtime.clock())
        troubles = errands.open_troubles(db, about)
    assert (call.telling, call.tries) == (Telling.REQUEST_MATCHED, 0)
    assert [(row.trouble, row.notification_id) for row in troubles] == [(Channel.CALL, call.notification_id)]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_is_one_query_however_long(runtime: Runtime, rows: int) -> None:
    made = [reference_of(runtime, make.help_request(runtime)) for _ in range(rows)]
    with statements(runtime) as sent, runtime.reading() as db:
        found = query.listed(db, query.Search())
    assert [row.reference for row in found.rows] == made[::-1]
    assert (found.total, len(sent)) == (rows, 1)


def test_list_is_searched_by_reference_kind_area_and_state(runtime: Runtime) -> None:
    dog = reference_of(runtime, make.help_request(runtime, kind="dog"))
    bread = reference_of(runtime, make.located_request(runtime))
    with runtime.reading() as db:

        def found(state: str = "", **facts: object) -> list[str]:
            page = query.listed(db, query.Search(**facts), state=state)  # type: ignore[arg-type]
            return [row.reference for row in page.rows]

        assert found(digits=dog) == [dog]
        assert found(kinds=["dog"]) == [dog]
        assert found(area="centrum") == [bread]
        assert found(area="cent%") == []
        assert found(state="submitted") == [dog]
        assert found(state="live") == [bread, dog]
        assert found(state="closed") == []


def test_volunteers_are_found_by_name_and_read_whole(runtime: Runtime) -> None:
    vera, wim = people.vera(runtime), people.wim(runtime)
    make.accepted_match(runtime, volunteer_id=vera)
    with runtime.reading() as db:
        everybody = volunteers.listed(db)
        found = volunteers.listed(db, words="smet")
        seen = volunteers.overview(db, make.row_of(runtime, Volunteer, vera).public_id)
        past = volunteers.history(db, vera)
        assert volunteers.history(db, wim) == ()
    assert [(row.name, row.helped) for row in everybody.rows] == [("Vera Claes", 1), ("Wim De Smet", 0)]
    assert [row.name for row in found.rows] == ["Wim De Smet"]
    assert seen is not None
    assert (seen.name, seen.state, seen.max_asks_a_week) == ("Vera Claes", "active", 7)
    assert [(row.kind, row.state) for row in past] == [("groceries", "accepted")]
