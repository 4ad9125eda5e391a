"""Fits the models that decide whether the corpus answers a question: ``make calibrate``.

First step: by words and by vector, on the lay wording and the answerable examples of
``data/near_misses.jsonl`` against its other lines and ``data/out_of_scope.jsonl``. Second step: the
decision, on the train and dev split of the questions, which the first step has not seen. The test
split only shows coverage and risk.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.cli.progress import ProgressBar
from assistant.deciding import (
    FEATURES,
    Decision,
    is_refused_by_rule,
    missing_from,
    observe,
    refused_path,
)
from assistant.finding import find
from assistant.question import understand
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import Workspace, build_index, open_workspace
from corpus.collection import Kind
from corpus.collections import Places, lay_id
from corpus.key import Key
from corpus.language import fold
from corpus.shipped import write_sums
from eval.examples import read_rows
from eval.metrics import Question
from eval.runner import load_questions
from index.bundled import save_vectors
from index.opening import open_index
from index.previous import Previous
from index.search import HybridRetriever, tokenize
from index.types import Vector

KINDS = ("law", "policy")
#: Answering what cannot be answered costs more than declining what can: read off the curves of
#: train and dev, and off long conversations, whose turns say little. The policy text says little,
#: and much that it does not is near to what it does.
_THRESHOLDS = {"law": 0.4, "policy": 0.6}
_WORDING_C = 0.3
_WORDING_IN = 3
_LIKENESS_C = 0.03
_DECISION_C = 1.0
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts with their vectors of shape (texts, dimension), and whether the corpus answers them."""

    texts: list[str]
    vectors: Vector
    answerable: np.typing.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """One question: what the second step reads of it, and whether the corpus answers it."""

    split: str
    features: tuple[float, ...]
    is_answerable: bool


def counter_examples(places: Places) -> list[tuple[str, str]]:
    """Questions that the corpus does not answer, with what they seem to be about: law, policy or
    any.

    Those that only the name of a district makes unanswerable are told by that name
    (``corpus.collections.places``): without it they are what the policy text does answer.
    """
    examples = [("any", line["question"]) for line in read_rows("out_of_scope.jsonl")]
    examples += [
        (line["about"], line["question"])
        for line in read_rows("near_misses.jsonl")
        if not line["answerable"]
    ]
    return [(about, text) for about, text in examples if not places.district(text)]


def load_examples(workspace: Workspace, kind: str) -> Examples:
    """The examples of the first step for one kind of text."""
    places = workspace.corpus().places
    vectors = Previous(workspace.folder).vectors(workspace.embedder.name)
    asked = [
        question
        for wording in workspace.corpus().lay_wording
        if bool(Key.parse(wording.key).part) is (kind == "policy")
        for question in wording.questions
    ]
    written = [
        (line["question"], True)
        for line in read_rows("near_misses.jsonl")
        if line["about"] == kind and line["answerable"]
    ]
    written += [(text, False) for about, text in counter_examples(places) if about in (kind, "any")]
    strip = places.strip if kind == "law" else str
    written = [(strip(fold(text)), is_answerable) for text, is_answerable in written]
    # Lay wording is indexed as passages are; a question's own prefix moves it only a little.
    known = np.stack([vectors[lay_id(text)] for text in asked])
    new = np.stack([workspace.embedder.encode_query(places.strip(text)) for text, _ in written])
    return Examples(
        [*(strip(fold(text)) for text in asked), *(text for text, _ in written)],
        np.vstack([known, new]),
        np.array([True] * len(asked) + [is_answerable for _, is_answerable in written]),
    )


def fit_wording(examples: Examples) -> dict[str, float]:
    """Weights by token."""
    counter = CountVectorizer(analyzer=tokenize, min_df=_WORDING_IN, binary=True)
    rows = counter.fit_transform(examples.texts)
    model = LogisticRegression(C=_WORDING_C, class_weight="balanced", max_iter=5000)
    model.fit(rows, examples.answerable)
    names = counter.get_feature_names_out()
    return {
        str(name): round(float(weight), 3)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= 0.001
    }


def fit_likeness(examples: Examples) -> Vector:
    """A vector of shape (dimension,): its product with a question's vector is the logit."""
    scale = StandardScaler().fit(examples.vectors)
    model = LogisticRegression(C=_LIKENESS_C, class_weight="balanced", max_iter=5000)
    model.fit(scale.transform(examples.vectors), examples.answerable)
    direction: Vector = (model.coef_[0] / scale.scale_).astype(np.float32)
    return direction


def observe_all(
    retriever: HybridRetriever, questions: Sequence[Question], kind: str, first: Decision
) -> list[Row]:
    """One row for each question of one turn that names no title, led to ``kind`` and is left to the
    models: those that a rule refuses (other places) are told by nothing else.

    ``first`` holds the models of the first step.
    """
    rows = []
    for question in questions:
        query = Query(question.question, date.today())
        understanding = understand(query, retriever.corpus)
        if understanding.references or question.turns:
            continue
        found = find(retriever, understanding, _DEPTH, query.as_of)
        if (found.hits[0].passage.kind is Kind.POLICY) is not (kind == "policy"):
            continue
        if is_refused_by_rule(query, understanding, found, retriever.corpus):
            continue
        is_missing = missing_from(understanding, found, retriever.corpus) is not None
        observed = observe(first, understanding, found, retriever, is_missing)
        features = tuple(observed[name] for name in FEATURES)
        rows.append(Row(question.split, features, question.expect != "decline"))
    return rows


def save_refused(workspace: Workspace) -> None:
    """Write the vectors of the counter-examples, ``assistant/deciding/refused.npz``."""
    places = workspace.corpus().places
    vectors = {
        f"{about}-{number:04}": workspace.embedder.encode_query(places.strip(fold(text)))
        for number, (about, text) in enumerate(counter_examples(places))
    }
    save_vectors(refused_path(), workspace.embedder.name, vectors)


def fit_decision(rows: Sequence[Row]) -> dict[str, Any]:
    """Weights and intercept of the second step."""
    features = np.array([row.features for row in rows])
    scale = StandardScaler().fit(features)
    model = LogisticRegression(C=_DECISION_C, max_iter=5000)
    model.fit(scale.transform(features), [row.is_answerable for row in rows])
    weights = model.coef_[0] / scale.scale_
    intercept = float(model.intercept_[0] - weights @ scale.mean_)
    fitted = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    return {"weights": fitted, "intercept": round(intercept, 4)}


def print_curve(console: Console, rows: Sequence[Row], fitted: Mapping[str, Any]) -> None:
    """Coverage and risk by threshold."""
    weights = np.array([fitted["weights"][name] for name in FEATURES])
    logits = fitted["intercept"] + np.array([row.features for row in rows]) @ weights
    chances = 1 / (1 + np.exp(-logits))
    answerable = np.array([row.is_answerable for row in rows])
    for threshold in np.arange(0.1, 0.95, 0.1):
        answered = chances >= threshold
        coverage = answered[answerable].mean()
        risk = (answered & ~answerable).sum() / max(1, answered.sum())
        console.print(
            f"  阈值 {threshold:.1f}：答得了的答了 {coverage:.3f}，答了而不该答的占 {risk:.3f}"
        )


def main() -> None:
    """Fit, write ``assistant/deciding/scope.json`` and print the curves."""
    console = Console()
    workspace = open_workspace(load_settings())
    build_index(workspace, ProgressBar())
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    fitted: dict[str, Any] = {"embedder": workspace.embedder.name}
    for kind in KINDS:
        examples = load_examples(workspace, kind)
        wording, direction = fit_wording(examples), fit_likeness(examples)
        refused = examples.vectors[~examples.answerable]
        first = Decision(wording, direction, refused, {}, 0.0, _THRESHOLDS[kind])
        rows = observe_all(retriever, load_questions(), kind, first)
        second = fit_decision([row for row in rows if row.split != "test"])
        for split in ("train、dev", "test"):
            part = [row for row in rows if (row.split == "test") is (split == "test")]
            console.print(f"{kind}，{split}（{len(part)} 题）")
            print_curve(console, part, second)
        fitted[kind] = {
            **second,
            "threshold": _THRESHOLDS[kind],
            "direction": [round(float(value), 5) for value in direction],
            "wording": wording,
        }
    save_refused(workspace)
    path = Path(str(resources.files("assistant.deciding") / "scope.json"))
    path.write_text(json.dumps(fitted, ensure_ascii=False) + "\n", "utf-8")
    write_sums()
    console.print(f"写好了 {path.name}")


if __name__ == "__main__":
    main()
