"""What a volunteer reads about what to expect: true figures, and an honest word where there are none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.expectations import company, ground, patience
from leuvenhelpt.services import closing, volunteers
from leuvenhelpt.storage.queries import expectations as query
from tests import make, people
from tests.pages import CheckedClient, words
from tests.storage.test_desk import statements
from tests.web.volunteer.test_own_pages import sign_in_again, signed_in


def test_without_history_we_say_that_we_do_not_know(client: CheckedClient, runtime: Runtime) -> None:
    signed_in(client, runtime)
    client.get("/mijn-hulp")
    assert "U bent een van de eersten voor ‘Boodschappen’ in Leuven centrum." in client.page.text
    assert "Dat weten wij nog niet." in client.page.text
    assert "zoeken wij nu vooral" not in client.page.text


def test_neighbours_and_weeks_are_counted(client: CheckedClient, runtime: Runtime, clock: SetClock) -> None:
    """Nine neighbours, six of them asked in the last eight weeks: two in three are asked within nine weeks."""
    vera = signed_in(client, runtime)
    others = [make.volunteer(runtime) for _ in range(8)]
    for asked in [*others[:5], others[0], vera]:
        make.asked_match(runtime, volunteer_id=asked)
    clock.move(days=55)
    sign_in_again(client, runtime)
    assert "U bent een van 9 buren voor ‘Boodschappen’ in Leuven centrum." in client.page.text
    assert "Een volgende vraag komt waarschijnlijk binnen 8 weken." in client.page.text
    assert "kregen 6 van de 9 buren met zo’n aanbod een vraag." in client.page.text


def test_who_cannot_be_asked_or_lives_elsewhere_does_not_count(runtime: Runtime) -> None:
    here, paused = make.volunteer(runtime), make.volunteer(runtime)
    elsewhere = make.volunteer(runtime, place=replace(make.NEARBY, postcode="3010"))
    for volunteer in (here, paused, elsewhere):
        make.asked_match(runtime, volunteer_id=volunteer)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        volunteers.pause(uow, paused, until=None)
    with runtime.reading() as db:
        offered = query.offered(db)
        found = query.asked_of_them(db, "3000", frozenset({"groceries"}), runtime.clock())
        nobody = query.asked_of_them(db, "3000", frozenset({"homework"}), runtime.clock())
    assert sorted((group.postcode, group.number) for group in offered) == [("3000", 1), ("3010", 1)]
    assert (found.alike, found.number, found.first_ask, nobody.alike) == (1, 1, runtime.clock(), 0)


def test_only_what_came_in_lately_and_could_be_met_counts(runtime: Runtime, clock: SetClock) -> None:
    make.located_request(runtime, kind="dog")
    clock.move(days=56)
    unresolved, withdrawn = (make.located_request(runtime, kind="odd_job") for _ in range(2))
    with runtime.unit_of_work(people.RESIDENT) as uow:
        closing.give_up(uow, unresolved, words="Helaas.")
        closing.withdraw(uow, withdrawn)
    make.located_request(runtime, kind="odd_job", wanted_by=timedelta(days=1))
    make.located_request(runtime, kind="groceries", languages=("prs",))
    clock.move(days=2, minutes=-1)
    with runtime.reading() as db:
        found = query.wanted(db, clock())
    assert sorted((each.kind, set(each.languages), each.number, each.unmet) for each in found) == [
        ("groceries", {"prs"}, 1, 0),
        ("odd_job", {"nl"}, 2, 2),
    ]


def test_what_we_are_short_of_is_named_and_can_be_offered(
    client: CheckedClient, runtime: Runtime, clock: SetClock
) -> None:
    signed_in(client, runtime)
    for _ in range(2):
        make.located_request(runtime, kind="odd_job", languages=("prs",))
    clock.move(days=3)
    client.get("/mijn-hulp")
    tags = [e for e in client.page.all("li") if [c.get("class") for c in e] == ["tag"]]
    named = {words(e): e.get("lang") for e in tags}
    assert named == {"Klusje": None, "دری": "prs"}
    assert "Dat wil ik ook doen" in client.page.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_own_page_asks_the_database_as_often_for_few_as_for_many(
    client: CheckedClient, runtime: Runtime, clock: SetClock, number: int
) -> None:
    """Twice more in the first visit of an hour, for the figures of the whole city."""
    signed_in(client, runtime)
    for _ in range(number):
        make.asked_match(runtime)
    for minutes, asked in ((1, 5), (60, 7), (1, 5)):
        clock.move(minutes=minutes)
        with statements(runtime) as sent:
            client.get("/mijn-hulp")
        assert len([one for one in sent if "sign_in_session" not in one]) == asked - 1


def test_numbers_are_worded_for_people(runtime: Runtime) -> None:
    assert (
        company("dog", "3010", 84, runtime.city)
        == "U bent een van 84 buren voor ‘Hond uitlaten’ in Kessel-Lo."
    )
    assert (
        company("dog", "3010", 4, runtime.city)
        == "U bent een van de eersten voor ‘Hond uitlaten’ in Kessel-Lo."
    )
    assert patience(1, True) == "Een eerste vraag komt waarschijnlijk binnen 1 week."
    assert patience(3, True) == "Een eerste vraag komt waarschijnlijk binnen 3 weken."
    assert "meer dan een half jaar" in patience(27, False)
    assert ground(4, 40) == ""
