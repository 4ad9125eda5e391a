"""Fits whether a text outside the corpus decides what is asked: part of ``make fit``.

The wording is fitted on ``eval/data/outside.jsonl``: questions in pairs, one that the statutes
answer and one on the same thing that they don't, written beside the statutes. What else tells it is
fitted on these, with the log-odds of a model that has not seen them, on the real-style questions of
the dev split and, counting less, on the train and dev split of the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from assistant.answering import OUTSIDE, observe, vectors_of
from assistant.dialog import resolve
from assistant.matters import Told, match
from assistant.question import read_letter
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from eval.fit.wording import read, write
from eval.runner import load_questions
from index.build import open_index
from index.search import HybridRetriever
from index.types import Vector

_C, _WORDING_C = 0.5, 3.0
_FOLDS, _SEED = 5, 7
_DEPTH = 10
_DAY = date(2026, 11, 28)
#: What an example counts: a pair's, a question's of the real kind, and any other's.
_PAIRED, _REAL, _OTHER = 0.5, 1.0, 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """The asks of a question, shape (asks, ``OUTSIDE``) and (asks, 2 × dimension), whether they are
    decided outside, and what each counts."""

    rows: Vector
    vectors: Vector
    is_outside: bool
    weight: float
    is_paired: bool = False


def path() -> Path:
    """Where the weights are."""
    return Path(str(resources.files("assistant.answering") / "outside.json"))


def describe(
    text: str, is_outside: bool, weight: float, retriever: HybridRetriever, is_paired: bool = False
) -> Example | None:
    """One question; None where nothing is found for it. Of a pair's letter the last ask counts."""
    resolved = resolve(Query(text, _DAY), retriever, _DEPTH)
    if not resolved.found.hits:
        return None
    letter = read_letter(text)
    asks = letter.asks if not letter.is_one_question and letter.asks else (letter.text,)
    told = [Told(ask, letter.digest, resolved.found) for ask in (asks[-1:] if is_paired else asks)]
    rows = [observe(one, match(one, retriever), resolved, retriever) for one in told]
    vectors = np.stack([vectors_of(one, retriever) for one in told])
    return Example(np.stack(rows), vectors, is_outside, weight / len(told), is_paired)


def examples(retriever: HybridRetriever) -> Iterator[Example]:
    """All that is learnt from."""
    for row in read("outside.jsonl"):
        if found := describe(row["question"], row["outside"], _PAIRED, retriever, is_paired=True):
            yield found
    for question in load_questions():
        if (
            question.turns
            or question.split not in ("train", "dev")
            or question.category == "injection"
        ):
            continue
        weight = _REAL if question.category == "real" else _OTHER
        is_outside = question.expect == "decline"
        if found := describe(question.question, is_outside, weight, retriever):
            yield found


def fit_wording(known: Sequence[Example]) -> Vector:
    """The weights of what is said; the examples of pairs get the log-odds of another fold's model.

    Writes into ``rows`` of the examples.
    """
    paired = [e for e in known if e.is_paired]
    vectors = np.concatenate([e.vectors for e in paired])
    labels = np.array([e.is_outside for e in paired])
    model = LogisticRegression(C=_WORDING_C, max_iter=5000)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED)
    told = cross_val_predict(model, vectors, labels, cv=folds, method="decision_function")
    Console().print(f"wording: AUC {roc_auc_score(labels, told):.3f} of {len(labels)} in folds")
    model.fit(vectors, labels)
    column = OUTSIDE.index("wording")
    for example, logit in zip(paired, told, strict=True):
        example.rows[:, column] = logit
    for example in known:
        if not example.is_paired:
            example.rows[:, column] = model.decision_function(example.vectors)
    return np.array([*model.coef_[0], model.intercept_[0]], dtype=np.float32)


def fit_rest(known: Sequence[Example]) -> dict[str, float]:
    """The weights of everything together."""
    rows = np.concatenate([e.rows for e in known])[:, 1:]
    labels = np.array([e.is_outside for e in known for _ in e.rows])
    weights = np.array([e.weight for e in known for _ in e.rows])
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=_C, max_iter=2000)
    model.fit(scale.transform(rows), labels, sample_weight=weights)
    told = model.decision_function(scale.transform(rows))
    real = weights > _PAIRED
    Console().print(f"outside: AUC {roc_auc_score(labels, told, sample_weight=weights):.3f}")
    Console().print(f"of the real dev questions: {roc_auc_score(labels[real], told[real]):.3f}")
    fitted = model.coef_[0] / scale.scale_
    constant = float(model.intercept_[0] - fitted @ scale.mean_)
    return dict(zip(OUTSIDE, [constant, *fitted.tolist()], strict=True))


def main() -> None:
    """Fit and write ``assistant/answering/outside.json``."""
    workspace = open_workspace(load_settings())
    build_index(workspace, lambda _done, _total: None)
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    known = list(examples(retriever))
    wording = fit_wording(known)
    weights = {name: round(weight, 4) for name, weight in fit_rest(known).items()}
    fields = {"weights": weights, "wording": np.round(wording.astype(float), 3).tolist()}
    write("assistant.answering", path().name, fields)


if __name__ == "__main__":
    main()
