"""Learning how probably somebody says yes; web never comes here, since scikit-learn is slow to load."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from leuvenhelpt.matching.history import FEWEST_ANSWERS
from leuvenhelpt.matching.yes import NAMES, PRIOR, Answer, YesModel

LATER_SHARE = 0.25
WELL_CALIBRATED = 0.08
PRIOR_WEIGHT = 100
NO_SPREAD = 1e-6
"""A feature that hardly varies says nothing; dividing by its spread would blow it up."""

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
    """A logistic regression, drawn towards the prior as if that had told the answers of PRIOR_WEIGHT asks more."""
    table, said_yes = _table(answers)
    middle, spread = table.mean(axis=0), table.std(axis=0)
    spread[spread < NO_SPREAD] = 1.0
    rows = (table - middle) / spread
    expected, share = predictions(PRIOR, answers), PRIOR_WEIGHT / len(answers)
    weights = np.concatenate([np.ones(len(answers)), expected * share, (1 - expected) * share])
    told = np.concatenate([said_yes, np.ones(len(answers)), np.zeros(len(answers))])
    regression = LogisticRegression(C=1.0).fit(np.concatenate([rows] * 3), told, sample_weight=weights)
    slopes = regression.coef_[0] / spread
    intercept = float(regression.intercept_[0] - slopes @ middle)
    return YesModel(intercept, dict(zip(NAMES, slopes.tolist(), strict=True)), len(answers))


def train(answers: Sequence[Answer], old: YesModel) -> Trial | None:
    """Learn from answers in the order of time, the last quarter kept to judge; None if they are too few.

    Too few: under 200, or a part in which all said the same.
    """
    split = int(len(answers) * (1 - LATER_SHARE))
    earlier, later = answers[:split], answers[split:]
    if len(answers) < FEWEST_ANSWERS or any(
        len({one.said_yes for one in part}) < 2 for part in (earlier, later)
    ):
        return None
    model, (_, said_yes) = _fitted(earlier), _table(later)
    new, before = predictions(model, later), predictions(old, later)
    return Trial(
        model=model,
        loss=float(log_loss(said_yes, new)),
        old_loss=float(log_loss(said_yes, before)),
        calibration_gap=calibration_gap(new, said_yes),
    )
