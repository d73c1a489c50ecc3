"""Mail goes out a few at a time: whatever happens to one of them, or to the worker, none is lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from time import sleep

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import at_brussels, is_quiet
from leuvenhelpt.domain.errors import PermanentFailure, TemporaryFailure
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.mailer import SEND_WITHIN_S, Line, RememberedMail
from leuvenhelpt.services import pairing, volunteers
from leuvenhelpt.storage.models import HelpRequest, JournalEntry, Match
from tests import make
from tests.services.test_concerns import reported
from tests.services.test_pairing import troubles
from workers import notify as sending
from workers.notify import AT_ONCE, BEGIN_WITHIN_S, notify


class Post(RememberedMail):
    """Remembers what was sent; after each mail something may happen. Counts its lines."""

    def __init__(self, then: Callable[[Email], object] = lambda _email: None) -> None:
        super().__init__()
        self.then, self.lines = then, 0

    @contextmanager
    def open(self) -> Iterator[Line]:
        self.lines += 1
        yield self

    def send(self, email: Email) -> None:
        super().send(email)
        self.then(email)

    @property
    def times(self) -> list[int]:
        """How often each message went out."""
        return sorted(Counter(email.message_id for email in self.sent).values())


def waiting(runtime: Runtime, count: int, post: Post) -> Runtime:
    """A runtime with this mailer, in which so many residents wait for their confirmation."""
    for _ in range(count):
        make.help_request(runtime)
    return replace(runtime, mailer=post)


def states(runtime: Runtime) -> list[tuple[str, int]]:
    return sorted((told.state, told.attempts) for told in make.notifications(runtime))


def test_a_few_share_a_line_and_each_goes_out_once(runtime: Runtime) -> None:
    post = Post()
    runtime = waiting(runtime, 12, post)
    assert notify(runtime) == 12
    assert post.times == [1] * 12
    assert post.lines == 3
    assert states(runtime) == [("sent", 0)] * 12
    with runtime.reading() as db:
        steps = Counter(line.step for line in db.query(JournalEntry).filter_by(subject="notification"))
    assert steps == {"start": 12, "send": 12}


def test_who_dies_in_the_middle_leaves_nothing_unsent_and_repeats_a_few_at_most(
    runtime: Runtime, clock: SetClock
) -> None:
    def die(_email: Email) -> None:
        if len(post.sent) == AT_ONCE + 3:
            raise KeyboardInterrupt

    post = Post(die)
    runtime = waiting(runtime, 12, post)
    with pytest.raises(KeyboardInterrupt):
        notify(runtime)
    notify(runtime)
    # They may be on their way: nobody touches them yet.
    assert states(runtime).count(("sending", 0)) == AT_ONCE
    clock.move(minutes=1)
    notify(runtime)
    assert states(runtime) == [("sent", 0)] * 12
    assert post.times == [1] * 9 + [2] * 3


def test_a_mail_that_takes_as_long_as_it_may_is_not_sent_by_another_meanwhile(
    runtime: Runtime, clock: SetClock
) -> None:
    def dawdle(_email: Email) -> None:
        clock.move(minutes=(BEGIN_WITHIN_S + SEND_WITHIN_S) / 60)
        assert notify(runtime) == 0

    post = Post(dawdle)
    runtime = waiting(runtime, 1, post)
    notify(runtime)
    assert post.times == [1]


def test_what_was_not_begun_in_time_is_let_go_and_sent_next(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BEGIN_WITHIN_S", 0.2)
    post = Post(lambda _email: sleep(0.3))
    runtime = waiting(runtime, 3, post)
    notify(runtime)
    assert post.times == [1] * 3
    assert post.lines >= 3  # more where the machine is slow to claim
    assert states(runtime) == [("sent", 0)] * 3


@pytest.mark.parametrize(
    ("failure", "left"),
    [(TemporaryFailure("smtp 450"), ("queued", 2)), (PermanentFailure("smtp 550"), ("undeliverable", 0))],
)
def test_one_that_fails_does_not_stop_the_others(
    runtime: Runtime, failure: Exception, left: tuple[str, int]
) -> None:
    def refuse(email: Email) -> None:
        if email.to == unlucky:
            raise failure

    runtime = waiting(runtime, 3, Post(refuse))
    unlucky = make.row_of(runtime, make.HelpRequest, make.notifications(runtime)[1].help_request_id).email
    notify(runtime)
    assert states(runtime) == sorted([("sent", 0), left, ("sent", 0)])
    assert troubles(runtime) == (["undeliverable"] if left[0] == "undeliverable" else [])


def test_a_server_that_does_not_answer_costs_everybody_one_attempt(runtime: Runtime, clock: SetClock) -> None:
    class Away(Post):
        @contextmanager
        def open(self) -> Iterator[Line]:
            raise TemporaryFailure("ConnectionRefusedError")
            yield self

    there = waiting(runtime, 3, Post())
    notify(replace(there, mailer=Away()))
    assert states(runtime) == [("queued", 2)] * 3  # at once, and then not before half a minute
    clock.move(minutes=1)
    notify(there)
    assert states(runtime) == [("sent", 2)] * 3


def test_an_ask_that_was_held_up_does_not_disturb_anybody_at_night(runtime: Runtime, clock: SetClock) -> None:
    post = Post()
    clock.now = at_brussels(date(2026, 11, 24), time(20, 30))
    make.asked_match(runtime)
    clock.now = at_brussels(date(2026, 11, 25), time(2))
    notify(replace(runtime, mailer=post))
    assert [told.state for told in make.notifications(runtime, "ask")] == ["queued"]
    assert len(post.sent) == len(make.notifications(runtime)) - 1  # what is no ask went out
    assert notify(replace(runtime, mailer=post)) == 0
    clock.now = at_brussels(date(2026, 11, 25), time(8))
    notify(replace(runtime, mailer=post))
    assert [told.state for told in make.notifications(runtime, "ask")] == ["sent"]


def test_an_ask_that_fails_before_the_night_is_tried_again_after_it(
    runtime: Runtime, clock: SetClock
) -> None:
    def fail(_email: Email) -> None:
        raise TemporaryFailure("away")

    clock.now = at_brussels(date(2026, 11, 24), time(20, 59, 50))
    make.asked_match(runtime)
    for moment in (clock.now, at_brussels(date(2026, 11, 25), time(8))):
        clock.now = moment
        notify(replace(runtime, mailer=Post(fail)))
        (ask,) = make.notifications(runtime, "ask")
        assert ask.state == "queued"
        assert not is_quiet(ask.look_at)  # type: ignore[arg-type]


def test_who_is_asked_by_hand_at_night_reads_it_in_the_morning(runtime: Runtime, clock: SetClock) -> None:
    request = make.located_request(runtime, kind="company", wanted_by=timedelta(days=9))
    (match_id,) = make.shortlist(runtime, request, [make.volunteer(runtime, vetting=2)])
    clock.now = at_brussels(date(2026, 11, 24), time(23))
    with runtime.unit_of_work(make.MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=[match_id])
    (ask,) = make.notifications(runtime, "ask")
    assert ask.look_at == at_brussels(date(2026, 11, 25), time(8))


def pausing(runtime: Runtime, volunteer: int, _request: int, _elsewhere: int) -> None:
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        volunteers.pause(uow, volunteer, until=None)


def worrying_about_it(runtime: Runtime, _volunteer: int, request: int, _elsewhere: int) -> None:
    reported(runtime, request)


def worrying_about_them(runtime: Runtime, _volunteer: int, _request: int, elsewhere: int) -> None:
    reported(runtime, elsewhere)


@pytest.mark.parametrize("deed", [pausing, worrying_about_it, worrying_about_them])
def test_who_may_not_be_asked_by_the_morning_is_not(
    runtime: Runtime, clock: SetClock, deed: Callable[[Runtime, int, int, int], None]
) -> None:
    volunteer, post = make.volunteer(runtime), Post()
    elsewhere, request = make.located_request(runtime), make.located_request(runtime, kind="company")
    make.accepted_match(runtime, elsewhere, volunteer)
    clock.move(hours=13)
    asked = make.shortlist(runtime, request, [volunteer])
    with runtime.unit_of_work(make.MACHINE) as uow:
        pairing.ask_by_hand(uow, request, match_ids=asked)
    notify(replace(runtime, mailer=Post()))
    deed(runtime, volunteer, request, elsewhere)
    clock.move(hours=10)
    notify(replace(runtime, mailer=post))
    assert [email.subject for email in post.sent] == []
    assert [told.state for told in make.notifications(runtime, "ask")][-1] == "suppressed"
    # Nobody waits for an answer to what was never said.
    assert make.row_of(runtime, Match, asked[0]).state == "cancelled"
    assert make.row_of(runtime, HelpRequest, request).look_at == clock.now
