"""The machine of the wording learns what is told apart, and nothing from what it is shown."""

import numpy as np
import pytest

from assistant.answering import OUTSIDE
from eval.fit.outside import Example, fit_rest, fit_wording

WIDTH = 6


def example(center: float, is_outside: bool, seed: int, **marks: bool) -> Example:
    random = np.random.default_rng(seed)
    vectors = random.normal(center, 0.1, size=(2, WIDTH)).astype(np.float32)
    rows = random.normal(size=(2, len(OUTSIDE))).astype(np.float32)
    return Example(rows, vectors, np.array([is_outside] * 2), 0.5, **marks)


@pytest.fixture
def known() -> list[Example]:
    spoken = [example(i % 2 * 1.0, i % 2 == 1, i, is_spoken=True) for i in range(40)]
    return [*spoken, *(example(i % 2 * 1.0, i % 2 == 1, 99 + i, is_real=True) for i in range(4))]


def test_the_machine_tells_apart_what_it_has_not_seen(known: list[Example]):
    wording = fit_wording(known)
    column = OUTSIDE.index("wording")
    for one in known:
        assert ((one.rows[:, column] > 0) == one.is_outside).all()
    assert wording.margin(np.ones(WIDTH)) > 0 > wording.margin(np.zeros(WIDTH))


def test_the_other_weights_follow_it(known: list[Example]):
    fit_wording(known)
    weights = fit_rest(known)
    assert list(weights) == list(OUTSIDE)
    others = [abs(weight) for name, weight in weights.items() if name not in ("wording", "always")]
    assert weights["wording"] > max(others)
