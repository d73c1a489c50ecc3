"""An address as canary: in each state of a match, on which pages of its volunteer may it stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TypeAlias

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.services import accounts, aftercare, closing, matches, volunteers
from leuvenhelpt.storage.models import JournalEntry, Match
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from tests import make, people
from tests.make import RESIDENT, VOLUNTEER
from tests.pages import CheckedClient
from tests.web.volunteer.test_linked_pages import path, press
from tests.web.volunteer.test_own_pages import latest_link

# Her phone is not the example that forms show.
PHONE = "+32470998877"
CANARIES = ("Peeters", "Naamsestraat", PHONE, "0470 99 88 77", "an.peeters@post.example")
NOWHERE: frozenset[str] = frozenset()
BEHIND_THE_BUTTON = frozenset({"address"})

Act: TypeAlias = Callable[[UnitOfWork, Match], None]


@dataclass(frozen=True)
class Case:
    """How a match comes into a state, and where its volunteer may then read who asks and where."""

    state: MatchState
    acts: tuple[Act, ...] = ()
    wave_size: int = 9
    hours_later: float = 0
    shown: frozenset[str] = NOWHERE


def accept(uow: UnitOfWork, match: Match) -> None:
    matches.accept(uow, match.id)


def finish(uow: UnitOfWork, match: Match) -> None:
    aftercare.finish(uow, match.id)


def withdraw(uow: UnitOfWork, match: Match) -> None:
    closing.withdraw(uow, match.help_request_id)


def drop(uow: UnitOfWork, match: Match) -> None:
    matches.drop(uow, match.id)


def lapse(uow: UnitOfWork, match_id: int) -> None:
    """The time to answer is over, now."""
    matches.get(uow, match_id).lapses_at = uow.now
    uow.session.flush()
    matches.lapse(uow, match_id)


def leave(uow: UnitOfWork, match: Match) -> None:
    volunteers.leave(uow, match.volunteer_id)


def block(uow: UnitOfWork, match: Match) -> None:
    volunteers.block(uow, match.volunteer_id, reason="Vroeg iemand om geld.")


def be_second(uow: UnitOfWork, match: Match) -> None:
    other = select(Match.id).where(Match.id != match.id, Match.state == MatchState.ASKED)
    matches.accept(uow, uow.session.scalars(other).one())


CASES = {
    "proposed": Case(MatchState.PROPOSED, wave_size=0),
    "asked": Case(MatchState.ASKED),
    "asked, too late": Case(MatchState.ASKED, hours_later=30),
    "accepted": Case(MatchState.ACCEPTED, (accept,), shown=BEHIND_THE_BUTTON),
    "accepted, days ago": Case(MatchState.ACCEPTED, (accept,), hours_later=72, shown=BEHIND_THE_BUTTON),
    "declined": Case(MatchState.DECLINED, (lambda uow, match: matches.decline(uow, match.id),)),
    "lapsed": Case(MatchState.LAPSED, (lambda uow, match: lapse(uow, match.id),)),
    "filled": Case(MatchState.FILLED, (be_second,)),
    "ask withdrawn": Case(MatchState.CANCELLED, (withdraw,)),
    "task withdrawn": Case(MatchState.CANCELLED, (accept, withdraw)),
    "dropped": Case(MatchState.DROPPED, (accept, drop)),
    "done": Case(MatchState.DONE, (accept, finish), shown=BEHIND_THE_BUTTON),
    "done, 23 hours ago": Case(MatchState.DONE, (accept, finish), hours_later=23, shown=BEHIND_THE_BUTTON),
    "done, a day ago": Case(MatchState.DONE, (accept, finish), hours_later=24),
    "asked, then blocked": Case(MatchState.CANCELLED, (block,)),
    "accepted, then blocked": Case(MatchState.DROPPED, (accept, block)),
    "done, then blocked": Case(MatchState.DONE, (accept, finish, block)),
    "done, then left": Case(MatchState.DONE, (accept, finish, leave)),
    "accepted, then left": Case(MatchState.DROPPED, (accept, leave)),
}


def test_each_state_has_its_case() -> None:
    assert {case.state for case in CASES.values()} == set(MatchState)


@pytest.mark.parametrize("name", CASES)
def test_where_the_canary_stands(client: CheckedClient, runtime: Runtime, clock: SetClock, name: str) -> None:
    case = CASES[name]
    match_id = match_of(runtime, case)
    clock.move(hours=case.hours_later)
    sign_in(client, runtime)
    assert make.row_of(runtime, Match, match_id).state == case.state
    token = {"csrf_token": client.page.form("/afmelden")["csrf_token"]}
    ask, task = path(runtime, match_id), path(runtime, match_id, Purpose.TASK)
    answers = {
        "my page": client.get("/mijn-hulp", follow_redirects=True).text,
        "profile": client.get("/mijn-hulp/profiel", follow_redirects=True).text,
        "ask": client.get(ask, follow_redirects=True).text,
        "task": client.get(task).text,
        "dropping": client.get(f"{task}/toch-niet").text,
        "calendar": client.get(f"{task}/agenda").text.replace("\r\n ", ""),
        "concern": client.get(f"{task}/zorg").text,
    }
    revealed = client.post(f"{task}/adres", data=token)
    answers["address"] = revealed.text
    assert (revealed.status_code == HTTPStatus.OK) == bool(case.shown)
    assert {page for page, html in answers.items() if any(word in html for word in CANARIES)} == case.shown


@pytest.mark.parametrize(
    ("how", "hours", "heading"),
    [
        (withdraw, 0, "Deze hulp is niet meer nodig"),
        (drop, 0, "U komt niet meer"),
        (finish, 24, "Dank u wel voor uw hulp"),
    ],
)
def test_a_page_that_stood_open_leads_to_how_it_is_now(
    client: CheckedClient, runtime: Runtime, clock: SetClock, how: Act, hours: int, heading: str
) -> None:
    match_id = match_of(runtime, CASES["accepted"])
    task = path(runtime, match_id, Purpose.TASK)
    client.get(task)
    sent = client.page.form(f"{task}/adres")
    act(runtime, match_id, how)
    clock.move(hours=hours)
    assert client.post(f"{task}/adres", data=sent, follow_redirects=True).status_code == HTTPStatus.OK
    assert client.page.heading == heading
    with runtime.reading() as db:
        assert db.query(JournalEntry).filter_by(step="see_address").count() == 0


@pytest.mark.parametrize("how", [leave, block])
def test_who_went_cannot_say_yes_any_more(client: CheckedClient, runtime: Runtime, how: Act) -> None:
    match_id = match_of(runtime, CASES["asked"])
    client.get(path(runtime, match_id))
    sent = client.page.form(path(runtime, match_id)) | {"answer": "yes"}
    act(runtime, match_id, how)
    assert client.post(path(runtime, match_id), data=sent).status_code == HTTPStatus.CONFLICT
    assert runtime.city.phone in client.page.text
    assert make.row_of(runtime, Match, match_id).state == MatchState.CANCELLED


def match_of(runtime: Runtime, case: Case) -> int:
    """Vera's match with An in the state of the case; Wim is on the shortlist behind her."""
    facts = replace(people.an(wanted_by=make.timedelta(days=2)), phone=PHONE)
    request = make.located_request(runtime, facts)
    found = make.shortlist(
        runtime, request, [people.vera(runtime), people.wim(runtime)], wave_size=case.wave_size
    )
    for how in case.acts:
        act(runtime, found[0], how)
    return found[0]


def act(runtime: Runtime, match_id: int, how: Act) -> None:
    with runtime.unit_of_work(RESIDENT if how is withdraw else VOLUNTEER) as uow:
        how(uow, uow.session.get_one(Match, match_id))


def sign_in(client: CheckedClient, runtime: Runtime) -> None:
    with runtime.unit_of_work(MACHINE) as uow:
        accounts.request_link(uow, email="vera@post.example")
    link = latest_link(runtime, Purpose.SIGN_IN)
    client.get(link)
    assert press(client, link) == HTTPStatus.OK
