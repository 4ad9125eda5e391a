"""Fitting the weights: a conditional logit, checked against logistic regression."""

from datetime import date

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from eval.fit.fusion import _BY_HAND, _FITTED, _PENALTY, Example, examples, fit, hits, weights_of
from eval.metrics import Question
from index.search.fusion import FEATURES, Fusion, load_fusion
from index.search.retriever import HybridRetriever

TODAY = date(2026, 11, 23)
WIDTH = len(FEATURES) + len(_FITTED)


def example(features: np.ndarray, gold: list[int], given: np.ndarray | None = None) -> Example:
    count = len(features)
    is_gold = np.isin(np.arange(count), gold)
    question = Question("1", "？", ("a",), "answer")
    return Example(question, features, np.zeros(count) if given is None else given, is_gold)


def drawn(count: int, candidates: int, seed: int = 0) -> list[Example]:
    """Questions whose gold candidate is drawn by a logit over the first two features."""
    random = np.random.default_rng(seed)
    rows = []
    for _ in range(count):
        features = random.normal(size=(candidates, WIDTH))
        logits = features[:, 0] * 2 - features[:, 1]
        chances = np.exp(logits) / np.exp(logits).sum()
        rows.append(example(features, [int(random.choice(candidates, p=chances))]))
    return rows


def test_of_two_candidates_it_is_logistic_regression_on_their_difference() -> None:
    rows = drawn(300, 2)
    differences = np.array([row.features[0] - row.features[1] for row in rows])
    reference = LogisticRegression(
        C=1 / (2 * _PENALTY * len(rows)), fit_intercept=False, tol=1e-8, max_iter=1000
    ).fit(differences, [bool(row.is_gold[0]) for row in rows])
    assert fit(rows) == pytest.approx(reference.coef_[0], abs=1e-3)


def test_the_weights_that_made_the_choices_are_found() -> None:
    weights = fit(drawn(1500, 8))
    assert weights[0] == pytest.approx(2, abs=0.3)
    assert weights[1] == pytest.approx(-1, abs=0.3)
    assert np.abs(weights[2:]).max() < 0.2


def test_any_of_several_gold_candidates_will_do() -> None:
    features = np.zeros((3, WIDTH))
    features[0, 0] = features[1, 1] = 1
    either, first = example(features, [0, 1]), example(features, [0])
    both = fit([either])
    assert both[0] == pytest.approx(both[1], abs=1e-4)
    assert both[0] > 0
    assert fit([first])[0] > fit([first])[1]


def test_what_is_set_by_hand_is_not_fitted_again() -> None:
    features = np.zeros((2, WIDTH))
    features[0, 0] = 1
    helped = fit([example(features, [0], given=np.array([3.0, 0.0]))])
    assert 0 < helped[0] < fit([example(features, [0])])[0]


def test_a_question_without_gold_candidate_teaches_nothing() -> None:
    rows = drawn(50, 4)
    lost = example(np.ones((4, WIDTH)), [])
    assert fit([*rows, lost]) == pytest.approx(fit(rows))


def test_hits_count_the_first_candidates() -> None:
    weights = np.zeros(WIDTH)
    weights[0] = 1
    features = np.zeros((3, WIDTH))
    features[:, 0] = [3, 2, 1]
    rows = [example(features, [0]), example(features, [1]), example(features, [])]
    assert hits(rows, weights, 1) == pytest.approx(1 / 3)
    assert hits(rows, weights, 2) == pytest.approx(2 / 3)
    assert hits([], weights, 1) == 0


def test_weights_come_in_the_order_of_the_fit() -> None:
    names = [*FEATURES, *_FITTED]
    values = {name: float(i) for i, name in enumerate(names)}
    fusion = Fusion(
        {name: values[name] for name in reversed(FEATURES)},
        {**{name: values[name] for name in _FITTED}, **_BY_HAND},
        {},
    )
    assert weights_of(fusion).tolist() == list(range(WIDTH))


def test_examples_score_as_the_retriever_does(retriever: HybridRetriever) -> None:
    from assistant.finding.preferences import preferences_of
    from assistant.question.understanding import understand
    from assistant.types import Query

    asked = [
        Question("1", "喷漆味太冲怎么罚", ("中华人民共和国生态环境法典#176",), "answer"),
        Question("2", "潍坊的支撑项目有多少个", ("policy:降碳",), "answer"),
    ]
    found = examples(retriever, asked, TODAY)
    assert [row.question.id for row in found] == ["1", "2"]
    fusion = load_fusion()
    for row in found:
        understanding = understand(Query(row.question.question, TODAY), retriever.corpus)
        hits = retriever.retrieve(
            understanding.search_text,
            len(row.is_gold),
            TODAY,
            preferences_of(understanding, retriever.corpus),
        ).hits
        scores = np.sort(row.scores(weights_of(fusion)))[::-1]
        shares = np.exp(scores - scores.max())
        assert shares / shares.sum() == pytest.approx(
            np.array([hit.score for hit in hits]), abs=1e-4
        )


def test_follow_ups_refusals_and_named_articles_are_left_out(retriever: HybridRetriever) -> None:
    left_out = [
        Question("1", "那多久", ("policy:降碳",), "answer", turns=("支撑项目有多少", "那多久")),
        Question("2", "今天天气怎么样", (), "decline"),
        Question("3", "法典第176条", ("中华人民共和国生态环境法典#176",), "answer"),
    ]
    assert examples(retriever, left_out, TODAY) == []
