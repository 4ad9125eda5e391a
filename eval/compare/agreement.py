"""The same question in five wordings: how often the answers agree, and how often they are right.

``python -m eval.compare.agreement`` asks every wording of ``eval/data/wordings.jsonl``. Two answers
agree where both decline or where they rest on an article in common.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from itertools import combinations
from typing import Any

from rich.console import Console

from assistant.cli.progress import ProgressBar
from assistant.pipeline import Assistant
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_assistant


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in several wordings, and the keys that carry its answer."""

    id: str
    wordings: tuple[str, ...]
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares over all questions: of pairs of wordings whose answers agree, of wordings answered
    from a gold article, and of questions all of whose answers agree."""

    pairs: float
    right: float
    whole: float


def load_wordings() -> list[Asked]:
    """The questions with their wordings."""
    text = (resources.files("eval") / "data" / "wordings.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [Asked(r["id"], tuple(r["wordings"]), frozenset(r["gold"])) for r in rows]


def cited(answer: Mapping[str, Any]) -> frozenset[str]:
    """The keys that an answer cites; none where it declines."""
    if answer["outcome"] != "answered":
        return frozenset()
    return frozenset(citation["key"] for citation in answer["citations"])


def agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two answers rest on an article in common, or both decline."""
    return bool(one & other) or one == other


def measure(asked: Sequence[Asked], answers: Sequence[Sequence[frozenset[str]]]) -> Agreement:
    """The agreement of the answers, given as the keys that each cites."""
    pairs = [agree(a, b) for keys in answers for a, b in combinations(keys, 2)]
    right = [
        bool(keys & question.gold)
        for question, row in zip(asked, answers, strict=True)
        for keys in row
    ]
    whole = [all(agree(a, b) for a, b in combinations(row, 2)) for row in answers]
    return Agreement(*(sum(told) / max(1, len(told)) for told in (pairs, right, whole)))


def run(assistant: Assistant, asked: Sequence[Asked], day: date) -> list[list[frozenset[str]]]:
    """What the answer to each wording cites."""
    return [
        [cited(assistant.answer(Query(text, day)).to_json()) for text in question.wordings]
        for question in asked
    ]


def main() -> None:
    """Ask all and print the shares."""
    asked = load_wordings()
    answers = run(build_assistant(load_settings(), ProgressBar()), asked, date.today())
    found = measure(asked, answers)
    console = Console()
    console.print(f"{len(asked)} 问，每问 {len(asked[0].wordings)} 种说法")
    console.print(f"两种说法的回答一致 {found.pairs:.3f}，五种全一致 {found.whole:.3f}")
    console.print(f"引到正确条文 {found.right:.3f}")


if __name__ == "__main__":
    main()
