"""Whom to ask now: for one as the pool says and the chance of a yes; for many so that all are served."""

from dataclasses import replace
from datetime import timedelta

from leuvenhelpt.domain.messages import Candidate, Need
from leuvenhelpt.matching.choosing import Choice, Chooser, Search
from leuvenhelpt.matching.pool import Pool
from tests.matching.cities import NOW
from tests.matching.test_pool import AN, vera

MORNING = NOW + timedelta(hours=9)


def search(number: int, **changes: object) -> Search:
    return Search(replace(AN, help_request_id=number, **changes), MORNING + timedelta(hours=4), {})


def asked(choice: Choice) -> list[int]:
    return [one.volunteer_id for one in choice.candidates[: choice.plan.ask_now]]


def test_who_probably_says_yes_comes_first() -> None:
    pool = Pool.from_offers([vera(1, said_no=6), vera(2), vera(3, said_yes=4)], NOW)
    choice = Chooser().choose(pool, search(1), MORNING)
    assert [one.volunteer_id for one in choice.candidates] == [3, 2, 1]


def test_a_rare_helper_is_kept_for_whom_only_they_can_help() -> None:
    """Only 1 speaks Arabic, and is also the best for those who speak Turkish."""
    everywhere = frozenset({"nl", "tr", "ar"})
    people = [vera(1, languages=everywhere, said_yes=9), *(vera(number) for number in range(2, 12))]
    pool = Pool.from_offers(people, NOW)
    turkish, arabic = search(1), search(2, languages=frozenset({"ar"}))
    assert 1 in asked(Chooser().choose(pool, turkish, MORNING))
    first, second = Chooser().choose_together(pool, [turkish, arabic], MORNING)
    assert asked(second) == [1]
    assert 1 not in asked(first)
    assert asked(first)


def test_nobody_is_asked_by_two_at_the_same_time_while_there_are_others() -> None:
    pool = Pool.from_offers([vera(number, said_yes=number) for number in range(1, 41)], NOW)
    waves = [asked(one) for one in Chooser().choose_together(pool, [search(n) for n in range(8)], MORNING)]
    flat = [number for wave in waves for number in wave]
    assert all(waves)
    assert len(flat) == len(set(flat))


def test_where_there_are_too_few_the_weekly_limit_decides_and_nobody_waits_for_nothing() -> None:
    pool = Pool.from_offers([vera(1, asks_left=1), vera(2, asks_left=3)], NOW)
    waves = [asked(one) for one in Chooser().choose_together(pool, [search(n) for n in range(4)], MORNING)]
    assert all(len(wave) == 1 for wave in waves)
    assert sum(wave == [2] for wave in waves) == 3


def test_more_are_asked_when_not_a_promise_but_the_help_itself_is_at_stake() -> None:
    pool = Pool.from_offers([vera(number) for number in range(1, 30)], NOW)
    one = search(1, wanted_by=MORNING + timedelta(days=2))
    at_last = replace(one, need=replace(one.need, wanted_by=one.deadline))
    promised, itself = (Chooser().choose(pool, each, MORNING).plan for each in (one, at_last))
    assert itself.ask_now > promised.ask_now
    assert itself.chance > promised.chance


def test_one_alone_is_chosen_as_by_itself_and_none_for_none() -> None:
    pool = Pool.from_offers([vera(number) for number in range(1, 6)], NOW)
    chooser = Chooser()
    assert chooser.choose_together(pool, [search(1)], MORNING) == [chooser.choose(pool, search(1), MORNING)]
    assert chooser.choose_together(pool, [], MORNING) == []
    lonely = search(2, kind="unheard of")
    assert [len(one.candidates) for one in chooser.choose_together(pool, [lonely, search(1)], MORNING)] == [
        0,
        5,
    ]


def test_what_reads_words_has_its_say() -> None:
    def lifts_two(_need: Need, found: list[Candidate]) -> list[Candidate]:
        return [replace(one, score=one.score + (one.volunteer_id == 2)) for one in found]

    pool = Pool.from_offers([vera(1), vera(2)], NOW)
    choice = Chooser(read=lifts_two).choose(pool, search(1), MORNING)
    assert [one.volunteer_id for one in choice.candidates] == [2, 1]
