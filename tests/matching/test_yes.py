import json
from dataclasses import replace

import pytest

from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.matching.yes import NAMES, PRIOR, Misfit, YesModel, features, model_from
from tests.matching.cities import NOW
from tests.matching.test_pool import AN, vera


@pytest.mark.parametrize(
    ("yes", "no", "expected"), [(0, 0, 0.35), (4, 0, 0.675), (0, 4, 0.175), (0, 255, 0.02)]
)
def test_before_any_training_ones_own_history_decides(yes: int, no: int, expected: float) -> None:
    pool = Pool.from_offers(
        [vera(said_yes=yes, said_no=no, reach_km=0.88)], NOW
    )  # An lives at two fifths of it
    assert pool.yes_probabilities(AN, [1]) == pytest.approx([expected], abs=0.001)


def test_before_any_training_the_way_counts_a_little() -> None:
    near, far = (
        Pool.from_offers([vera(reach_km=reach)], NOW).yes_probabilities(AN, [1])[0] for reach in (20.0, 0.36)
    )
    assert 0.05 < near - far < 0.15


def trained() -> YesModel:
    return YesModel(-0.5, {name: 0.1 * place for place, name in enumerate(NAMES)}, trained_on=900)


def test_the_names_are_those_of_the_features() -> None:
    pool = Pool.from_offers([vera()], NOW)
    assert tuple(features(AN, pool.seen(AN, 1))) == NAMES
    assert set(PRIOR.coefficients) <= set(NAMES)


def test_a_stored_model_is_read_back() -> None:
    assert model_from(trained().as_json()) == trained()


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "[]",
        "{}",
        "null",
        trained().as_json().replace("yes/2", "yes/1"),
        trained().as_json().replace("own_habit", "nationality"),
        json.dumps(json.loads(trained().as_json()) | {"intercept": float("nan")}),
        json.dumps(json.loads(trained().as_json()) | {"coefficients": None}),
        json.dumps(json.loads(trained().as_json()) | {"intercept": "high"}),
        replace(trained(), coefficients={}).as_json(),
    ],
)
def test_a_model_that_does_not_fit_is_refused(spoilt: str) -> None:
    with pytest.raises(Misfit):
        model_from(spoilt)
