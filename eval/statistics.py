"""How sure a share is, from a limited number of questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1, and the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


def bootstrap_share(outcomes: Sequence[bool], resamples: int = 10_000, seed: int = 0) -> Share:
    """The share of true outcomes with its percentile bootstrap interval (Efron, 1979).

    How many outcomes are true in a resample with replacement is binomial, so it is drawn as
    such. Where all outcomes are alike the interval has no width: too narrow for a small set.
    ValueError where there are no outcomes.
    """
    if not outcomes:
        raise ValueError("no outcomes")
    count = len(outcomes)
    value = sum(outcomes) / count
    drawn = np.random.default_rng(seed).binomial(count, value, resamples) / count
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Share(value, float(low), float(high))
