"""Fits the model that decides whether the corpus answers a question: ``make calibrate``.

The direction is fitted on the lay wording against ``data/out_of_scope.jsonl``, the decision on the
train and dev split of the questions; the test split only shows the risk–coverage curve.
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
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import assistant
from assistant.pipeline import find
from assistant.progress import ProgressBar
from assistant.settings import load_settings
from assistant.types import Query
from assistant.understanding import understand
from assistant.wiring import Workspace, build_index, open_workspace
from corpus.lay_wording import lay_id
from corpus.types import Kind
from eval.runner import load_questions
from index.build import known_vectors, open_index
from index.retriever import HybridRetriever
from index.types import Vector

#: Answering what cannot be answered costs more than declining what can.
_THRESHOLDS = {"law": 0.45, "policy": 0.15}
_DIRECTION_C = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One question: what retrieval saw of it, and whether the corpus answers it."""

    split: str
    kind: str
    features: tuple[float, float, float]
    is_answerable: bool


def load_counter_examples() -> list[str]:
    """Questions that the corpus does not answer, written for this fit."""
    text = (resources.files("eval") / "data" / "out_of_scope.jsonl").read_text("utf-8")
    return [json.loads(line)["question"] for line in text.splitlines()]


def fit_direction(workspace: Workspace) -> Vector:
    """A vector of shape (dimension,): its product with a question's vector is the logit."""
    vectors = known_vectors(workspace.folder, workspace.embedder.name)
    asked = [q for wording in workspace.corpus().lay_wording for q in wording.questions]
    # Lay wording is indexed as passages are; a question's own prefix moves it only a little.
    inside = np.stack([vectors[lay_id(text)] for text in dict.fromkeys(asked)])
    outside = workspace.embedder.encode_passages(load_counter_examples())
    rows = np.vstack([inside, outside]).astype(np.float64)
    labels = np.array([1] * len(inside) + [0] * len(outside))
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=_DIRECTION_C / len(rows), class_weight="balanced", max_iter=5000)
    model.fit(scale.transform(rows) * np.sqrt(len(rows)), labels)
    direction: Vector = (model.coef_[0] * np.sqrt(len(rows)) / scale.scale_).astype(np.float32)
    return direction


def observe(retriever: HybridRetriever, direction: Vector) -> list[Row]:
    """One row for each question that names no title and leans on no turn before."""
    rows = []
    for question in load_questions():
        turns = question.turns or (question.question,)
        query = Query(turns[-1], date.today(), history=turns[:-1])
        understanding = understand(query, retriever.corpus)
        if understanding.references or understanding.is_follow_up:
            continue
        found = find(retriever, understanding, 1, query.as_of)
        if found.vector is None:
            continue
        kind = "policy" if found.hits[0].passage.kind is Kind.POLICY else "law"
        features = (float(direction @ found.vector), found.nearest, found.spread)
        rows.append(Row(question.split, kind, features, question.expect != "decline"))
    return rows


def fit_decision(rows: Sequence[Row], threshold: float) -> dict[str, float]:
    """The fields of ``assistant.scope.Decision``."""
    features = np.array([row.features for row in rows])
    scale = StandardScaler().fit(features)
    model = LogisticRegression(C=3.0, max_iter=5000)
    model.fit(scale.transform(features), [row.is_answerable for row in rows])
    weights = model.coef_[0] / scale.scale_
    intercept = float(model.intercept_[0] - weights @ scale.mean_)
    names = ("likeness", "nearest", "spread")
    fitted = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
    return {"intercept": round(intercept, 4), **fitted, "threshold": threshold}


def print_curve(console: Console, rows: Sequence[Row], decision: Mapping[str, float]) -> None:
    """Coverage and risk by threshold."""
    names = ("likeness", "nearest", "spread")
    weights = np.array([decision[name] for name in names])
    logits = decision["intercept"] + np.array([row.features for row in rows]) @ weights
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
    """Fit, write ``assistant/data/scope.json`` and print the curves."""
    console = Console()
    workspace = open_workspace(load_settings())
    build_index(workspace, ProgressBar())
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    direction = fit_direction(workspace)
    rows = observe(retriever, direction)
    fitted: dict[str, Any] = {"embedder": workspace.embedder.name}
    for kind, threshold in _THRESHOLDS.items():
        own = [row for row in rows if row.kind == kind]
        fitted[kind] = fit_decision([row for row in own if row.split != "test"], threshold)
        for split in ("train、dev", "test"):
            part = [row for row in own if (row.split == "test") is (split == "test")]
            console.print(f"{kind}，{split}（{len(part)} 题）")
            print_curve(console, part, fitted[kind])
    fitted["direction"] = [round(float(value), 5) for value in direction]
    path = Path(next(iter(assistant.__path__))) / "data" / "scope.json"
    path.write_text(json.dumps(fitted, ensure_ascii=False) + "\n", "utf-8")
    console.print(f"写好了 {path.name}")


if __name__ == "__main__":
    main()
