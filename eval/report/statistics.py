"""How sure a share is, and how well a confidence tells right answers from wrong ones."""

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


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What becomes of answering only with a confidence of at least ``threshold``.

    ``coverage`` is the share of the questions that are answered, ``risk`` the share of wrong ones
    among the answers.
    """

    threshold: float
    coverage: float
    risk: float


def risk_coverage(
    confidences: Sequence[float], wrong: Sequence[bool], asked: int
) -> tuple[RiskPoint, ...]:
    """The risk–coverage curve (El-Yaniv and Wiener, 2010), the surest answers first.

    ``confidences`` and ``wrong`` are those of the answers given, ``asked`` is the number of
    questions, declined ones included. One point for each different confidence: no threshold parts
    answers that are equally sure. ValueError where there are more answers than questions.
    """
    if len(confidences) > asked:
        raise ValueError(f"{len(confidences)} answers to {asked} questions")
    ranked = sorted(zip(confidences, wrong, strict=True), key=lambda pair: -pair[0])
    points, errors = [], 0
    for count, (confidence, is_wrong) in enumerate(ranked, 1):
        errors += is_wrong
        if count == len(ranked) or ranked[count][0] < confidence:
            points.append(RiskPoint(confidence, count / asked, errors / count))
    return tuple(points)


def aurc(points: Sequence[RiskPoint]) -> float:
    """The mean risk over the coverage that the curve reaches (Geifman and El-Yaniv, 2017).

    0 is the best. ValueError where there are no points.
    """
    if not points:
        raise ValueError("no points")
    area, before = 0.0, 0.0
    for point in points:
        area += point.risk * (point.coverage - before)
        before = point.coverage
    return area / before
