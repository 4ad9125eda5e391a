"""The fusion's numbers against plain references, written out from what its docstrings say."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.fusion import (
    COSINE_STEP,
    FEATURES,
    UNPREPARED,
    Fusion,
    Ranking,
    count_votes,
    describe,
)
from index.types import Vector

KEYS = "abcdef"
COUNT = len(FEATURES)
NONE = np.zeros((1, len(UNPREPARED)), dtype=np.float32)
weights = st.lists(st.floats(-3, 3), min_size=COUNT, max_size=COUNT)
rows = st.lists(st.lists(st.floats(-5, 5), min_size=COUNT, max_size=COUNT), min_size=1, max_size=12)
near_texts = st.lists(st.tuples(st.sampled_from(KEYS), st.floats(0.7, 0.95)), max_size=12).map(
    lambda found: sorted(found, key=lambda pair: -pair[1])
)


def fusion_of(values: Sequence[float], **preferences: float) -> Fusion:
    own = dict.fromkeys(UNPREPARED, 0.0)
    return Fusion(dict(zip(FEATURES, values, strict=True)), preferences, own)


def matrix(values: Sequence[Sequence[float]]) -> Vector:
    return np.array(values, dtype=np.float32)


def softmax(logits: Sequence[float]) -> list[float]:
    powers = [math.exp(logit) for logit in logits]
    return [power / sum(powers) for power in powers]


@st.composite
def rankings(draw: st.DrawFn, low: float, high: float) -> Ranking:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    count = len(keys)
    scores = draw(st.lists(st.floats(low, high), min_size=count, max_size=count))
    return list(zip(keys, sorted(scores, reverse=True), strict=True))


@given(weights, rows)
def test_scores_are_the_softmax_of_the_weighted_features(
    values: list[float], features: list[list[float]]
) -> None:
    logits = [sum(w * f for w, f in zip(values, row, strict=True)) for row in features]
    highest = max(logits)
    expected = softmax([logit - highest for logit in logits])
    found = fusion_of(values).combine(matrix(features), NONE, {})
    assert found == pytest.approx(expected, rel=1e-2, abs=1e-4)


@given(weights, rows, st.floats(-3, 3))
def test_what_all_candidates_share_tells_nothing(
    values: list[float], features: list[list[float]], shared: float
) -> None:
    fusion = fusion_of(values)
    shifted = matrix(features) + np.float32(shared)
    assert fusion.combine(shifted, NONE, {}) == pytest.approx(
        fusion.combine(matrix(features), NONE, {}), rel=1e-2, abs=1e-4
    )


def test_very_unequal_candidates_stay_finite() -> None:
    found = fusion_of([1000.0] * COUNT).combine(matrix([[1] * COUNT, [0] * COUNT]), NONE, {})
    assert found.tolist() == [1.0, 0.0]


def test_preferences_add_up() -> None:
    fusion = fusion_of([0.0] * COUNT, local=1.0, named=-0.5)
    preferred = {"local": matrix([1, 1, 0]), "named": matrix([0, 1, 0])}
    found = fusion.combine(np.zeros((3, COUNT), dtype=np.float32), NONE, preferred)
    assert found == pytest.approx(softmax([1.0, 0.5, 0.0]), rel=1e-4)


def test_an_unknown_preference_is_not_passed_over() -> None:
    with pytest.raises(KeyError, match="unheard"):
        fusion_of([0.0] * COUNT).combine(matrix([[0] * COUNT]), NONE, {"unheard": matrix([1])})


@given(rankings(0.1, 40))
def test_bm25_counts_by_its_share_of_the_best_score(ranking: Ranking) -> None:
    scores = dict(ranking)
    expected = [scores.get(key, 0.0) / ranking[0][1] for key in KEYS]
    assert describe(ranking, KEYS)[:, 0] == pytest.approx(expected, rel=1e-5)


@given(rankings(-1, 1))
def test_a_cosine_counts_by_steps_behind_the_best_one(ranking: Ranking) -> None:
    scores = dict(ranking)
    last = ranking[-1][1]
    expected = [(scores.get(key, last) - ranking[0][1]) / COSINE_STEP for key in KEYS]
    found = describe(ranking, KEYS, is_cosine=True)[:, 0]
    assert found == pytest.approx(expected, rel=1e-4, abs=1e-4)


@given(rankings(0.1, 40), st.booleans())
def test_a_place_counts_by_its_number_alone(ranking: Ranking, is_cosine: bool) -> None:
    found = [key for key, _ in ranking]
    places = describe(ranking, found, is_cosine)[:, 1:]
    expected = [[20 / (20 + place), 1 / (1 + place)] for place in range(1, len(found) + 1)]
    assert places == pytest.approx(np.array(expected), rel=1e-5)


@given(near_texts)
def test_votes_are_the_log_of_the_sum_over_near_texts(near: list[tuple[str, float]]) -> None:
    expected = []
    for key in KEYS:
        votes = sum(math.exp((s - near[0][1]) / 0.015) for k, s in near if k == key)
        expected.append([math.log(0.05 + votes)])
    assert count_votes(near, KEYS) == pytest.approx(np.array(expected), rel=1e-3, abs=1e-4)


def test_a_text_of_a_key_not_asked_for_sets_the_scale_and_votes_for_nobody() -> None:
    votes = count_votes([("x", 0.9), ("a", 0.885)], "ab")[:, 0]
    assert votes.tolist() == pytest.approx([math.log(0.05 + 1 / math.e), math.log(0.05)], rel=1e-3)
