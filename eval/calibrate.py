"""Fits the model that decides whether the law answers a question: ``make calibrate``.

Fitted on the train and dev split; prints the risk–coverage curve on the test split.
"""

import json
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression

import assistant
from assistant.pipeline import find
from assistant.progress import ProgressBar
from assistant.settings import load_settings
from assistant.types import Query
from assistant.understanding import understand
from assistant.wiring import build_index, open_workspace
from corpus.types import Kind
from eval.runner import load_questions
from index.build import open_index

_THRESHOLD = 0.3


def main() -> None:
    """Fit, write ``assistant/data/answerability.json`` and print the curve."""
    console = Console()
    workspace = open_workspace(load_settings())
    build_index(workspace, ProgressBar())
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    rows: dict[bool, list[tuple[float, float, bool]]] = {True: [], False: []}
    for question in load_questions():
        turns = question.turns or (question.question,)
        query = Query(turns[-1], date.today(), history=turns[:-1])
        understanding = understand(query, retriever.corpus)
        found = find(retriever, understanding, 1, query.as_of)
        if understanding.references or found.hits[0].passage.kind is Kind.POLICY:
            continue
        is_answerable = question.expect != "decline"
        rows[question.split == "test"].append((found.nearest, found.spread, is_answerable))
    train, test = np.array(rows[False]), np.array(rows[True])
    model = LogisticRegression(C=1e4, max_iter=10_000).fit(train[:, :2], train[:, 2])
    fitted = {
        "intercept": round(float(model.intercept_[0]), 3),
        "nearest": round(float(model.coef_[0][0]), 3),
        "spread": round(float(model.coef_[0][1]), 3),
        "threshold": _THRESHOLD,
    }
    path = Path(next(iter(assistant.__path__))) / "data" / "answerability.json"
    path.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
    console.print(f"写好了 {path.name}：{fitted}")
    probabilities = model.predict_proba(test[:, :2])[:, 1]
    answerable = test[:, 2] > 0
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        answered = probabilities >= threshold
        coverage = answered[answerable].mean()
        risk = (answered & ~answerable).sum() / max(1, answered.sum())
        console.print(f"阈值 {threshold}：答得了的答了 {coverage:.3f}，答了而不该答的占 {risk:.3f}")


if __name__ == "__main__":
    main()
