"""Learning how probably somebody says yes; web never comes here, since scikit-learn is slow to load."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from leuvenhelpt.matching.history import FEWEST_ANSWERS
from leuvenhelpt.matching.yes import NAMES, Answer, YesModel

LATER_SHARE = 0.25
WELL_CALIBRATED = 0.08

Table = npt.NDArray[np.float64]


class TrialFigures(TypedDict):
    """A trial as it is stored: the model as readable text, and how it was judged."""

    model: str
    trained_on: int
    loss: float
    old_loss: float
    calibration_gap: float
    is_better: bool


@dataclass(frozen=True)
class Trial:
    """A new model against the old one on later answers; `calibration_gap`: mean miss of predicted shares."""

    model: YesModel
    loss: float
    old_loss: float
    calibration_gap: float

    @property
    def is_better(self) -> bool:
        """Whether to use it from now on."""
        return self.loss < self.old_loss and self.calibration_gap <= WELL_CALIBRATED

    @property
    def figures(self) -> TrialFigures:
        """What to keep of it."""
        return {
            "model": self.model.as_json(),
            "trained_on": self.model.trained_on,
            "loss": self.loss,
            "old_loss": self.old_loss,
            "calibration_gap": self.calibration_gap,
            "is_better": self.is_better,
        }


def _table(answers: Sequence[Answer]) -> tuple[Table, Table]:
    rows = [[answer.features[name] for name in NAMES] for answer in answers]
    return np.array(rows, np.float64), np.array([answer.said_yes for answer in answers], np.float64)


def predictions(model: YesModel, answers: Sequence[Answer]) -> Table:
    """What a model would have said before each answer."""
    table, _ = _table(answers)
    weights = np.array([model.coefficients.get(name, 0.0) for name in NAMES])
    chances = 1 / (1 + np.exp(-np.clip(table @ weights + model.intercept, -20, 20)))
    return np.asarray(np.clip(chances, 0.02, 0.95))


def calibration_gap(chances: Table, said_yes: Table, groups: int = 5) -> float:
    """Predicted against true share of yes, in groups of about equal size, averaged."""
    order = np.array_split(np.argsort(chances), groups)
    misses = [abs(chances[group].mean() - said_yes[group].mean()) for group in order if len(group)]
    return float(np.mean(misses))


def _fitted(answers: Sequence[Answer]) -> YesModel:
    table, said_yes = _table(answers)
    middle, spread = table.mean(axis=0), table.std(axis=0)
    spread[spread == 0] = 1.0
    regression = LogisticRegression(C=1.0).fit((table - middle) / spread, said_yes)
    weights = regression.coef_[0] / spread
    intercept = float(regression.intercept_[0] - weights @ middle)
    return YesModel(intercept, dict(zip(NAMES, weights.tolist(), strict=True)), len(answers))


def _calibrated(model: YesModel, answers: Sequence[Answer]) -> YesModel:
    """Platt's scaling on answers the model has not seen; on a logit it stays a logistic regression."""
    table, said_yes = _table(answers)
    logits = table @ np.array([model.coefficients[name] for name in NAMES]) + model.intercept
    scaling = LogisticRegression(C=100.0).fit(logits.reshape(-1, 1), said_yes)
    slope, shift = float(scaling.coef_[0][0]), float(scaling.intercept_[0])
    weights = {name: slope * weight for name, weight in model.coefficients.items()}
    return YesModel(slope * model.intercept + shift, weights, model.trained_on + len(answers))


def train(answers: Sequence[Answer], old: YesModel) -> Trial | None:
    """Learn from answers in the order of time, the last quarter kept to judge; None if they are too few.

    Too few: under 200, or a part in which all said the same.
    """
    later = int(len(answers) * (1 - LATER_SHARE))
    middle = int(later * 0.75)
    parts = (answers[:middle], answers[middle:later], answers[later:])
    if len(answers) < FEWEST_ANSWERS or any(len({one.said_yes for one in part}) < 2 for part in parts):
        return None
    model = _calibrated(_fitted(parts[0]), parts[1])
    _, said_yes = _table(parts[2])
    new, before = predictions(model, parts[2]), predictions(old, parts[2])
    return Trial(
        model=model,
        loss=float(log_loss(said_yes, new)),
        old_loss=float(log_loss(said_yes, before)),
        calibration_gap=calibration_gap(new, said_yes),
    )
