"""Fits the weights by which the parts of an article are chosen: part of ``make fit``.

A conditional logit over the units of the gold articles: the log-probability that the chosen unit
holds one of the question's wanted strings, with an L2 penalty, fitted on the train and dev split.
Prints how often the best unit is a right one; the test split takes no part.
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

from assistant.cli.progress import ProgressBar
from assistant.dialog import resolve
from assistant.extracting import FEATURES, SHORT_ARTICLE, describe, load_weights, look_for, units_of
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from corpus.shipped import write_sums
from eval.fit.fusion import fit_logit
from eval.metrics import Question, contains
from eval.runner import load_questions
from index.opening import open_index
from index.search import HybridRetriever
from index.types import Vector

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One article to choose from: features of its units, and which of them are right."""

    split: str
    features: Vector
    is_right: NDArray[np.bool_]


def choices(retriever: HybridRetriever, questions: Sequence[Question], day: date) -> list[Choice]:
    """One choice for each gold article among the hits that has right and wrong units."""
    found = []
    for question in questions:
        if question.expect == "decline":
            continue
        turns = question.turns or (question.question,)
        query = Query(turns[-1], day, history=turns[:-1])
        resolved = resolve(query, retriever, _DEPTH)
        understanding = resolved.understanding
        for hit in resolved.found.hits:
            if hit.passage.key not in question.gold:
                continue
            document, article = retriever.corpus.find(hit.passage.document_id, hit.passage.key)
            units = units_of(article, document)
            texts = [article.text[u.start : u.end] for u in units]
            is_right = np.array([_holds(text, question) for text in texts])
            if len(article.text) <= SHORT_ARTICLE or is_right.all() or not is_right.any():
                continue
            wanted = look_for(understanding, article.key, hit.passage, resolved.fits)
            features = describe(units, article.text, wanted, retriever.weigh)
            found.append(Choice(question.split, features, is_right))
    return found


def _holds(text: str, question: Question) -> bool:
    return any(contains(text, wanted) for group in question.must_include for wanted in group)


def hits(rows: Sequence[Choice], weights: Vector) -> float:
    """Share of the choices whose best unit is a right one."""
    right = [bool(row.is_right[int(np.argmax(row.features @ weights))]) for row in rows]
    return sum(right) / max(1, len(right))


def main() -> None:
    """Fit, write ``extracting/unit_scores.json`` and print how often the best unit is right."""
    console = Console()
    workspace = open_workspace(load_settings())
    build_index(workspace, ProgressBar())
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    rows = choices(retriever, load_questions(), date.today())
    own = [row for row in rows if row.split != "test"]
    nothing = np.float32(0)
    weights = fit_logit(
        [(row.features, np.full(len(row.is_right), nothing), row.is_right) for row in own]
    )
    before = np.array([load_weights().get(name, 0.0) for name in FEATURES])
    for split in ("train、dev", "test"):
        part = [row for row in rows if (row.split == "test") is (split == "test")]
        shares = f"{hits(part, before):.3f} → {hits(part, weights):.3f}"
        console.print(f"{split}（{len(part)} 条）：首选对的 {shares}")
    fitted = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    path = Path(str(resources.files("assistant.extracting") / "unit_scores.json"))
    path.write_text(json.dumps(fitted, indent=1) + "\n", "utf-8")
    write_sums()
    console.print(f"写好了 {path.name}")


if __name__ == "__main__":
    main()
