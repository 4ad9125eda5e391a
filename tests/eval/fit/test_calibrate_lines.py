"""The examples of the decision, its two fits against plain references, and its curve."""

import io
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.console import Console
from sklearn.linear_model import LogisticRegression

from assistant.deciding import FEATURES
from corpus.collections import LayWording, lay_id
from eval.examples import read_rows
from eval.fit.calibrate import (
    _DECISION_C,
    _LIKENESS_C,
    _WORDING_C,
    Examples,
    Row,
    counter_examples,
    fit_decision,
    fit_likeness,
    fit_wording,
    load_examples,
    print_curve,
    save_refused,
)
from index.bundled import load_vectors
from index.search import tokenize

LINES = {
    "out_of_scope.jsonl": [{"question": "今天天气"}, {"question": "安丘天气"}],
    "near_misses.jsonl": [
        {"question": "潍坊罚款吗", "about": "law", "answerable": True},
        {"question": "潍坊谁罚款", "about": "law", "answerable": False},
        {"question": "潍坊几项", "about": "policy", "answerable": True},
        {"question": "潍坊谁写的", "about": "policy", "answerable": False},
        {"question": "安丘几项", "about": "policy", "answerable": False},
    ],
}
LAY = [
    LayWording("某法#1", ("怎么罚", "罚多少"), gist="罚款"),
    LayWording("policy:减污", ("几项任务",)),
]


class Places:
    """安丘 is a district, 潍坊 is ours."""

    def district(self, text: str) -> str:
        return "安丘" if "安丘" in text else ""

    def strip(self, text: str) -> str:
        return text.replace("潍坊", "")


def vector_of(text: str) -> np.ndarray:
    return np.array([len(text), ord(text[0])], dtype=np.float32)


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("eval.fit.calibrate.read_rows", LINES.__getitem__)
    known = {lay_id(text): vector_of(text) for wording in LAY for text in wording.questions}
    previous = SimpleNamespace(vectors=lambda name: known)
    monkeypatch.setattr("eval.fit.calibrate.Previous", lambda folder: previous)
    corpus = SimpleNamespace(places=Places(), lay_wording=LAY)
    embedder = SimpleNamespace(name="e", encode_query=vector_of)
    return SimpleNamespace(corpus=lambda: corpus, folder=None, embedder=embedder)


def examples(*texts: tuple[str, bool]) -> Examples:
    vectors = np.array([vector_of(text) for text, _ in texts])
    return Examples([text for text, _ in texts], vectors, np.array([told for _, told in texts]))


def balance(answerable: np.ndarray) -> np.ndarray:
    """Weights that make both kinds count alike."""
    counts = {told: (answerable == told).sum() for told in (True, False)}
    return np.array([len(answerable) / (2 * counts[bool(told)]) for told in answerable])


@pytest.mark.parametrize("name", LINES)
def test_the_lines_of_a_data_file_are_what_the_fit_reads(name: str) -> None:
    lines = read_rows(name)
    fields = LINES[name][0].keys()
    assert len(lines) > 20
    assert all(fields <= line.keys() for line in lines)
    assert {line.get("about", "law") for line in lines} <= {"law", "policy"}


def test_counter_examples_by_hand(workspace: Any) -> None:
    assert counter_examples(Places()) == [
        ("any", "今天天气"),
        ("law", "潍坊谁罚款"),
        ("policy", "潍坊谁写的"),
    ]


def test_examples_of_the_law_leave_our_places_out(workspace: Any) -> None:
    found = load_examples(workspace, "law")
    assert found.texts == ["怎么罚", "罚多少", "罚款吗", "今天天气", "谁罚款"]
    assert found.answerable.tolist() == [True, True, True, False, False]
    assert found.vectors.tolist() == [vector_of(text).tolist() for text in found.texts]


def test_examples_of_the_policy_text_keep_our_places_in_words_alone(workspace: Any) -> None:
    found = load_examples(workspace, "policy")
    assert found.texts == ["几项任务", "潍坊几项", "今天天气", "潍坊谁写的"]
    assert found.answerable.tolist() == [True, True, False, False]
    shown = ["几项任务", "几项", "今天天气", "谁写的"]
    assert found.vectors.tolist() == [vector_of(text).tolist() for text in shown]


def test_the_vectors_of_counter_examples_are_kept_by_what_they_are_about(
    workspace: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    path = tmp_path / "refused.npz"
    monkeypatch.setattr("eval.fit.calibrate.refused_path", lambda: path)
    save_refused(workspace)
    kept = load_vectors(path, "e")
    assert sorted(name.partition("-")[0] for name in kept) == ["any", "law", "policy"]
    (law,) = (vector for name, vector in kept.items() if name.startswith("law"))
    expected = vector_of("谁罚款") / np.linalg.norm(vector_of("谁罚款"))
    assert law == pytest.approx(expected, abs=0.01)


def test_wording_is_a_balanced_logistic_regression_on_the_tokens() -> None:
    told = [("罚款多少", True)] * 4 + [("罚款", True)] * 2 + [("天气多少", False)] * 3
    found = fit_wording(examples(*told))
    answerable = np.array([is_answerable for _, is_answerable in told])
    tokens = sorted({token for text, _ in told for token in tokenize(text)})
    rows = np.array([[token in tokenize(text) for token in tokens] for text, _ in told], float)
    reference = LogisticRegression(C=_WORDING_C, max_iter=5000)
    reference.fit(rows, answerable, sample_weight=balance(answerable))
    expected = dict(zip(tokens, reference.coef_[0], strict=True))
    assert found == pytest.approx(expected, abs=2e-3)
    assert found["罚款"] > 0 > found["天气"]


def test_tokens_of_less_than_three_texts_have_no_weight() -> None:
    told = [("罚款", True)] * 3 + [("天气", False)] * 2 + [("云", False)] * 3
    assert fit_wording(examples(*told)).keys() == {"罚", "款", "罚款", "云"}


def test_a_token_counts_once_a_text() -> None:
    once = [("罚款", True)] * 3 + [("云", False)] * 3
    often = [("罚款，罚款，罚款", True)] * 3 + [("云", False)] * 3
    assert fit_wording(examples(*often))["罚款"] == fit_wording(examples(*once))["罚款"]


def test_likeness_is_a_balanced_logistic_regression_on_the_vectors() -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(30, 3)) * [1, 5, 0.2] + [0, 3, 1]
    answerable = vectors[:, 0] + random.normal(size=30) > 0.5
    direction = fit_likeness(Examples([""] * 30, vectors, answerable))
    scaled = (vectors - vectors.mean(axis=0)) / vectors.std(axis=0)
    reference = LogisticRegression(C=_LIKENESS_C, max_iter=5000)
    reference.fit(scaled, answerable, sample_weight=balance(answerable))
    products, logits = vectors @ direction, scaled @ reference.coef_[0]
    assert direction.dtype == np.float32
    assert products - products.mean() == pytest.approx(logits - logits.mean(), abs=1e-3)


def test_the_decision_is_a_logistic_regression_on_the_features() -> None:
    random = np.random.default_rng(1)
    features = random.normal(size=(40, len(FEATURES))) * np.arange(1, len(FEATURES) + 1) + 2
    answerable = features[:, 0] > 2 + random.normal(size=40)
    rows = [
        Row("dev", tuple(line), bool(told)) for line, told in zip(features, answerable, strict=True)
    ]
    fitted = fit_decision(rows)
    scaled = (features - features.mean(axis=0)) / features.std(axis=0)
    reference = LogisticRegression(C=_DECISION_C, max_iter=5000).fit(scaled, answerable)
    assert tuple(fitted["weights"]) == FEATURES
    logits = features @ list(fitted["weights"].values()) + fitted["intercept"]
    assert logits == pytest.approx(reference.decision_function(scaled), abs=0.01)


def test_the_curve_by_hand() -> None:
    fitted = {"weights": dict.fromkeys(FEATURES, 0.0) | {"wording": 1.0}, "intercept": 1.0}
    chances = [(0.95, True), (0.75, True), (0.65, False), (0.25, True), (0.05, False)]
    rest = (0.0,) * (len(FEATURES) - 1)
    rows = [Row("dev", (np.log(p / (1 - p)) - 1, *rest), told) for p, told in chances]
    console = Console(file=io.StringIO(), width=200)
    print_curve(console, rows, fitted)
    told = console.file.getvalue().splitlines()
    expected = [
        *[("1.000", "0.250")] * 2,
        *[("0.667", "0.333")] * 4,
        ("0.667", "0.000"),
        *[("0.333", "0.000")] * 2,
    ]
    assert told == [
        f"  阈值 0.{tenth}：答得了的答了 {coverage}，答了而不该答的占 {risk}"
        for tenth, (coverage, risk) in enumerate(expected, 1)
    ]
