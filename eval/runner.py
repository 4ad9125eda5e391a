"""Running a question set through the assistant."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from assistant.pipeline import Assistant
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.errors import OptionError
from eval.metrics import Judgement, Question, judge

#: The project's own question sets.
_OWN = ("real.jsonl", "long.jsonl", "questions.jsonl")
#: How many retrieved keys are kept of each question.
DEPTH = 5


@dataclass(frozen=True, slots=True)
class Result:
    """One question with what came of it. ``keys`` are the retrieved keys, best first."""

    question: Question
    keys: tuple[str, ...]
    answer: Mapping[str, Any]
    judgement: Judgement

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with the answer."""
        return not self.judgement.failures

    @property
    def is_answered(self) -> bool:
        """Whether the assistant answered and did not decline."""
        return bool(self.answer["outcome"] == "answered")


def load_questions(path: Path | None = None) -> list[Question]:
    """Read a question set, the project's own by default (what people really ask first);
    OptionError where it cannot be read."""
    if path:
        return _read(path)
    data = resources.files("eval") / "data"
    return [q for name in _OWN if (data / name).is_file() for q in _read(data / name)]


def _read(source: Traversable) -> list[Question]:
    try:
        lines = source.read_text("utf-8").split("\n")
        return [Question.from_json(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OptionError(f"题集 {source} 读不了，请检查路径和格式。") from error


def texts_by_key(corpus: Corpus) -> dict[str, list[str]]:
    """The texts of every version of every article, by key."""
    texts: dict[str, list[str]] = defaultdict(list)
    for document in corpus.documents:
        for article in document.articles:
            texts[article.key].append(article.text)
    return dict(texts)


def run(assistant: Assistant, questions: Iterable[Question], day: date) -> list[Result]:
    """Search, answer and judge every question as of ``day``; an error says at which question."""
    texts = texts_by_key(assistant.corpus)
    results = []
    for question in questions:
        try:
            results.append(_ask(assistant, question, day, texts))
        except Exception as error:
            error.add_note(f"while asking question {question.id}")
            raise
    return results


def _ask(
    assistant: Assistant, question: Question, day: date, texts: Mapping[str, list[str]]
) -> Result:
    turns = question.turns or (question.question,)
    query = Query(turns[-1], day, history=turns[:-1], id=question.id)
    keys = tuple(hit.passage.key for hit in assistant.search(query, DEPTH))
    answer = assistant.answer(query).to_json()
    return Result(question, keys, answer, judge(answer, question, texts))
