"""Whether a woman or a man should rather come: asked where it may be, told to who needs it, forgotten with the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import housekeeping, volunteers
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from leuvenhelpt.storage.queries.learning import past_asks
from tests import make
from tests.pages import CheckedClient
from tests.web.asking import fill_in, press
from tests.web.volunteer.test_own_pages import signed_in
from workers.pair import pair

QUESTION = "Maakt het voor u uit wie u helpt?"


def wish_of_the_last(runtime: Runtime) -> str:
    with runtime.reading() as db:
        return str(db.scalars(select(HelpRequest.gender_wish).order_by(HelpRequest.id.desc())).first())


def test_a_resident_may_say_so_and_need_not(client: CheckedClient, runtime: Runtime) -> None:
    fill_in(client, kind="company")
    assert "Wie er helpt" not in client.page.text
    press(client, "3")
    assert QUESTION in client.page.text
    press(client, gender_wish="woman")
    assert "Wie er helptLiever een vrouw" in client.page.text
    press(client, "send")
    assert wish_of_the_last(runtime) == "woman"


def test_it_is_not_asked_of_who_needs_groceries_and_not_taken_from_whoever_sends_it(
    client: CheckedClient, runtime: Runtime
) -> None:
    fill_in(client, kind="groceries", gender_wish="woman")
    assert "Wie er helpt" not in client.page.text
    press(client, "3")
    assert QUESTION not in client.page.text
    press(client)
    press(client, "send")
    assert wish_of_the_last(runtime) == ""


def test_a_wish_can_be_changed_and_goes_with_the_kind_of_help(
    client: CheckedClient, runtime: Runtime
) -> None:
    fill_in(client, kind="company", gender_wish="man")
    status = press(client, "send").location
    client.get(f"{status}/veranderen")
    assert "Liever een man" in client.page.text
    press(client, "1", path=f"{status}/veranderen")
    press(client, kind="groceries", path=f"{status}/veranderen")
    press(client, "send", path=f"{status}/veranderen")
    assert wish_of_the_last(runtime) == ""


@pytest.mark.parametrize(("typed", "kept"), [("woman", "woman"), ("other", "other"), ("", "")])
def test_a_volunteer_may_say_and_unsay_it(
    client: CheckedClient, runtime: Runtime, typed: str, kept: str
) -> None:
    vera = signed_in(client, runtime)
    assert make.row_of(runtime, Volunteer, vera).gender == ""
    for said, expected in ((typed, kept), ("", "")):
        client.get("/mijn-hulp/profiel")
        client.post("/mijn-hulp/profiel", data=client.page.form("/mijn-hulp/profiel") | {"gender": said})
        assert make.row_of(runtime, Volunteer, vera).gender == expected


def test_nothing_is_learned_from_it(runtime: Runtime) -> None:
    for gender, wish in (("woman", "woman"), ("", "")):
        who = make.volunteer(runtime, gender=gender)
        make.accepted_match(runtime, make.located_request(runtime, gender_wish=wish), who)
    with runtime.reading() as db:
        first, second = (vars(ask) | {"volunteer_id": 0} for ask in past_asks(db))
    assert first == second


def test_it_is_forgotten_with_the_rest(runtime: Runtime, clock: SetClock) -> None:
    vera = make.volunteer(runtime, gender="woman")
    request = make.row_of(runtime, Match, make.done_match(runtime, 0, vera)).help_request_id
    with runtime.unit_of_work(make.MACHINE) as uow:
        uow.session.get_one(HelpRequest, request).gender_wish = "woman"
        volunteers.leave(uow, vera)
    clock.now += timedelta(days=91)
    with runtime.unit_of_work(make.MACHINE) as uow:
        housekeeping.forget_persons(uow)
    assert make.row_of(runtime, HelpRequest, request).gender_wish == ""
    assert make.row_of(runtime, Volunteer, vera).gender == ""


def test_the_worker_heeds_it(runtime: Runtime) -> None:
    others = [make.volunteer(runtime) for _ in range(3)]
    vera = make.volunteer(runtime, gender="woman")
    asked = {}
    for wish in ("woman", ""):
        request = make.located_request(runtime, kind="phone_call", gender_wish=wish)
        pair(runtime)
        with runtime.reading() as db:
            which = select(Match.volunteer_id).where(Match.help_request_id == request, Match.state == "asked")
            asked[wish] = set(db.scalars(which))
    assert asked["woman"] == {vera}
    assert asked[""] <= set(others)
