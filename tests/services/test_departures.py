"""A volunteer leaves or is blocked: nothing asked stays open, nothing promised stays unkept in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.services import accounts, matches, volunteers
from leuvenhelpt.storage.models import Account, HelpRequest, Match
from leuvenhelpt.storage.queries.accounts import signed_in
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from tests import make
from tests.make import VOLUNTEER


def leave(uow: UnitOfWork, volunteer_id: int) -> None:
    volunteers.leave(uow, volunteer_id)


def block(uow: UnitOfWork, volunteer_id: int) -> None:
    volunteers.block(uow, volunteer_id, reason="Vroeg iemand om geld.")


@pytest.fixture(params=[leave, block])
def go(request: pytest.FixtureRequest, runtime: Runtime) -> Callable[[int], None]:
    """The volunteer goes, either way."""

    def going(volunteer_id: int) -> None:
        with runtime.unit_of_work(VOLUNTEER) as uow:
            request.param(uow, volunteer_id)

    return going


def states(runtime: Runtime, match_id: int) -> tuple[str, str]:
    """Of a match, and of its help request."""
    match = make.row_of(runtime, Match, match_id)
    return match.state, make.row_of(runtime, HelpRequest, match.help_request_id).state


def test_what_was_asked_is_taken_back_and_somebody_else_is_looked_for(
    runtime: Runtime, go: Callable[[int], None]
) -> None:
    vera = make.volunteer(runtime)
    match_id = make.asked_match(runtime, volunteer_id=vera)
    go(vera)
    assert states(runtime, match_id) == ("cancelled", "open")
    request = make.row_of(runtime, Match, match_id).help_request_id
    assert make.row_of(runtime, HelpRequest, request).look_at == runtime.clock()
    assert make.notifications(runtime, "ask_cancelled") == []
    with pytest.raises(Refused, match="too_late"), runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)


def test_what_was_promised_opens_again_and_the_resident_hears(
    runtime: Runtime, go: Callable[[int], None]
) -> None:
    vera = make.volunteer(runtime)
    found = [make.accepted_match(runtime, volunteer_id=vera) for _ in range(2)]
    go(vera)
    assert [states(runtime, match_id) for match_id in found] == [("dropped", "open")] * 2
    assert len(make.notifications(runtime, "request_reopened")) == 2


def test_what_is_over_stays_as_it_was(runtime: Runtime, go: Callable[[int], None]) -> None:
    vera = make.volunteer(runtime)
    match_id = make.done_match(runtime, volunteer_id=vera)
    go(vera)
    assert states(runtime, match_id) == ("done", "done")


def test_who_is_on_a_shortlist_cannot_be_asked_any_more(runtime: Runtime, go: Callable[[int], None]) -> None:
    vera = make.volunteer(runtime)
    (match_id,) = make.shortlist(runtime, make.located_request(runtime), [vera], wave_size=0)
    go(vera)
    assert states(runtime, match_id) == ("cancelled", "open")


def test_blocking_ends_every_session(runtime: Runtime) -> None:
    vera = make.volunteer(runtime)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        account = uow.session.scalars(select(Account).where(Account.volunteer_id == vera)).one()
        token_hash = accounts.hash_token(accounts.sign_in(uow, account.id))
    with runtime.reading() as db:
        assert signed_in(db, token_hash, runtime.clock()) is not None
    with runtime.unit_of_work(VOLUNTEER) as uow:
        block(uow, vera)
    with runtime.reading() as db:
        assert signed_in(db, token_hash, runtime.clock()) is None
