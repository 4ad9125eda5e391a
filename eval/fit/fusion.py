"""Fits the weights with which rankings are combined: ``make fit``.

A conditional logit over the candidates of each question (McFadden, 1974): the log-probability that
the chosen candidate is a gold one, with an L2 penalty, fitted on the train and dev split. Prints
hit@k before and after by split; the test split takes no part.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize

from assistant.cli.progress import ProgressBar
from assistant.finding import preferences_of
from assistant.question import understand
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from corpus.shipped import write_sums
from eval.metrics import Question
from eval.runner import load_questions
from index.opening import open_index
from index.search import FEATURES, Fusion, HybridRetriever, load_fusion
from index.types import Vector

_PENALTY = 3e-3
_FITTED = (
    *("liability_unasked", "local_perhaps", "local_unasked"),
    *("term", "modal", "same_unit"),
)
#: What the questions of the fit cannot tell: few name a title, and those with words of the policy
#: text's own are all found without help; no question about the law has such words.
#: Who asks what a breach costs gets its penalty before the duty: that costs no hit of theirs.
#: A text without lay wording that lacks what is asked for (a term, a penalty …) is hardly meant;
#: chosen on the dev split of texts that nobody prepared.
_BY_HAND = {"named_title": 6.0, "local": 3.0, "liability": 0.6, "unworded_lacking": -1.0}


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates: features and preferences side by side, and which keys are gold.

    ``given`` is what the weights set by hand add to each candidate.
    """

    question: Question
    features: Vector
    given: Vector
    is_gold: NDArray[np.bool_]

    def scores(self, weights: Vector) -> Vector:
        """One score a candidate."""
        scores: Vector = self.features @ weights + self.given
        return scores


def examples(retriever: HybridRetriever, questions: Sequence[Question], day: date) -> list[Example]:
    """One example for each question of one turn with a gold key among the candidates."""
    found = []
    for question in questions:
        if question.turns or not question.gold or question.expect == "decline":
            continue
        understanding = understand(Query(question.question, day), retriever.corpus)
        if understanding.looked_up:
            continue
        candidates = retriever.candidates(understanding.search_text, day)
        passages = list(candidates.passages.values())
        picks = {p.name: p.picks for p in preferences_of(understanding, retriever.corpus)}
        preferred = [[name in picks and picks[name](p) for name in _FITTED] for p in passages]
        features = np.hstack([candidates.features, np.array(preferred, dtype=np.float32)])
        given = sum(
            (
                weight * np.array([name in picks and picks[name](p) for p in passages], float)
                for name, weight in _BY_HAND.items()
            ),
            start=np.zeros(len(passages)),
        )
        is_gold = np.array([key in question.gold for key in candidates.passages])
        found.append(Example(question, features, given.astype(np.float32), is_gold))
    return found


def fit(rows: Sequence[Example]) -> Vector:
    """Weights of shape (features + preferences,)."""
    return fit_logit([(row.features, row.given, row.is_gold) for row in rows])


def fit_logit(
    rows: Sequence[tuple[Vector, Vector, NDArray[np.bool_]]], penalty: float = _PENALTY
) -> Vector:
    """Weights of shape (features,) of a conditional logit with an L2 ``penalty``.

    Each row is one choice: features of shape (candidates, features), what is added to each
    candidate beforehand, and which candidates are right. Rows without a right one tell nothing.
    """
    usable = [row for row in rows if row[2].any()]

    def loss(weights: Vector) -> tuple[float, Vector]:
        total, gradient = 0.0, np.zeros_like(weights)
        for features, given, is_right in usable:
            scores = features @ weights + given
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            right = chances * is_right
            total -= float(np.log(right.sum()))
            gradient += features.T @ (chances - right / right.sum())
        count = len(usable)
        return (
            total / count + penalty * float(weights @ weights),
            gradient / count + 2 * penalty * weights,
        )

    start = np.zeros(usable[0][0].shape[1])
    weights: Vector = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return weights


def weights_of(fusion: Fusion) -> Vector:
    """The weights in the order in which ``fit`` gives them."""
    preferences = [fusion.preferences.get(name, 0.0) for name in _FITTED]
    return np.array([fusion.features[name] for name in FEATURES] + preferences)


def hits(rows: Sequence[Example], weights: Vector, depth: int) -> float:
    """Share of the questions with a gold key among the first ``depth``."""
    found = 0
    for row in rows:
        order = np.argsort(-row.scores(weights), kind="stable")[:depth]
        found += bool(row.is_gold[order].any())
    return found / max(1, len(rows))


def path() -> Path:
    """Where the weights are."""
    return Path(str(resources.files("index.search") / "fusion.json"))


def main() -> None:
    """Fit, write ``index/search/fusion.json`` and print hit@1 and hit@5 before and after."""
    console = Console()
    workspace = open_workspace(load_settings())
    build_index(workspace, ProgressBar())
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    rows = examples(retriever, load_questions(), date.today())
    weights = fit([row for row in rows if row.question.split != "test"])
    before = weights_of(load_fusion())
    for category in ("policy", "law", "correct"):
        for split in ("train", "dev", "test"):
            part = [
                r for r in rows if r.question.split == split and r.question.category == category
            ]
            figures = [hits(part, w, k) for k in (1, 5) for w in (before, weights)]
            shown = "、".join(
                f"hit@{k} {a:.3f} → {b:.3f}"
                for k, a, b in zip((1, 5), figures[::2], figures[1::2], strict=True)
            )
            console.print(f"{category} {split}（{len(part)} 题）：{shown}")
    values = [round(float(weight), 3) for weight in weights]
    fitted = {
        "features": dict(zip(FEATURES, values, strict=False)),
        "preferences": {
            **dict(zip(_FITTED, values[len(FEATURES) :], strict=True)),
            **_BY_HAND,
        },
        "unprepared": dict(load_fusion().unprepared),
    }
    path().write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
    write_sums()
    console.print(f"写好了 {path().name}")


if __name__ == "__main__":
    main()
