"""Asked once more because the request changed: for what it is now, once, and only who may still want to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import end_of_day
from leuvenhelpt.domain.errors import Refused
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.domain.values import Located
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.services import changes, locating, matches, volunteers
from leuvenhelpt.storage.models import HelpRequest, JournalEntry, Match
from leuvenhelpt.storage.queries.offers import volunteer_offers
from leuvenhelpt.storage.queries.suitors import suitors
from tests import make
from workers.notify import notify
from workers.pair import pair


class Case:
    """Vera alone suits; An wants her groceries by Tuesday."""

    def __init__(self, runtime: Runtime, clock: SetClock) -> None:
        self.runtime, self.clock, self.start = runtime, clock, clock.now
        self.vera = make.volunteer(runtime)
        self.facts: dict[str, Any] = {"email": "an@post.example"} | self.by(4)
        self.request = make.located_request(runtime, **self.facts)
        pair(runtime)

    def by(self, days: int) -> dict[str, Any]:
        return {"timing": Timing.BEFORE, "wanted_by": end_of_day((self.start + timedelta(days=days)).date())}

    @property
    def match(self) -> Match:
        with self.runtime.reading() as db:
            return db.query(Match).one()

    def act(self, deed: Callable[..., None], **facts: object) -> None:
        self.clock.move(minutes=5)
        with self.runtime.unit_of_work(make.VOLUNTEER) as uow:
            deed(uow, self.match.id, **facts)

    def change(self, *, looks: bool = True, **facts: object) -> None:
        """An changes this; the address is looked for, and neighbours after it, unless nobody `looks`."""
        self.clock.move(minutes=5)
        self.facts |= facts
        with self.runtime.unit_of_work(make.RESIDENT) as uow:
            changes.change_help_request(uow, self.request, facts=make.ask_facts(**self.facts))
        if looks:
            self.look()

    def look(self) -> None:
        with self.runtime.unit_of_work(make.MACHINE) as uow:
            if uow.session.get_one(HelpRequest, self.request).state == "submitted":
                locating.record_help_request(uow, self.request, Located(make.HERE, 1.0, is_accepted=True))
        pair(self.runtime)

    def offer(self) -> VolunteerOffer:
        with self.runtime.reading() as db:
            return volunteer_offers(db, self.runtime.clock())[0]


@pytest.fixture
def case(runtime: Runtime, clock: SetClock) -> Case:
    return Case(runtime, clock)


def test_who_said_no_for_that_day_is_asked_for_another_and_hears_of_both(case: Case) -> None:
    notify(case.runtime)
    case.act(matches.decline, because="when")
    case.change(**case.by(7))
    match = case.match
    assert (match.state, match.declined_for, match.answered_at) == ("asked", "", None)
    assert match.asked_before_at is not None
    assert match.asked_at is not None
    assert match.asked_before_at < match.asked_at
    notify(case.runtime)
    first, again = [mail for mail in case.runtime.mailer.sent if "Kunt u helpen?" in mail.subject]  # type: ignore[attr-defined]
    assert "al eens" not in first.text
    said = " ".join(again.text.split())
    assert "Wij vroegen u dit al eens. Nu is het anders." in said
    assert "voor: ten laatste zaterdag 28 november. Nu is het: ten laatste dinsdag 1 december." in said
    assert "al eens" in again.html
    assert first.message_id != again.message_id


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ({}, {"address": "Tiensestraat 8"}),
        ({}, {"kind": "dog"}),
        ({"because": "where"}, {"address": "Tiensestraat 8"}),
        (None, {"kind": "dog"}),
    ],
)
def test_another_place_or_kind_counts_too_and_so_does_silence(
    case: Case, answer: dict[str, str] | None, facts: dict[str, str]
) -> None:
    if answer is None:
        case.clock.now = case.match.lapses_at
        case.act(matches.lapse)
    else:
        case.act(matches.decline, **answer)
    case.change(**facts)
    assert (case.match.state, case.match.asked_before_at is None) == ("asked", False)


def test_an_ask_that_was_taken_back_by_the_change_is_made_anew(case: Case) -> None:
    case.change(**case.by(7))
    assert case.match.state == "asked"
    assert case.match.asked_before_at is not None


@pytest.mark.parametrize(
    ("answer", "facts"),
    [
        ({"because": "other"}, {"kind": "dog"}),
        ({"remark": "Liever niet meer."}, {"kind": "dog"}),
        ({"because": "when"}, {"address": "Tiensestraat 8"}),
        ({}, {"words": "Brood, en ook kaas."}),
        ({}, {}),
    ],
)
def test_a_reason_that_still_holds_is_heeded_and_so_is_a_change_of_nothing(
    case: Case, answer: dict[str, str], facts: dict[str, str]
) -> None:
    case.act(matches.decline, **answer)
    case.change(**facts)
    assert (case.match.state, case.match.asked_before_at) == ("declined", None)


def test_without_a_change_nobody_is_asked_again(case: Case) -> None:
    case.act(matches.decline)
    with case.runtime.unit_of_work(make.MACHINE) as uow:
        matches.look_again(uow, case.request)
    case.look()
    assert case.match.state == "declined"


def test_changed_back_it_is_the_same_help(case: Case) -> None:
    case.act(matches.decline)
    case.change(looks=False, **case.by(7))
    case.change(**case.by(4))
    assert case.match.state == "declined"


def test_changed_back_before_they_were_asked_anew_a_no_still_holds(case: Case) -> None:
    case.act(matches.decline)
    with case.runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.vet(uow, case.vera, level=2, reason="kennismaking")
    case.change(kind="company")
    assert case.match.state == "proposed"
    case.change(kind="groceries")
    assert case.match.state == "cancelled"


def test_changed_twice_there_is_no_third_ask(case: Case) -> None:
    case.act(matches.decline)
    case.change(**case.by(7))
    case.act(matches.decline)
    case.change(**case.by(9))
    assert case.match.state == "declined"
    case.change(kind="dog")
    assert case.match.state == "declined"


def test_who_was_asked_for_the_new_facts_is_not_asked_for_the_same_again(
    case: Case, runtime: Runtime
) -> None:
    """Wim came after the change and said no to what it is now."""
    case.act(matches.decline, because="other")
    case.change(**case.by(7))
    wim = make.volunteer(runtime)
    with runtime.unit_of_work(make.MACHINE) as uow:
        matches.look_again(uow, case.request)
    case.clock.move(minutes=5)
    case.look()
    with runtime.reading() as db:
        asked = db.query(Match).filter_by(volunteer_id=wim).one().id
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        matches.decline(uow, asked)
    case.look()
    assert make.row_of(runtime, Match, asked).state == "declined"


def test_the_limit_of_a_week_counts_both_asks(runtime: Runtime, clock: SetClock) -> None:
    case = Case(runtime, clock)
    before = case.offer()
    case.act(matches.decline)
    case.change(**case.by(7))
    assert (before.asks_left - case.offer().asks_left, case.offer().asked_recently) == (1, 2)
    with runtime.reading() as db:
        assert suitors(db, case.request, runtime.city, clock.now)[0].asked_this_month == 2
    clock.move(days=7, minutes=-5)
    assert case.offer().asks_left == 6
    clock.move(days=1)
    assert case.offer().asks_left == 7


def test_who_has_no_ask_left_this_week_is_not_asked_again(runtime: Runtime, clock: SetClock) -> None:
    case = Case(runtime, clock)
    with runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.change(uow, case.vera, facts=make.offer_facts(max_asks_a_week=1), reader_language="nl")
    case.act(matches.decline)
    case.change(**case.by(7))
    assert case.match.state == "declined"


def test_an_old_yes_is_no_yes_to_what_it_became(case: Case) -> None:
    old = case.match.wave
    case.change(**case.by(7))
    for deed in (matches.accept, matches.decline):
        with pytest.raises(Refused, match="asked_anew"):
            case.act(deed, wave=old)
    assert case.match.state == "asked"
    case.act(matches.accept, wave=case.match.wave)
    assert case.match.state == "accepted"


def test_who_falls_off_the_list_again_keeps_their_history_and_their_chance(case: Case) -> None:
    """A kind that coordinators ask for themselves: proposed anew, then paused, then back."""
    case.act(matches.decline, because="when")
    with case.runtime.unit_of_work(make.MACHINE) as uow:
        volunteers.vet(uow, case.vera, level=2, reason="kennismaking")
    case.change(kind="company", **case.by(7))
    assert (case.match.state, case.match.asked_before_at, case.match.answered_at) == ("proposed", None, None)
    for step, state in (("pause", "cancelled"), ("resume", "proposed")):
        with case.runtime.unit_of_work(make.MACHINE) as uow:
            getattr(volunteers, step)(uow, case.vera, **({"until": None} if step == "pause" else {}))
            matches.look_again(uow, case.request)
        case.look()
        assert case.match.state == state
    with case.runtime.reading() as db:
        steps = [
            row.step for row in db.query(JournalEntry).filter_by(subject="match").order_by(JournalEntry.id)
        ]
    assert steps == ["ask", "decline", "renew", "cancel", "renew"]
    assert [reason["rule"] for reason in case.match.reasons][-1] == "asked_before"


def test_an_ask_taken_back_by_a_change_of_words_is_made_once_more(case: Case) -> None:
    case.change(words="Brood, en ook kaas.")
    assert (case.match.state, case.match.asked_before_at is None) == ("asked", False)
    case.change(words="Alleen kaas.")
    assert case.match.state == "cancelled"
