"""Policies side by side on the same people and the same luck."""

from collections.abc import Callable, Sequence
from typing import Any

from leuvenhelpt.domain.city import City
from leuvenhelpt.simulation.course import Course
from leuvenhelpt.simulation.measures import Figures, by_area, measures
from leuvenhelpt.simulation.nature import Nature
from leuvenhelpt.simulation.people import town
from leuvenhelpt.simulation.policies import Policy, policies
from leuvenhelpt.simulation.scenario import Scenario, scenario

Report = dict[str, Any]
Progress = Callable[[str], None]


def lived(city: City, which: Scenario, policy: Policy, *, days: int, seed: int, progress: Progress) -> Course:
    """The course of one policy; `progress` hears a line a day."""
    course = Course(town(city, which, days, seed), city, Nature(which, seed), policy)
    course.run(days, lambda day: progress(f"{policy.name}: day {min(day + 1, days)} of {days}   "))
    return course


def compare(
    city: City,
    scenario_name: str,
    names: Sequence[str],
    *,
    days: int,
    seed: int,
    progress: Progress = lambda _text: None,
) -> Report:
    """The figures of some policies in one scenario; ConfigurationError for a scenario that cannot be read."""
    which, known = scenario(scenario_name), policies(seed)
    figures: dict[str, Figures | dict[str, Any]] = {}
    for name in names:
        course = lived(city, which, known[name], days=days, seed=seed, progress=progress)
        figures[name] = {**measures(course, days), "solved_by_area": by_area(course)}
    return {"scenario": which.name, "seed": seed, "days": days, "policies": figures}


def table(report: Report) -> str:
    """The report as a table: a row a figure, a column a policy."""
    columns: dict[str, Figures] = report["policies"]
    rows = [name for name in next(iter(columns.values())) if name != "solved_by_area"]
    head = f"{report['scenario']}, {report['days']} days, seed {report['seed']}"
    lines = [head, " " * 32 + "".join(f"{name:>12}" for name in columns)]
    lines += [f"{row:<32}" + "".join(f"{_shown(one[row]):>12}" for one in columns.values()) for row in rows]
    return "\n".join(lines)


def _shown(figure: float | int | None) -> str:
    return "–" if figure is None else f"{figure:g}"
