"""A wish for a woman or a man puts in order: those who grant it are asked first, the others after them."""

from dataclasses import fields, replace
from datetime import timedelta

from leuvenhelpt.domain.messages import PastAsk, VolunteerOffer
from leuvenhelpt.matching.choosing import Choice, Chooser, Search
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.rules import Volunteer
from tests.matching.cities import NOW
from tests.matching.test_pool import AN, vera

MORNING = NOW + timedelta(hours=9)
GENDERS = {50: "woman", 51: "woman", 52: "other", 1: "man"}


def chosen(wish: str, places: int = 1, genders: dict[int, str] | None = None, hours: float = 4) -> Choice:
    """Sixty who suit equally but for their number; all that is known of them besides is `genders`."""
    pool = Pool.from_offers([vera(number) for number in range(1, 61)], NOW)
    need = replace(AN, gender_wish=wish, places_open=places)
    search = Search(need, MORNING + timedelta(hours=hours), {})
    return Chooser(genders=GENDERS if genders is None else genders).choose(pool, search, MORNING)


def numbers(choice: Choice) -> list[int]:
    return [one.volunteer_id for one in choice.candidates]


def test_those_who_grant_it_come_first_also_from_far_down_the_list_and_nobody_is_left_out() -> None:
    assert numbers(chosen("woman")) == [50, 51, *range(1, 9)]
    assert numbers(chosen("man")) == list(range(1, 11))
    assert numbers(chosen("")) == list(range(1, 11))
    assert numbers(chosen("woman", genders={})) == list(range(1, 11))


def test_who_does_not_grant_it_is_not_asked_beside_who_does() -> None:
    assert chosen("", places=3).plan.ask_now > 2
    assert chosen("woman", places=3).plan.ask_now == 2
    assert chosen("woman", places=3, hours=0.5).plan.ask_now > 2  # too late for the others to follow
    assert chosen("woman", places=3, genders={}).plan.ask_now > 2


def test_the_reason_stands_with_who_grants_it_alone() -> None:
    found = {one.volunteer_id: [why.rule for why in one.reasons] for one in chosen("woman").candidates}
    assert [number for number, rules in found.items() if "gender_wish" in rules] == [50, 51]


def test_a_yes_is_as_probable_whoever_wishes_whom() -> None:
    """Nothing that a chance of a yes is reckoned or learned from knows of it."""
    pool = Pool.from_offers([vera(1, said_yes=3), vera(50, said_no=2)], NOW)
    wished = pool.yes_probabilities(replace(AN, gender_wish="woman"), [1, 50])
    assert wished == pool.yes_probabilities(AN, [1, 50])
    known = {field.name for facts in (VolunteerOffer, PastAsk) for field in fields(facts)} | set(
        Volunteer._fields
    )
    assert not {name for name in known if "gender" in name}
