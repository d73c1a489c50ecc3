import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from leuvenhelpt.matching.assignment import NOBODY, assign

Lists = tuple[np.ndarray, np.ndarray]


def random_lists(seed: int, requests: int, volunteers: int, k: int) -> Lists:
    rng = np.random.default_rng(seed)
    candidates = np.array([rng.permutation(volunteers)[:k] for _ in range(requests)])
    candidates[rng.random(candidates.shape) < 0.15] = NOBODY
    return candidates, rng.uniform(-0.2, 3, candidates.shape)


def best_possible(candidates: np.ndarray, gains: np.ndarray, capacity: np.ndarray) -> float:
    """The optimum, by SciPy on a dense table with a column a slot."""
    table = np.zeros((len(candidates), len(capacity)))
    for request, row in enumerate(candidates):
        for volunteer, gain in zip(row, gains[request], strict=True):
            if volunteer != NOBODY:
                table[request, volunteer] = max(gain, 0)
    slots = np.repeat(table, capacity, axis=1)
    rows, columns = linear_sum_assignment(slots, maximize=True)
    return float(slots[rows, columns].sum())


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("most", [1, 3, 9])
def test_the_certificate_is_true_and_the_gain_near_the_best(seed: int, most: int) -> None:
    candidates, gains = random_lists(seed, requests=60, volunteers=45, k=6)
    capacity = np.random.default_rng(seed).integers(0, most + 1, 45)
    found = assign(candidates, gains, capacity, step=0.002)
    best = best_possible(candidates, gains, capacity)
    assert found.gain <= best + 1e-9
    assert best <= found.bound + 1e-9
    assert found.gain >= best - 60 * 0.002 - 1e-9
    assert found.gap < 0.002


@pytest.mark.parametrize("seed", range(8))
def test_nobody_gets_more_than_their_limit_nor_what_was_not_offered(seed: int) -> None:
    candidates, gains = random_lists(seed, requests=80, volunteers=20, k=5)
    capacity = np.random.default_rng(seed).integers(0, 4, 20)
    got = assign(candidates, gains, capacity).volunteer
    assert (np.bincount(got[got != NOBODY], minlength=20) <= capacity).all()
    for request, volunteer in enumerate(got):
        assert volunteer == NOBODY or gains[request][candidates[request] == volunteer].max() > 0


def test_a_rare_helper_is_kept_for_whom_only_they_can_help() -> None:
    candidates = np.array([[0, 1], [0, NOBODY]])
    gains = np.array([[2.0, 1.5], [1.0, 0.0]])
    assert assign(candidates, gains, np.array([1, 1])).volunteer.tolist() == [1, 0]


def test_empty_lists_are_answered() -> None:
    none = assign(np.empty((3, 0), np.intp), np.empty((3, 0)), np.array([1]))
    assert (none.volunteer.tolist(), none.gain, none.gap) == ([NOBODY] * 3, 0.0, 0.0)
    nobody = assign(np.full((2, 4), NOBODY), np.zeros((2, 4)), np.array([], np.intp))
    assert nobody.volunteer.tolist() == [NOBODY] * 2
