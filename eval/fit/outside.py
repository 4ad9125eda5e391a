"""Fits whether a text outside the corpus decides what is asked: part of ``make fit``.

The examples are the real-style questions of the dev split and, counting less, the train and dev
split of the others. Prints what would be declined, right and wrong, of the dev split.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.answering import OUTSIDE, observe
from assistant.dialog import resolve
from assistant.matters import Told, match
from assistant.question import read_letter
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from eval.fit.wording import write
from eval.metrics import Question
from eval.runner import load_questions
from index.build import open_index
from index.search import HybridRetriever
from index.types import Vector

_C = 0.5
_DEPTH = 10
_DAY = date(2026, 11, 28)
#: What a question that is not of the real kind counts.
_OTHERS = 0.15


@dataclass(frozen=True, slots=True)
class Example:
    """The asks of a question, shape (asks, ``OUTSIDE``), and whether it is decided outside."""

    question: Question
    rows: Vector

    @property
    def weight(self) -> float:
        """What each of its asks counts."""
        return (1.0 if self.question.category == "real" else _OTHERS) / len(self.rows)


def examples(questions: Sequence[Question], retriever: HybridRetriever) -> list[Example]:
    """One for each question for which anything is found."""
    found = []
    for question in questions:
        resolved = resolve(Query(question.question, _DAY), retriever, _DEPTH)
        if not resolved.found.hits:
            continue
        letter = read_letter(question.question)
        rows = []
        for ask in letter.asks if not letter.is_one_question and letter.asks else (letter.text,):
            told = Told(ask, letter.digest, resolved.found)
            rows.append(observe(told, match(told, retriever), resolved, retriever))
        found.append(Example(question, np.stack(rows)))
    return found


def main() -> None:
    """Fit and write ``assistant/answering/outside.json``."""
    workspace = open_workspace(load_settings())
    build_index(workspace, lambda _done, _total: None)
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    asked = [q for q in load_questions() if not q.turns and q.split in ("train", "dev")]
    known = examples([q for q in asked if q.category != "injection"], retriever)
    rows = np.concatenate([e.rows for e in known])[:, 1:]
    labels = [e.question.expect == "decline" for e in known for _ in e.rows]
    weights = [e.weight for e in known for _ in e.rows]
    scale = StandardScaler().fit(rows)
    model = LogisticRegression(C=_C, max_iter=2000)
    model.fit(scale.transform(rows), labels, sample_weight=weights)
    fitted = model.coef_[0] / scale.scale_
    constant = float(model.intercept_[0] - fitted @ scale.mean_)
    names = dict(zip(OUTSIDE, [constant, *fitted.tolist()], strict=True))
    write("assistant.answering", "outside.json", {n: round(w, 4) for n, w in names.items()})
    right = model.score(scale.transform(rows), labels, sample_weight=weights)
    Console().print(f"outside: {right:.3f} of {len(known)} questions' asks right")


if __name__ == "__main__":
    main()
