"""Fits how a turn stands to the dialog before it: part of ``make fit``.

Whether a turn leans on the dialog is a logistic regression of written dialogs against pairs of
single questions, which tell what a new topic looks like; which article a leaning turn asks for, a
conditional logit with an L2 penalty. Prints hit@1 before and after; the test split takes no part.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.cli.progress import ProgressBar
from assistant.deciding import is_refused_by_rule
from assistant.dialog import (
    ANSWER,
    CANDIDATE,
    TURN,
    DialogModel,
    Turn,
    load_dialog_model,
    search_turn,
    settle,
)
from assistant.question import understand
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from corpus.language import fold
from corpus.shipped import write_sums
from eval.examples import conversation_questions
from eval.fit.fusion import fit_logit
from eval.metrics import Question
from eval.runner import load_questions
from index.opening import open_index
from index.search import HybridRetriever
from index.types import Vector

_PENALTY = 3e-3
_GATE_C = 0.3
_ANSWER_C = 0.1
#: A written dialog counts as so many made of single questions.
_WRITTEN = 3.0
_SEED = 5
#: New topics, made of single questions, beside the written dialogs.
_PAIRS = 300
#: After so many questions that the corpus answers comes each one that it does not.
_DECLINED = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A turn and which of its keys are gold."""

    split: str
    turn: Turn
    is_gold: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn, whether the corpus answers it, and how much it counts."""

    turn: Turn
    is_answerable: bool
    weight: float


def examples(retriever: HybridRetriever, questions: Sequence[Question], day: date) -> list[Example]:
    """One example for each dialog with a gold key among the candidates."""
    found = []
    for question in questions:
        if not question.turns or not question.gold or question.expect == "decline":
            continue
        turn = after_all(Query(question.turns[-1], day, history=question.turns[:-1]), retriever)
        if turn is None or turn.names_its_source:
            continue
        is_gold = np.array([key in question.gold for key in turn.keys])
        if is_gold.any():
            found.append(Example(question.split, turn, is_gold))
    return found


def after_all(query: Query, retriever: HybridRetriever) -> Turn | None:
    """The turn beside what was said last, also where it can stand alone: what a turn is like that
    doesn't lean is learnt from these."""
    topic = " ".join(fold(turn) for turn in query.history[-2:])
    alone = understand(query, retriever.corpus)
    return search_turn(query, alone, topic, retriever) if topic else None


def pair(questions: Sequence[Question], count: int) -> list[Question]:
    """Dialogs of two single questions that have nothing to do with each other."""
    draw = random.Random(_SEED)  # noqa: S311
    single = _single(questions)
    return [
        Question(**{**asdict(last), "turns": (first.question, last.question)})
        for first, last in (draw.sample(single, 2) for _ in range(count))
        if not set(first.gold + first.also_ok) & set(last.gold + last.also_ok)
    ]


def _single(questions: Sequence[Question]) -> list[Question]:
    return [
        question
        for question in questions
        if question.split != "test" and not question.turns and question.expect == "answer"
    ]


def fit(dialogs: Sequence[Example], new_topics: Sequence[Example]) -> DialogModel:
    """The weights of both models.

    Of the written dialogs those lean that are not answered best by the turn's own search.
    """
    leaning = [row for row in dialogs if _leans(row)]
    new_topics = [*new_topics, *(row for row in dialogs if not _leans(row))]
    rows = [row.turn.features for row in (*leaning, *new_topics)]
    is_leaning = [True] * len(leaning) + [False] * len(new_topics)
    scale = StandardScaler().fit(rows)
    gate = LogisticRegression(C=_GATE_C, max_iter=5000, class_weight="balanced")
    gate.fit(scale.transform(rows), is_leaning)
    of_turn = gate.coef_[0] / scale.scale_
    of_turn[TURN.index("always")] = gate.intercept_[0] - of_turn @ scale.mean_
    first = DialogModel(
        _named(TURN, of_turn), dict.fromkeys(CANDIDATE, 0.0), dict.fromkeys(ANSWER, 0.0)
    )
    of_candidate = fit_logit(
        [
            (first.describe(row.turn), np.zeros(len(row.is_gold), np.float32), row.is_gold)
            for row in (*leaning, *new_topics)
        ],
        _PENALTY,
    )
    return replace(first, candidate=_named(CANDIDATE, of_candidate))


def fit_answers(model: DialogModel, turns: Sequence[Judged]) -> DialogModel:
    """The weights that tell turns which the corpus answers from those that it does not."""
    observed = [(model.observe(judged.turn), judged) for judged in turns]
    known = [(row, judged) for row, judged in observed if row is not None]
    rows = np.array([row for row, _ in known])
    scale = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=_ANSWER_C, max_iter=5000, class_weight="balanced")
    fitted.fit(
        scale.transform(rows),
        [judged.is_answerable for _, judged in known],
        sample_weight=[judged.weight for _, judged in known],
    )
    weights = fitted.coef_[0] / scale.scale_
    weights[ANSWER.index("always")] = fitted.intercept_[0] - weights @ scale.mean_
    return replace(model, answer=_named(ANSWER, weights))


def _leans(row: Example) -> bool:
    """Whether the dialog helps to find a gold article."""
    turn = row.turn
    own = {hit.passage.key: rank for rank, hit in enumerate(turn.found["alone"].hits)}
    both = {hit.passage.key: rank for rank, hit in enumerate(turn.found["together"].hits)}
    gold = [key for key, is_gold in zip(turn.keys, row.is_gold, strict=True) if is_gold]
    return min(both.get(k, 99) for k in gold) <= min(own.get(k, 99) for k in gold)


def _named(names: Sequence[str], weights: Vector) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def hits(rows: Sequence[Example], model: DialogModel) -> float:
    """Share of the turns whose likeliest article is a gold one."""
    right = [bool(row.is_gold[int(np.argmax(model.chances(row.turn)))]) for row in rows]
    return sum(right) / max(1, len(rows))


def turns_to_judge(
    retriever: HybridRetriever, questions: Sequence[Question], day: date, model: DialogModel
) -> list[Judged]:
    """Turns and whether the corpus answers them: those of written dialogs, and of pairs whose
    second question is answerable or not.

    Those that a rule refuses (other places) are left out: nothing else can tell them. The second
    ones are questions, not the counter-examples that ``eval.fit.calibrate`` learns from:
    those look more like counter-examples than any question does.
    """
    draw = random.Random(_SEED)  # noqa: S311
    first = [q.question for q in _single(questions)]
    declined = [q.question for q in questions if not q.turns and q.expect == "decline"]
    asked = [(q.turns, q.expect != "decline", _WRITTEN) for q in questions if q.turns]
    asked += [(q.turns, True, 1.0) for q in pair(questions, _PAIRS)]
    asked += [((draw.choice(first), last), False, 1.0) for last in declined * _DECLINED]
    judged = []
    for turns, is_answerable, weight in asked:
        query = Query(turns[-1], day, history=turns[:-1])
        turn = after_all(query, retriever)
        if turn is None or turn.leaning.references:
            continue
        settled = settle(turn, model, 1, retriever.corpus)
        if is_refused_by_rule(query, settled.understanding, settled.found, retriever.corpus):
            continue
        judged.append(Judged(turn, is_answerable, weight))
    return judged


def rates(model: DialogModel, turns: Sequence[Judged]) -> tuple[float, float]:
    """Shares of the answerable turns that are answered, and of the others that are refused."""
    told = [(model.judge(judged.turn), judged.is_answerable) for judged in turns]
    answered = [bool(c and c.suffices) for c, is_answerable in told if is_answerable]
    refused = [not (c and c.suffices) for c, is_answerable in told if not is_answerable]
    return sum(answered) / max(1, len(answered)), sum(refused) / max(1, len(refused))


def main() -> None:
    """Fit, write ``assistant/dialog/model.json`` and print hit@1 before and after."""
    console = Console()
    workspace = open_workspace(load_settings())
    build_index(workspace, ProgressBar())
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    questions = [*load_questions(), *conversation_questions()]
    day = date.today()
    written = examples(retriever, questions, day)
    own = [row for row in written if row.split != "test"]
    paired = examples(retriever, pair(questions, _PAIRS), day)
    model = fit(own, paired)
    for name, rows in (
        ("train、dev", own),
        ("换了话题", paired),
        ("test", [row for row in written if row.split == "test"]),
    ):
        before, after = (hits(rows, m) for m in (load_dialog_model(), model))
        console.print(f"{name}（{len(rows)} 段）：hit@1 {before:.3f} → {after:.3f}")
    own_questions = [q for q in questions if q.split != "test"]
    judged = turns_to_judge(retriever, own_questions, day, model)
    model = fit_answers(model, judged)
    answered, refused = rates(model, [row for row in judged if row.weight == _WRITTEN])
    console.print(f"train、dev 的对话：答得了的答了 {answered:.3f}，答不了的拒了 {refused:.3f}")
    path = Path(str(resources.files("assistant.dialog") / "model.json"))
    path.write_text(json.dumps(asdict(model), indent=1) + "\n", "utf-8")
    write_sums()
    console.print(f"写好了 {path.name}")


if __name__ == "__main__":
    main()
