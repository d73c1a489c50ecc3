"""When many requests wait at once they are served together, each in a transaction of its own."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.messages import Candidate, Need
from leuvenhelpt.storage.models import HelpRequest, Match
from tests import make
from workers import pair as pairing_worker
from workers.pair import Kept, pair
from workers.reading import Reading


def asked(runtime: Runtime) -> dict[int, list[int]]:
    """By request, whom it asked."""
    with runtime.reading() as db:
        rows = db.execute(
            select(Match.help_request_id, Match.volunteer_id).where(Match.state == "asked")
        ).all()
    return {one: sorted(who for request, who in rows if request == one) for one, _ in rows}


def storm(runtime: Runtime, requests: int) -> list[int]:
    return [make.located_request(runtime, wanted_by=timedelta(days=6)) for _ in range(requests)]


def test_a_rare_helper_is_kept_for_whom_only_they_can_help(runtime: Runtime) -> None:
    rare = make.volunteer(runtime, languages=("nl", "tr"), max_asks_a_week=1)
    others = [make.volunteer(runtime, languages=("nl",), place=make.HERE) for _ in range(3)]
    dutch = make.located_request(runtime, languages=("nl",))
    turkish = make.located_request(runtime, languages=("tr",))
    pair(runtime)
    waves = asked(runtime)
    assert waves[turkish] == [rare]
    assert set(waves[dutch]) <= set(others)


def test_nobody_hears_of_two_at_once_while_others_have_time(runtime: Runtime) -> None:
    for _ in range(20):
        make.volunteer(runtime)
    requests = storm(runtime, 5)
    pair(runtime)
    waves = asked(runtime)
    assert sorted(waves) == requests
    flat = [who for wave in waves.values() for who in wave]
    assert len(flat) == len(set(flat))


def test_more_than_fit_in_one_go_are_served_and_the_weekly_limits_hold(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairing_worker, "TOGETHER", 4)
    people = [make.volunteer(runtime, max_asks_a_week=2) for _ in range(4)]
    storm(runtime, 10)
    assert pair(runtime) == 10
    asks = [who for wave in asked(runtime).values() for who in wave]
    assert {who: asks.count(who) for who in people} == dict.fromkeys(people, 2)


class Interrupted(Reading):
    """While the choice is being made, a resident turns out to speak another language."""

    def __init__(self, runtime: Runtime, request: int) -> None:
        super().__init__()
        self.runtime, self.request, self.asked = runtime, request, 0

    def sorted_by_words(
        self, need: Need, candidates: Sequence[Candidate], words: Mapping[int, str]
    ) -> list[Candidate]:
        self.asked += 1
        if self.asked == 1:
            with self.runtime.unit_of_work(make.RESIDENT) as uow:
                uow.session.get_one(HelpRequest, self.request).languages = ["uk"]  # nobody here speaks it
        return super().sorted_by_words(need, candidates, words)


def test_what_changed_since_the_choice_is_chosen_anew(runtime: Runtime) -> None:
    for _ in range(6):
        make.volunteer(runtime)
    first, second = storm(runtime, 2)
    reading = Interrupted(runtime, second)
    pair(runtime, Kept(reading=reading))
    assert sorted(asked(runtime)) == [first]
    assert reading.asked == 3  # both, and the second once more
