"""A city as it was against the same city changed: the same luck, the code of production, two courses."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.what_if import Base, Certainty, Change, LastYear
from leuvenhelpt.matching.waves import WORTH
from leuvenhelpt.simulation.course import Course
from leuvenhelpt.simulation.measures import by_area, measures
from leuvenhelpt.simulation.nature import Nature
from leuvenhelpt.simulation.own_people import Answers, Counted, own_scenario
from leuvenhelpt.simulation.people import Drawing, Invented, Town, requests_of, volunteers_of
from leuvenhelpt.simulation.policies import ours
from leuvenhelpt.simulation.scenario import Scenario, scenario

INVENTED = "normal-year"
WORTHS = {Certainty.LESS: 5.0, Certainty.AS_NOW: WORTH, Certainty.MORE: 14.0}
SEED = 1
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Beginning:
    """What a trial begins with: the figures of a city, and how its people are drawn.

    `knows_answers`: whether how willing they are comes from what neighbours of this city answered.
    """

    base: Base
    scenario: Scenario
    year: LastYear | None = None
    knows_answers: bool = False

    def town(self, city: City, which: Scenario, days: int) -> Town:
        """The people. More volunteers leave the requests as they are, and more requests the volunteers."""
        draw: Drawing = Counted(city, which, self.year) if self.year else Invented(city, which)
        luck = [random.Random(f"{which.name}:{SEED}:{what}") for what in ("volunteers", "requests")]
        return Town(volunteers_of(draw, which, days, luck[0]), requests_of(draw, which, days, luck[1]))


def beginning(year: LastYear, answers: Answers | None) -> Beginning:
    """The city's own year if it says enough, else an invented one."""
    invented = scenario(INVENTED)
    if not year.history.is_enough:
        return Beginning(Base.INVENTED, invented)
    return Beginning(Base.OWN_YEAR, own_scenario(year, answers, invented), year, answers is not None)


def changed(which: Scenario, change: Change) -> Scenario:
    """The figures of a city with so many times the volunteers and the requests."""
    return replace(
        which,
        volunteers=round(which.volunteers * change.volunteers),
        joining_a_day=which.joining_a_day * change.volunteers,
        requests_a_day=which.requests_a_day * change.requests,
    )


def try_out(city: City, begins: Beginning, change: Change, progress: Progress) -> dict[str, Any]:
    """The figures of both courses, `today` and `changed`; `progress` hears the share that is done, each day."""
    sides = {
        "today": (begins.scenario, WORTH),
        "changed": (changed(begins.scenario, change), WORTHS[change.certainty]),
    }
    found: dict[str, Any] = {"base": begins.base, "knows_answers": begins.knows_answers}
    for number, (name, (which, worth)) in enumerate(sides.items()):

        def lived_to(day: int, before: int = number) -> None:
            progress((before + min(day / change.days, 1.0)) / len(sides))

        town = begins.town(city, which, change.days)
        course = Course(town, city, Nature(which, SEED), ours(worth=worth))
        course.run(change.days, lived_to)
        found[name] = {**measures(course, change.days), "solved_by_area": by_area(course)}
    return found
