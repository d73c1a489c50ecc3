"""What a course came to, in the figures by which policies are compared."""

from collections.abc import Iterable
from datetime import timedelta

import numpy as np

from leuvenhelpt.simulation.course import Case, Course
from leuvenhelpt.simulation.people import MONTH, START, Volunteer

Figures = dict[str, float | int | None]


def gini(amounts: Iterable[float]) -> float:
    """How unequally something is shared: 0 if all have as much, near 1 if one has all."""
    sorted_amounts = np.sort(np.array(list(amounts), np.float64))
    count, total = len(sorted_amounts), sorted_amounts.sum()
    if not count or not total:
        return 0.0
    ranks = np.arange(1, count + 1)
    return float((2 * ranks - count - 1) @ sorted_amounts / (count * total))


def _hours(cases: Iterable[Case]) -> list[float]:
    return [
        (case.solved_at - case.request.asked_at).total_seconds() / 3600 for case in cases if case.solved_at
    ]


def _rounded(number: float, digits: int = 3) -> float | None:
    return None if np.isnan(number) or np.isinf(number) else round(float(number), digits)


def _quantile(numbers: list[float], share: float) -> float | None:
    return _rounded(float(np.quantile(numbers, share)), 2) if numbers else None


def _first_ask_days(newcomers: list[Volunteer]) -> float | None:
    """Half of those who joined were asked within so many days; None if fewer than half were asked at all."""
    waited = [
        (one.asked_at[0] - one.since) / timedelta(days=1) if one.asked_at else np.inf for one in newcomers
    ]
    return _rounded(float(np.sort(waited)[len(waited) // 2]), 1) if waited else None


def _broken(case: Case) -> bool:
    """Nobody by the promised time, and no person told before it."""
    promise = case.request.promised_by
    return not any(moment and moment <= promise for moment in (case.solved_at, case.handed_at))


def measures(course: Course, days: int) -> Figures:
    """The figures of a course; shares from 0 to 1, `..._h` in hours by the clock."""
    cases, people, end = course.cases, list(course.volunteers.values()), START + timedelta(days=days)
    solved = [case for case in cases if case.solved_at]
    asks = sum(len(one.asked_at) for one in people)
    lately = sum(1 for one in people if one.asked_since(end - MONTH))
    kilometres = [case.solved_km for case in solved if case.solved_km is not None]
    return {
        "requests": len(cases),
        "solved": len(solved),
        "solved_by_promise": sum(
            case.solved_at <= case.request.promised_by for case in solved if case.solved_at
        ),
        "handed_to_person": sum(case.handed_at is not None for case in cases),
        "promises_broken": sum(_broken(case) for case in cases),
        "first_yes_median_h": _quantile(_hours(solved), 0.5),
        "first_yes_p95_h": _quantile(_hours(solved), 0.95),
        "asks_per_solved": _rounded(asks / len(solved), 2) if solved else None,
        "volunteers": len(people),
        "volunteers_asked_share": _rounded(lately / max(len(people), 1)),
        "asks_gini": _rounded(gini(len(one.asked_at) for one in people)),
        "newcomer_first_ask_median_days": _first_ask_days([one for one in people if one.since > START]),
        "km_mean": _rounded(float(np.mean(kilometres)), 2) if kilometres else None,
    }


def by_area(course: Course) -> dict[str, float | None]:
    """The share solved in each neighbourhood."""
    areas = sorted({case.request.need.area for case in course.cases})
    found = {
        area: [c.solved_at is not None for c in course.cases if c.request.need.area == area] for area in areas
    }
    return {area: _rounded(float(np.mean(solved))) for area, solved in found.items()}
