"""The conditional logit against a loss written out in plain Python."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import approx_fprime, brentq

from eval.fit.fusion import fit_logit

Choice = tuple[np.ndarray, np.ndarray, np.ndarray]


def choice(
    features: Sequence[Sequence[float]], right: Sequence[int], given: Sequence[float] | None = None
) -> Choice:
    count = len(features)
    return (
        np.array(features, float),
        np.zeros(count) if given is None else np.array(given, float),
        np.isin(np.arange(count), right),
    )


def drawn(count: int, width: int, seed: int) -> list[Choice]:
    """Choices of different sizes, with one or more right candidates and something given."""
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        size = int(random.integers(2, 6))
        right = random.choice(size, int(random.integers(1, size)), replace=False)
        rows.append(choice(random.normal(size=(size, width)), right, random.normal(size=size)))
    return rows


def loss(weights: Sequence[float], rows: Sequence[Choice], penalty: float) -> float:
    """Mean negative log-probability that the chosen candidate is right, and the penalty."""
    total = 0.0
    for features, given, is_right in rows:
        powers = [
            math.exp(sum(w * x for w, x in zip(weights, line, strict=True)) + extra)
            for line, extra in zip(features, given, strict=True)
        ]
        right = sum(power for power, is_one in zip(powers, is_right, strict=True) if is_one)
        total -= math.log(right / sum(powers))
    return total / len(rows) + penalty * sum(w * w for w in weights)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("penalty", [3e-3, 0.1])
def test_nothing_near_the_weights_is_better(seed: int, penalty: float) -> None:
    rows = drawn(12, 3, seed)
    weights = fit_logit(rows, penalty)
    assert weights.shape == (3,)
    assert approx_fprime(weights, loss, 1e-6, rows, penalty) == pytest.approx(0, abs=1e-3)
    random = np.random.default_rng(seed)
    best = loss(weights, rows, penalty)
    assert all(loss(weights + random.normal(size=3), rows, penalty) > best for _ in range(50))


@pytest.mark.parametrize("penalty", [0.003, 0.05, 1.0])
def test_one_choice_of_two_has_a_weight_that_can_be_solved_for(penalty: float) -> None:
    expected = brentq(lambda w: 1 / (1 + math.exp(w)) - 2 * penalty * w, 0, 50)
    assert fit_logit([choice([[1], [0]], [0])], penalty) == pytest.approx([expected], abs=1e-3)


def test_what_is_given_already_needs_no_weight() -> None:
    expected = brentq(lambda w: 1 / (1 + math.exp(w + 2)) - 0.2 * w, 0, 50)
    row = choice([[1], [0]], [0], given=[2, 0])
    assert fit_logit([row], 0.1) == pytest.approx([expected], abs=1e-3)


def test_a_candidate_that_is_wrong_has_the_opposite_weight() -> None:
    right, wrong = choice([[1, 2], [0, 0]], [0]), choice([[1, 2], [0, 0]], [1])
    assert fit_logit([right]) == pytest.approx(-fit_logit([wrong]), abs=1e-4)


def test_more_penalty_makes_smaller_weights() -> None:
    rows = drawn(10, 2, 7)
    sizes = [np.linalg.norm(fit_logit(rows, penalty)) for penalty in (1e-3, 1e-2, 1e-1, 1)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0] / 2


def test_rows_without_a_right_candidate_tell_nothing() -> None:
    rows = drawn(8, 2, 3)
    lost = choice([[5, 5], [1, 9], [0, 0]], [])
    assert fit_logit([lost, *rows, lost]) == pytest.approx(fit_logit(rows))


def test_rows_whose_candidates_are_all_right_only_count() -> None:
    row, easy = choice([[1], [0]], [0]), choice([[3], [1]], [0, 1])
    # Twice as many choices halve what the first one tells beside the penalty.
    assert fit_logit([row, easy], 0.1) == pytest.approx(fit_logit([row], 0.2), abs=1e-3)


def test_the_same_rows_again_change_nothing() -> None:
    rows = drawn(6, 2, 5)
    assert fit_logit(rows * 3, 0.01) == pytest.approx(fit_logit(rows, 0.01), abs=1e-3)


def test_what_is_given_to_all_alike_changes_nothing() -> None:
    row, far = (choice([[1], [0]], [0], given=[extra + 1, extra]) for extra in (0, 5000))
    assert fit_logit([far]) == pytest.approx(fit_logit([row]))
