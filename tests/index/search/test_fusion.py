"""Combining rankings: what a ranking says of a candidate, and what the weights make of it."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.finding.preferences import preferences_of
from assistant.question.understanding import understand
from assistant.types import Query
from corpus.catalog import Corpus
from index.search.fusion import (
    FEATURES,
    RANKINGS,
    UNPREPARED,
    Fusion,
    Nearness,
    Ranking,
    count_votes,
    describe,
    describe_unprepared,
    load_fusion,
)
from index.types import Vector

TODAY = date(2026, 11, 23)
KEYS = "abcdefgh"
#: All candidates have lay wording.
NONE = np.zeros((1, len(UNPREPARED)), dtype=np.float32)
NO_OWN = dict.fromkeys(UNPREPARED, 0.0)
weights = st.floats(0.01, 4)
fusions = st.builds(
    lambda values, local: Fusion(
        dict(zip(FEATURES, values, strict=True)), {"local": local}, NO_OWN
    ),
    st.lists(weights, min_size=len(FEATURES), max_size=len(FEATURES)),
    weights,
)


@st.composite
def rankings(draw: st.DrawFn, low: float = 0.01, high: float = 40) -> Ranking:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=len(KEYS)))
    count = len(keys)
    scores = draw(st.lists(st.floats(low, high), min_size=count, max_size=count))
    return list(zip(keys, sorted(scores, reverse=True), strict=True))


def describe_all(found: list[Ranking], keys: list[str]) -> Vector:
    """All features; the keys of the last ranking vote once each."""
    return np.hstack([*(describe(r, keys) for r in found), count_votes(found[-1], keys)])


@pytest.mark.parametrize(("is_cosine", "low", "high"), [(False, 0.01, 40), (True, -1, 1)])
@given(data=st.data())
def test_no_feature_of_a_later_key_is_above_that_of_an_earlier_one(
    data: st.DataObject, is_cosine: bool, low: float, high: float
) -> None:
    ranking = data.draw(rankings(low, high))
    found = [key for key, _ in ranking]
    rows = describe(ranking, [*found, *sorted(set(KEYS) - set(found))], is_cosine)
    assert rows.shape == (len(KEYS), 3)
    assert np.isfinite(rows).all()
    # Best first, and what the ranking lacks behind all that it has.
    assert (np.diff(rows, axis=0) <= 1e-6).all()
    places = rows[: len(found), 1:]
    assert (np.diff(places, axis=0) < 0).all()
    assert not rows[len(found) :, 1:].any()


def test_the_best_key_has_full_marks() -> None:
    ranking = [("a", 12.0), ("b", 6.0)]
    expected = [[0.5, 20 / 22, 1 / 3], [1.0, 20 / 21, 1 / 2], [0.0, 0.0, 0.0]]
    assert np.allclose(describe(ranking, ["b", "a", "c"]), expected)


def test_cosines_count_by_their_distance_from_the_best() -> None:
    ranking = [("a", 0.9), ("b", 0.85)]
    levels = describe(ranking, ["a", "b", "c"], is_cosine=True)[:, 0]
    assert levels.tolist() == pytest.approx([0.0, -0.5, -0.5], abs=1e-5)


def test_an_empty_ranking_says_the_same_of_all() -> None:
    for is_cosine in (False, True):
        rows = describe([], ["a", "b"], is_cosine)
        assert (rows[0] == rows[1]).all()
    assert describe([("a", 1.0)], []).shape == (0, 3)


@given(
    fusions,
    st.integers(1, 30).flatmap(
        lambda count: st.lists(
            st.lists(st.floats(-10, 1), min_size=len(FEATURES), max_size=len(FEATURES)),
            min_size=count,
            max_size=count,
        )
    ),
)
def test_scores_are_probabilities(fusion: Fusion, rows: list[list[float]]) -> None:
    scores = fusion.combine(np.array(rows, dtype=np.float32), NONE, {})
    assert scores.shape == (len(rows),)
    assert (scores >= 0).all()
    assert scores.sum() == pytest.approx(1, abs=1e-4)


@given(fusions, st.data())
def test_what_leads_in_every_ranking_comes_first(fusion: Fusion, data: st.DataObject) -> None:
    drawn = [data.draw(rankings()) for _ in RANKINGS]
    led = [[("first", 50.0), *ranking] for ranking in drawn]
    keys = ["first", *KEYS]
    scores = fusion.combine(describe_all(led, keys), NONE, {})
    assert scores.argmax() == 0


@given(fusions, st.data())
def test_what_no_ranking_has_beats_nothing(fusion: Fusion, data: st.DataObject) -> None:
    drawn = [data.draw(rankings()) for _ in RANKINGS]
    keys = ["none", *KEYS]
    scores = fusion.combine(describe_all(drawn, keys), NONE, {})
    assert (scores[0] <= scores[1:] + 1e-6).all()


@given(fusions)
def test_a_preference_raises_what_it_picks_by_its_weight(fusion: Fusion) -> None:
    alike = np.zeros((3, len(FEATURES)), dtype=np.float32)
    scores = fusion.combine(alike, NONE, {"local": np.array([False, True, False])})
    assert scores[1] / scores[0] == pytest.approx(math.exp(fusion.preferences["local"]), rel=1e-3)
    assert scores[0] == pytest.approx(scores[2])


def test_without_lay_wording_other_weights_score() -> None:
    features = np.zeros((2, len(FEATURES)), dtype=np.float32)
    rows = np.zeros((2, len(UNPREPARED)), dtype=np.float32)
    rows[1, UNPREPARED.index("always")] = 1.0
    fusion = Fusion(dict.fromkeys(FEATURES, 9.0), {}, NO_OWN | {"always": 2.0})
    scores = fusion.combine(features, rows, {})
    assert scores[1] / scores[0] == pytest.approx(math.e**2, rel=1e-4)


def test_what_is_read_of_what_has_no_lay_wording() -> None:
    of_text = np.arange(27, dtype=np.float32).reshape(3, 9)
    of_own = np.arange(9, dtype=np.float32).reshape(3, 3)
    is_bare = np.array([True, False, True])
    near = Nearness(lay=[0.8, 0.75], told=0.7, own=0.6, prepared=0.5)
    rows = describe_unprepared(is_bare, of_text, of_own, near)
    assert rows.shape == (3, len(UNPREPARED))
    assert not rows[1].any()
    assert rows[0, :7].tolist() == pytest.approx([1.0, 0.8, 0.7, 0.6, 0.5, 9.0, 0.05])
    assert rows[2, 7:].tolist() == [*of_text[2], *of_own[2]]
    assert not describe_unprepared(~np.ones(3, dtype=bool), of_text, of_own, near).any()


def test_all_weights_are_in_the_file(corpus: Corpus) -> None:
    fusion = load_fusion()
    assert list(fusion.features) == list(FEATURES)
    assert list(fusion.unprepared) == list(UNPREPARED)
    assert all(math.isfinite(w) for w in (*fusion.features.values(), *fusion.preferences.values()))
    assert fusion.preferences["named_title"] > 0
    understood = [
        understand(Query(question, TODAY), corpus)
        for question in ("潍坊怎么罚", "水法里怎么说", "垃圾怎么分类", "今年怎么治水")
    ]
    names = {
        preference.name for found in understood for preference in preferences_of(found, corpus)
    }
    assert names <= set(fusion.preferences)


def test_more_near_texts_are_more_votes() -> None:
    near = [("a", 0.9), ("b", 0.895), ("b", 0.89), ("c", 0.6)]
    votes = dict(zip("abcd", count_votes(near, "abcd")[:, 0].tolist(), strict=True))
    assert votes["b"] > votes["a"] > votes["c"]
    assert votes["c"] == pytest.approx(votes["d"], abs=1e-3)
    assert votes["a"] == pytest.approx(math.log(1.05), abs=1e-4)
    assert count_votes([], "ab").shape == (2, 1)
