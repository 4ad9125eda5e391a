"""Running a question set through the assistant."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.pipeline import Assistant
from assistant.types import Query
from corpus.errors import OptionError
from eval.metrics import Question, citation_precision, failures, hit_at

HITS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Result:
    """One question with what came of it. ``keys`` are the retrieved keys, best first."""

    question: Question
    keys: tuple[str, ...]
    answer: dict[str, Any]
    failures: tuple[str, ...]
    precision: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over some results. Shares are between 0 and 1; ``hits`` is by depth."""

    count: int
    passed: float
    hits: dict[int, float] | None
    precision: float | None


def load_questions(path: Path | None = None) -> list[Question]:
    """Read a question set, the project's own by default; OptionError where it cannot be read."""
    source = path or resources.files("eval") / "data" / "questions.jsonl"
    try:
        lines = source.read_text("utf-8").splitlines()
        return [Question.from_json(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OptionError(f"题集 {source} 读不了，请检查路径和格式。") from error


def run(assistant: Assistant, questions: Iterable[Question], day: date) -> list[Result]:
    """Search and answer every question as of ``day``."""
    results = []
    for question in questions:
        turns = question.turns or (question.question,)
        query = Query(turns[-1], day, history=turns[:-1], id=question.id)
        keys = tuple(hit.passage.key for hit in assistant.search(query, max(HITS)))
        answer = assistant.answer(query).to_json()
        results.append(
            Result(
                question,
                keys,
                answer,
                tuple(failures(answer, question)),
                citation_precision(answer, question),
            )
        )
    return results


def summarise(results: Iterable[Result]) -> Summary:
    """The figures over these results; hits count only questions that have a gold key."""
    rows = list(results)
    with_gold = [r for r in rows if r.question.gold and r.question.expect != "decline"]
    precisions = [r.precision for r in rows if r.precision is not None and r.question.gold]
    return Summary(
        count=len(rows),
        passed=sum(not r.failures for r in rows) / len(rows) if rows else 0.0,
        hits={
            k: sum(hit_at(r.keys, r.question.gold, k) for r in with_gold) / len(with_gold)
            for k in HITS
        }
        if with_gold
        else None,
        precision=sum(precisions) / len(precisions) if precisions else None,
    )
