"""How probably somebody says yes: coefficients one can read, and a prior before there is any history."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, isfinite, log
from typing import Any

from leuvenhelpt.domain.messages import Need
from leuvenhelpt.matching.rules import Volunteer
from leuvenhelpt.matching.weights import PRIOR_ASKS, PRIOR_YES

FORMAT = "leuvenhelpt/yes/2"
FAR_KM = 20.0


def own_habit(said_yes: int, said_no: int) -> float:
    """The logit of one's own share of yes, drawn towards the prior."""
    share = (said_yes + PRIOR_ASKS * PRIOR_YES) / (said_yes + said_no + PRIOR_ASKS)
    return log(share / (1 - share))


def distance_feature(distance_km: float | None) -> float:
    """Kilometres, 0 for help from home, no more than FAR_KM."""
    return min(distance_km or 0.0, FAR_KM)


def way_feature(distance_km: float | None, reach_km: float) -> float:
    """The way as a share of how far they would go at most, from 0 to 1; 0 for help from home."""
    return min((distance_km or 0.0) / reach_km, 1.0) if reach_km > 0 else 0.0


def load_feature(asked_recently: int) -> float:
    """Asks in thirty days, no more than ten."""
    return float(min(asked_recently, 10))


def features(need: Need, volunteer: Volunteer) -> dict[str, float]:
    """What a yes may depend on: habit, way, load, hours, and whether they know each other.

    Never language, neighbourhood, words or vetting: they stand in for who somebody is.
    """
    return {
        "own_habit": own_habit(volunteer.said_yes, volunteer.said_no),
        "distance_km": distance_feature(volunteer.distance_km),
        "way_share": way_feature(volunteer.distance_km, volunteer.reach_km),
        "asked_recently": load_feature(volunteer.asked_recently),
        "shared_hours": (need.hours & volunteer.hours).bit_count() / max(need.hours.bit_count(), 1),
        "went_well": float(volunteer.volunteer_id in need.went_well_with),
        "is_newcomer": float(volunteer.is_newcomer),
    }


NAMES = (
    "own_habit", "distance_km", "way_share", "asked_recently", "shared_hours", "went_well", "is_newcomer",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One ask and how it ended: `features` as they were when it was asked; silence counts as no."""

    features: Mapping[str, float]
    said_yes: bool


@dataclass(frozen=True)
class YesModel:
    """A logistic regression one can read. `trained_on`: answers it learned from, 0 for the prior."""

    intercept: float
    coefficients: Mapping[str, float]
    trained_on: int = 0

    def probability(self, need: Need, volunteer: Volunteer) -> float:
        """That this volunteer says yes to this need when asked, from 0.02 to 0.95."""
        known = features(need, volunteer)
        logit = self.intercept + sum(weight * known[name] for name, weight in self.coefficients.items())
        return min(max(1 / (1 + exp(-min(max(logit, -20.0), 20.0))), 0.02), 0.95)

    def as_json(self) -> str:
        """The model as a text to store."""
        facts = {"format": FORMAT, "intercept": self.intercept, "trained_on": self.trained_on}
        return json.dumps(facts | {"coefficients": dict(self.coefficients)}, indent=1, sort_keys=True)


PRIOR = YesModel(0.2, {"own_habit": 1.0, "way_share": -0.5})
"""One's own history, drawn towards 0.35 as if one had answered four asks before; a little less at the edge of one's
reach than at the door, since a way costs time. A guess, until the city's own answers tell."""


class Misfit(ValueError):
    """A stored model does not fit this code; the prior serves."""


def _numbers(facts: Mapping[str, Any]) -> YesModel:
    weights = {str(name): float(weight) for name, weight in facts["coefficients"].items()}
    if set(weights) != set(NAMES):
        raise Misfit(f"the model knows {sorted(weights)}, the code {sorted(NAMES)}")
    if not all(map(isfinite, [*weights.values(), facts["intercept"]])):
        raise Misfit("a coefficient is not a number")
    return YesModel(float(facts["intercept"]), weights, int(facts["trained_on"]))


def usable(text: str) -> tuple[YesModel, str]:
    """The model of a stored text, and why it was refused; no text, or one that is refused, means the prior."""
    if not text:
        return PRIOR, ""
    try:
        return model_from(text), ""
    except Misfit as reason:
        return PRIOR, str(reason)


def model_from(text: str) -> YesModel:
    """The model of a stored text; Misfit says why it is refused."""
    try:
        facts = json.loads(text)
        if facts["format"] != FORMAT:
            raise Misfit(f"the model is written as {facts['format']}, the code reads {FORMAT}")
        return _numbers(facts)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise error if isinstance(error, Misfit) else Misfit(f"unreadable: {error!r}") from error
