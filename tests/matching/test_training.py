import math
import random

import numpy as np
import pytest

from leuvenhelpt.matching.training import calibration_gap, train
from leuvenhelpt.matching.yes import NAMES, PRIOR, Answer, model_from


def answers(count: int, seed: int = 1, pull: float = 1.0) -> list[Answer]:
    """People who say yes the more, the nearer it is and the better they keep to their habit."""
    rng = random.Random(seed)
    made = []
    for _ in range(count):
        known = {name: rng.gauss(0, 1) for name in NAMES}
        logit = -0.6 + pull * (1.2 * known["own_habit"] - 0.9 * known["distance_km"])
        made.append(Answer(known, rng.random() < 1 / (1 + math.exp(-logit))))
    return made


def test_it_learns_what_matters_and_is_calibrated() -> None:
    trial = train(answers(6000), PRIOR)
    assert trial is not None
    assert trial.is_better
    assert trial.loss < trial.old_loss - 0.05
    assert trial.calibration_gap < 0.06
    assert trial.model.coefficients["own_habit"] == pytest.approx(1.2, abs=0.25)
    assert trial.model.coefficients["distance_km"] == pytest.approx(-0.9, abs=0.25)
    assert abs(trial.model.coefficients["went_well"]) < 0.2
    assert model_from(trial.model.as_json()) == trial.model


def test_a_model_that_learned_from_people_who_changed_is_not_better() -> None:
    turned = [Answer(one.features, not one.said_yes) for one in answers(300, seed=2, pull=3)]
    trial = train(answers(900, pull=3) + turned, PRIOR)
    assert trial is not None
    assert not trial.is_better


def test_too_few_or_all_the_same_teach_nothing() -> None:
    assert train(answers(199), PRIOR) is None
    assert train([Answer(one.features, said_yes=False) for one in answers(500)], PRIOR) is None


def test_the_gap_is_seen() -> None:
    some = answers(2000)
    said = [one.said_yes for one in some]

    assert calibration_gap(np.full(2000, 0.9), np.array(said, float)) > 0.3


def test_what_hardly_varies_is_not_blown_up() -> None:
    """A town where nobody was asked twice: all have the same habit, but for the last digit of a float."""
    rng, made = random.Random(4), answers(400)
    same = [
        Answer({**one.features, "own_habit": -0.619 + rng.choice([0, 1e-16])}, one.said_yes) for one in made
    ]
    trial = train(same, PRIOR)
    assert trial is not None
    assert max(map(abs, [trial.model.intercept, *trial.model.coefficients.values()])) < 10


def test_few_answers_move_it_little_from_the_prior() -> None:
    """Two hundred answers that say nothing leave people about as likely to say yes as before."""
    rng = random.Random(5)
    noise = [Answer({name: rng.gauss(0, 1) for name in NAMES}, rng.random() < 0.5) for _ in range(200)]
    trial = train(noise, PRIOR)
    assert trial is not None
    assert trial.model.coefficients["own_habit"] > 0.2
