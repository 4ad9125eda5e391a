"""Fits what texts without lay wording are ranked with: ``python -m eval.fit.unprepared FOLDER``.

A conditional logit as in ``eval.fit.fusion``, over the candidates of questions on texts that nobody
prepared (the dev split of ``eval/data/unprepared.jsonl``; FOLDER has the regulations), beside
questions that the bundled texts answer, with all of these texts in use. What the other candidates
score is given. Then a logistic model of whether what was found first answers at all: of the same
questions, of those that no text answers, and of all with the text left out that answers them. The
figures of the test split are printed; it takes no part.
"""

import argparse
import json
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answering import ADDED, is_unprepared, observe_added
from assistant.dialog import resolve
from assistant.finding import preferences_of
from assistant.matters import Told
from assistant.question import Understanding, read_letter, understand
from assistant.types import Query
from corpus.shipped import write_sums
from eval.examples import load_spoken
from eval.fit.fusion import fit_logit, path
from eval.fit.wording import write
from eval.runner import load_questions
from eval.unprepared import add_unprepared, lent, load_unprepared, question_of
from index.opening import open_index
from index.search import FEATURES, UNPREPARED, HybridRetriever, load_fusion
from index.types import Retrieval, ScoredPassage, Vector

_PENALTY = 1e-3
#: How much more a question about a text that nobody prepared counts: there are few.
_TIMES = 12
_DAY = date(2026, 11, 28)
#: Of a letter so much is searched for beside an ask, as the assistant does.
_STORY = 80

_DEPTH = 10
_LEAST = 1e-3
_C = 3.0
#: How well a passage reads moves less than the others.
_SCALE = np.array([1.0, 1.0, 10.0])

#: What is read of the candidates, what is given of them, and which are right.
Choice = tuple[Vector, Vector, NDArray[np.bool_]]


def describe(understanding: Understanding, gold: frozenset[str], found: HybridRetriever) -> Choice:
    """The candidates of one question."""
    fusion = load_fusion()
    candidates = found.candidates(understanding.search_text, _DAY)
    passages = list(candidates.passages.values())
    given = candidates.features @ np.array([fusion.features[name] for name in FEATURES])
    for preference in preferences_of(understanding, found.corpus):
        picked = np.array([preference.picks(passage) for passage in passages])
        given = given + fusion.preferences[preference.name] * picked
    is_right = np.array([key in gold for key in candidates.passages], dtype=bool)
    return candidates.unprepared, given, is_right


def read(text: str, ask: str, retriever: HybridRetriever) -> Understanding:
    """What is searched for one ask of a text."""
    letter = read_letter(text)
    asked = text if letter.is_alone else f"{letter.digest[:_STORY]} {ask}"
    return understand(Query(asked, _DAY), retriever.corpus)


def of_unprepared(split: str, category: str, retriever: HybridRetriever) -> list[Choice]:
    """The questions of one split about one kind of text that have an answer."""
    rows = [r for r in load_unprepared() if r["split"] == split and r["category"] == category]
    questions = [question_of(row, retriever.corpus) for row in rows]
    return [
        describe(read(q.question, q.question, retriever), frozenset(q.gold), retriever)
        for q in questions
        if q.expect != "decline"
    ]


def of_bundled(splits: Sequence[str], retriever: HybridRetriever) -> Iterator[Choice]:
    """Single questions that the bundled texts answer."""
    for question in load_questions():
        if question.split in splits and question.gold and not question.turns:
            understanding = understand(Query(question.question, _DAY), retriever.corpus)
            if not understanding.looked_up:
                yield describe(understanding, frozenset(question.gold), retriever)


def of_spoken(retriever: HybridRetriever) -> Iterator[Choice]:
    """What people say and the encoder was not trained on."""
    for spoken in load_spoken():
        for asked, ask in spoken.as_read() if spoken.is_held_out else ():
            gold = frozenset(target.partition("|")[0] for target in ask.by)
            yield describe(read(spoken.text, asked, retriever), gold, retriever)


def hits(choices: Sequence[Choice], weights: Vector, depth: int) -> float:
    """The share with a right candidate among the first ``depth``, of those that have one."""
    found = [
        bool(right[np.argsort(-(rows @ weights + given), kind="stable")[:depth]].any())
        for rows, given, right in choices
        if right.any()
    ]
    return sum(found) / max(1, len(found))


def of_answered(split: str, retriever: HybridRetriever) -> tuple[Vector, NDArray[np.bool_]]:
    """What tells whether a text without lay wording answers, shape (questions, ``ADDED``), and
    whether it does."""
    rows: list[Vector] = []
    answers: list[bool] = []
    for row in load_unprepared():
        if row["split"] != split:
            continue
        question = question_of(row, retriever.corpus)
        resolved = resolve(Query(question.question, _DAY), retriever, _DEPTH)
        is_answered = question.expect != "decline"
        found = [(resolved.found, is_answered)]
        if is_answered:
            title = row["document"].partition("(")[0]
            keys = (*question.gold, *question.also_ok)
            right = {title, lent(title), *(key.partition("#")[0] for key in keys)}
            found.append((without(resolved.found, right), False))
        told = Told(question.question, question.question, resolved.found)
        for retrieval, answered in found:
            own = replace(resolved, found=retrieval)
            if is_unprepared(own, retriever):
                rows.append(observe_added(told, own, retriever))
                answers.append(answered)
    return np.stack(rows), np.array(answers)


def without(found: Retrieval, titles: Collection[str]) -> Retrieval:
    """What had been found without these texts."""
    hits = [hit for hit in found.hits if hit.passage.title not in titles]
    gone = sum(hit.score for hit in found.hits if hit.passage.title in titles)
    left = max(1 - gone, _LEAST)
    return replace(found, hits=tuple(ScoredPassage(h.passage, h.score / left) for h in hits))


def fit_answered(retriever: HybridRetriever, console: Console) -> dict[str, float]:
    """The weights of ``ADDED``; prints how well they tell it of the test split."""
    rows, answers = of_answered("dev", retriever)
    model = LogisticRegression(C=_C, fit_intercept=False, max_iter=5000)
    model.fit(rows * _SCALE, answers)
    weights = model.coef_[0] * _SCALE
    tested, right = of_answered("test", retriever)
    console.print(f"有没有答案：test AUC {roc_auc_score(right, tested @ weights):.3f}")
    return {n: round(float(w), 4) for n, w in zip(ADDED, weights, strict=True)}


def main() -> None:
    """Fit, write the weights into ``index/search/fusion.json`` and print hit@1 and hit@5."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the regulations, as .md files")
    folder = parser.parse_args().folder
    console = Console()
    with tempfile.TemporaryDirectory() as made:
        _, workspace = add_unprepared(folder, Path(made))
        retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
        kinds = ("regulation", "statute", "own")
        held = {(k, s): of_unprepared(s, k, retriever) for k in kinds for s in ("dev", "test")}
        bundled = {s: list(of_bundled([s], retriever)) for s in ("train", "dev", "test")}
        rows = [row for (_, split), some in held.items() if split == "dev" for row in some]
        others = [*bundled["train"], *bundled["dev"], *of_spoken(retriever)]
        weights = fit_logit(rows * _TIMES + others, _PENALTY)
        fitted = json.loads(path().read_text("utf-8"))
        values = (round(float(weight), 3) for weight in weights)
        fitted["unprepared"] = dict(zip(UNPREPARED, values, strict=True))
        path().write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
        write_sums()
        fusion = replace(load_fusion(), unprepared=fitted["unprepared"])
        answered = fit_answered(retriever.weighed(fusion), console)
    write(
        "assistant.answering",
        "added.json",
        {"embedder": retriever.embedder_name, "weights": answered},
    )
    shown = {"，".join(kind): some for kind, some in held.items()} | bundled
    for name, some in shown.items():
        figures = "、".join(f"hit@{k} {hits(some, weights, k):.3f}" for k in (1, 5))
        console.print(f"{name}（{len(some)} 题）：{figures}")


if __name__ == "__main__":
    main()
