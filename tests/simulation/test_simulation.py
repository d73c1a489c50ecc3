import tomllib
from pathlib import Path

import pytest

import leuvenhelpt.cities
from leuvenhelpt.domain.availability import is_quiet
from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.domain.profile import city_from
from leuvenhelpt.domain.rhythm import SPEAK_BEFORE, WARN_BEFORE
from leuvenhelpt.simulation.comparing import compare, lived, table
from leuvenhelpt.simulation.course import Course
from leuvenhelpt.simulation.measures import gini, measures
from leuvenhelpt.simulation.people import WEEK, town
from leuvenhelpt.simulation.policies import policies
from leuvenhelpt.simulation.scenario import NAMES, Scenario, scenario

DAYS = 10
SMALL = Scenario("small", volunteers=60, joining_a_day=1, requests_a_day=4, soon_share=0.4, willingness=0.4)


@pytest.fixture(scope="module")
def city() -> City:
    (profile,) = Path(leuvenhelpt.cities.__path__[0]).glob("*/profile.toml")
    return city_from(tomllib.loads(profile.read_text("utf-8")))


@pytest.fixture(scope="module")
def courses(city: City) -> dict[str, Course]:
    quiet = {"days": DAYS, "seed": 3, "progress": lambda _text: None}
    return {name: lived(city, SMALL, policy, **quiet) for name, policy in policies(3).items()}


def test_the_same_seed_gives_the_same_people_and_another_gives_others(city: City) -> None:
    assert town(city, SMALL, DAYS, 3) == town(city, SMALL, DAYS, 3)
    assert town(city, SMALL, DAYS, 3) != town(city, SMALL, DAYS, 4)


def test_a_run_can_be_repeated(city: City, courses: dict[str, Course]) -> None:
    again = lived(city, SMALL, policies(3)["ours"], days=DAYS, seed=3, progress=lambda _text: None)
    assert measures(again, DAYS) == measures(courses["ours"], DAYS)


def test_ours_keeps_to_what_people_said(courses: dict[str, Course]) -> None:
    for one in courses["ours"].volunteers.values():
        for number, moment in enumerate(one.asked_at):
            in_that_week = [other for other in one.asked_at[: number + 1] if other > moment - WEEK]
            assert len(in_that_week) <= one.max_asks_a_week
            assert not is_quiet(moment)


def test_ours_breaks_no_promise_in_silence_and_asks_fewer(courses: dict[str, Course]) -> None:
    figures = {name: measures(course, DAYS) for name, course in courses.items()}
    ours = figures["ours"]
    assert ours["promises_broken"] == 0
    assert figures["nearest-10"]["promises_broken"] != 0
    for rival in ("nearest-10", "broadcast", "random-10", "first-come"):
        assert ours["asks_per_solved"] < figures[rival]["asks_per_solved"] / 1.5
        assert ours["solved"] >= figures[rival]["solved"] * 0.9


def test_a_promise_is_warned_of_and_renewed_as_in_production(courses: dict[str, Course]) -> None:
    late = 0
    for case in courses["ours"].cases:
        first, solved_at = case.request.promised_by, case.solved_at
        if solved_at is None or solved_at > first - WARN_BEFORE:
            assert case.handed_at is not None
            assert case.handed_at <= first - WARN_BEFORE
        if solved_at is None or solved_at > first - SPEAK_BEFORE:
            late += 1
            assert case.promised_by > first
    assert late


def test_nobody_is_asked_twice_for_the_same(courses: dict[str, Course]) -> None:
    for course in courses.values():
        asks = sum(len(one.asked_at) for one in course.volunteers.values())
        assert asks == sum(len(case.asked) for case in course.cases)


def test_the_report_names_the_agreed_figures(city: City, tmp_path: Path) -> None:
    own = tmp_path / "village.toml"
    own.write_text(
        "volunteers = 20\njoining_a_day = 0\nrequests_a_day = 1\nsoon_share = 0\nwillingness = 0.5\n"
    )
    report = compare(city, str(own), ["ours", "hindsight"], days=3, seed=1)
    assert (report["scenario"], report["days"], report["seed"]) == ("village", 3, 1)
    assert set(report["policies"]["ours"]) == {
        "requests", "solved", "solved_by_promise", "handed_to_person", "promises_broken",
        "first_yes_median_h", "first_yes_p95_h", "asks_per_solved", "volunteers", "volunteers_asked_share",
        "asks_gini", "newcomer_first_ask_median_days", "km_mean", "solved_by_area",
    }  # fmt: skip
    assert "asks_per_solved" in table(report)


def test_each_scenario_can_be_read_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    assert [scenario(name).name for name in NAMES] == list(NAMES)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("volunteers = 3\nweather = 'fine'\n")
    with pytest.raises(ConfigurationError, match="weather"):
        scenario(str(wrong))
    with pytest.raises(ConfigurationError):
        scenario("nowhere")


def test_gini_of_known_shares() -> None:
    assert gini([1, 1, 1, 1]) == 0
    assert gini([0, 0, 0, 4]) == 0.75
    assert gini([]) == 0
