"""Fits whether a text outside the corpus decides what is asked: part of ``make fit``.

The wording is fitted on what people say (``eval.examples``), each ask of which the statutes
answer or don't, and on the train and dev split of the questions that aren't real-style. What else
tells it is fitted on these, with the margin of a machine that has not seen them, and on the
real-style questions of the dev split; the other questions count less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from assistant.answering import OUTSIDE, Wording, observe_outside, vectors_of, wording_path
from assistant.dialog import resolve
from assistant.matters import Told, match
from assistant.question import read_letter
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from eval.examples import load_spoken
from eval.fit.wording import write
from eval.runner import load_questions
from index.opening import open_index
from index.search import HybridRetriever
from index.types import Retrieval, Vector

_C, _WORDING_C, _GAMMA = 0.5, 10.0, 1.0
_FOLDS = 8
_DEPTH = 10
_DAY = date(2026, 11, 28)
#: What an example counts: what people say, a question of the real kind, and any other.
_SPOKEN, _REAL, _OTHER = 0.5, 1.0, 0.1


@dataclass(frozen=True, slots=True)
class Example:
    """The asks of a text, shape (asks, ``OUTSIDE``) and (asks, 2 × dimension), for each whether a
    text outside decides it, and what each counts; ``is_spoken`` tells that it is of what people
    say, ``is_seen`` that the question encoder was trained on it, ``is_real`` that it is of the
    real kind."""

    rows: Vector
    vectors: Vector
    is_outside: Vector
    weight: float
    is_spoken: bool = False
    is_seen: bool = False
    is_real: bool = False


def describe(
    text: str, asks: Sequence[tuple[str, bool]], weight: float, retriever: HybridRetriever
) -> Example | None:
    """The asks of a text, each with whether a text outside decides it; None where nothing is
    found."""
    resolved = resolve(Query(text, _DAY), retriever, _DEPTH)
    if not resolved.found.hits or not asks:
        return None
    digest = read_letter(text).digest
    told = [Told(ask, digest, resolved.found) for ask, _ in asks]
    rows = [observe_outside(one, match(one, retriever), resolved, retriever) for one in told]
    vectors = np.stack([vectors_of(one, retriever) for one in told])
    labels = np.array([is_outside for _, is_outside in asks])
    return Example(np.stack(rows), vectors, labels, weight / len(asks))


def describe_seen(
    text: str, asks: Sequence[tuple[str, bool]], weight: float, retriever: HybridRetriever
) -> Example:
    """The asks of a text that only the model of the wording learns from."""
    digest = read_letter(text).digest
    told = [Told(ask, digest, Retrieval(())) for ask, _ in asks]
    vectors = np.stack([vectors_of(one, retriever) for one in told])
    labels = np.array([is_outside for _, is_outside in asks])
    rows = np.zeros((len(asks), len(OUTSIDE)), dtype=np.float32)
    return Example(rows, vectors, labels, weight / len(asks), is_spoken=True, is_seen=True)


def examples(retriever: HybridRetriever) -> Iterator[Example]:
    """All that is learnt from."""
    for spoken in load_spoken():
        asks = [(text, ask.is_outside) for text, ask in spoken.as_read()]
        weight = _SPOKEN * len(asks)
        if not spoken.is_held_out and asks:
            yield describe_seen(spoken.text, asks, weight, retriever)
        elif found := describe(spoken.text, asks, weight, retriever):
            yield replace(found, is_spoken=True)
    for question in load_questions():
        if (
            question.turns
            or question.split not in ("train", "dev")
            or question.category == "injection"
        ):
            continue
        is_real = question.category == "real"
        weight = _REAL if is_real else _OTHER
        letter = read_letter(question.question)
        asked = letter.asks if not letter.is_one_question and letter.asks else (letter.text,)
        asks = [(ask, question.expect == "decline") for ask in asked]
        if found := describe(question.question, asks, weight, retriever):
            yield replace(found, is_real=is_real)


def fit_wording(known: Sequence[Example]) -> Wording:
    """The machine of what is said; what it learns from gets the margin of another fold's.

    Writes into ``rows`` of the examples.
    """
    learnt = [e for e in known if not e.is_real]
    vectors = np.concatenate([e.vectors for e in learnt])
    labels = np.concatenate([e.is_outside for e in learnt])
    groups = np.concatenate([[i] * len(e.rows) for i, e in enumerate(learnt)])
    unseen = np.concatenate([[e.is_spoken and not e.is_seen] * len(e.rows) for e in learnt])
    machine = SVC(C=_WORDING_C, gamma=_GAMMA)
    told = cross_val_predict(
        machine,
        vectors,
        labels,
        groups=groups,
        cv=GroupKFold(_FOLDS),
        method="decision_function",
    )
    auc = roc_auc_score(labels[unseen], told[unseen])
    Console().print(f"wording: AUC {auc:.3f} of {unseen.sum()} in folds")
    machine.fit(vectors, labels)
    column = OUTSIDE.index("wording")
    start = 0
    for example in known:
        if example.is_real:
            example.rows[:, column] = machine.decision_function(example.vectors)
        else:
            example.rows[:, column] = told[start : start + len(example.rows)]
            start += len(example.rows)
    return Wording(
        machine.support_vectors_,
        machine.dual_coef_[0],
        float(machine.intercept_[0]),
        _GAMMA,
    )


def fit_rest(known: Sequence[Example]) -> dict[str, float]:
    """The weights of everything together, of what the question encoder was not trained on."""
    known = [e for e in known if not e.is_seen]
    rows = np.concatenate([e.rows for e in known])[:, 1:]
    labels = np.concatenate([e.is_outside for e in known])
    weights = np.array([e.weight for e in known for _ in e.rows])
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=_C, max_iter=2000)
    model.fit(scale.transform(rows), labels, sample_weight=weights)
    told = model.decision_function(scale.transform(rows))
    real = np.array([e.is_real for e in known for _ in e.rows])
    Console().print(f"outside: AUC {roc_auc_score(labels, told, sample_weight=weights):.3f}")
    Console().print(f"of the real dev questions: {roc_auc_score(labels[real], told[real]):.3f}")
    fitted = model.coef_[0] / scale.scale_
    constant = float(model.intercept_[0] - fitted @ scale.mean_)
    values = zip(OUTSIDE, [constant, *fitted.tolist()], strict=True)
    return {name: round(value, 4) for name, value in values}


def main() -> None:
    """Fit and write ``assistant/answering/outside.json`` and ``outside.npz``."""
    workspace = open_workspace(load_settings())
    build_index(workspace, lambda _done, _total: None)
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    known = list(examples(retriever))
    fit_wording(known).save(wording_path())
    write("assistant.answering", "outside.json", fit_rest(known))


if __name__ == "__main__":
    main()
