"""Fits which answer is given, the passages found or a matter: part of ``make fit``.

Learnt from asks of which one of both is right and the other isn't: what people say and the question
encoder was not trained on, and the questions of the train and dev split.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answering import (
    CHOOSING,
    Answered,
    answer_from_matter,
    answer_from_passages,
    consider,
    observe_asked,
)
from assistant.dialog import resolve
from assistant.question import read_letter
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from eval.examples import load_spoken
from eval.fit.wording import write
from eval.metrics import contains
from eval.runner import load_questions
from index.opening import open_index
from index.search import HybridRetriever
from index.types import Vector

_C, _FOLDS = 0.3, 10
_DEPTH = 10
_DAY = date(2026, 11, 28)
#: What is looked up or isn't a matter of finding tells nothing here.
_APART = ("lookup", "repealed", "pending", "injection")


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, the ask of it that is looked at, the keys that answer it, and what must be said."""

    text: str
    ask: str
    gold: frozenset[str]
    must_include: tuple[tuple[str, ...], ...] = ()

    def is_right(self, answered: Answered) -> bool:
        """Whether an answer cites what answers the ask and says what it must."""
        sentences = answered.draft.sentences
        told = "".join(sentence.text for sentence in sentences)
        cited = {evidence.key for sentence in sentences for evidence in sentence.evidence}
        return bool(cited & self.gold) and all(
            any(contains(told, wanted) for wanted in group) for group in self.must_include
        )


@dataclass(frozen=True, slots=True)
class Example:
    """What tells which answer is better, and whether the passages' and the matter's are right."""

    observed: Vector
    by_passages: bool
    by_matter: bool


def asked() -> Iterator[Asked]:
    """All that is learnt from."""
    for spoken in load_spoken():
        if spoken.is_held_out:
            for read, said in spoken.as_read():
                if said.by:
                    gold = frozenset(target.partition("|")[0] for target in said.by)
                    yield Asked(spoken.text, read, gold)
    for question in load_questions():
        letter = read_letter(question.question)
        is_apart = question.turns or question.category in _APART
        if (
            question.split in ("train", "dev")
            and question.gold
            and letter.is_alone
            and not is_apart
        ):
            ask = letter.asks[0] if letter.asks and not letter.is_one_question else letter.text
            keys = frozenset(question.gold)
            yield Asked(question.question, ask, keys, question.must_include)


def describe(one: Asked, retriever: HybridRetriever) -> Example | None:
    """Both answers of an ask judged; None where there aren't two."""
    query = Query(one.text, _DAY)
    resolved = resolve(query, retriever, _DEPTH)
    if not resolved.found.hits or any(r.key for r in resolved.understanding.references):
        return None
    considered = consider(one.ask, read_letter(one.text), query, resolved, retriever)
    made = answer_from_matter(considered, retriever)
    if made is None or considered.refusal:
        return None
    passages = answer_from_passages(considered, retriever)
    observed = observe_asked(considered, made, retriever)
    return Example(observed, one.is_right(passages), one.is_right(made))


def fit(examples: list[Example]) -> dict[str, float]:
    """The weights; prints how many are right either way and by choice, in folds."""
    rows = np.stack([e.observed for e in examples])[:, 1:]
    passages = np.array([e.by_passages for e in examples])
    matter = np.array([e.by_matter for e in examples])
    differ = passages != matter
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_C, max_iter=2000))
    folds = KFold(_FOLDS, shuffle=True, random_state=1)
    told = cross_val_predict(model, rows[differ], matter[differ], cv=folds, method="predict_proba")[
        :, 1
    ]
    for least in (0.4, 0.5):
        chosen = passages.copy()
        chosen[differ] = np.where(told >= least, matter[differ], passages[differ])
        Console().print(
            f"of {len(rows)}: passages {passages.sum()}, matter {matter.sum()}, "
            f"by choice from {least} on {chosen.sum()}, either {(passages | matter).sum()}"
        )
    model.fit(rows[differ], matter[differ])
    scale, logistic = model[0], model[1]
    fitted = logistic.coef_[0] / scale.scale_
    constant = float(logistic.intercept_[0] - fitted @ scale.mean_)
    weights = dict(zip(CHOOSING, [constant, *fitted.tolist()], strict=True))
    return {name: round(weight, 4) for name, weight in weights.items()}


def main() -> None:
    """Fit and write ``assistant/answering/choosing.json``."""
    workspace = open_workspace(load_settings())
    build_index(workspace, lambda _done, _total: None)
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    examples = [found for one in asked() if (found := describe(one, retriever))]
    write("assistant.answering", "choosing.json", fit(examples))


if __name__ == "__main__":
    main()
