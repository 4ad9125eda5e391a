"""Conversations written to learn from: how each turn stands to those before it, and, where that was
told, which articles answer it."""

from collections.abc import Iterator, Mapping
from typing import Any

from eval.examples.rows import read_rows
from eval.metrics import Question

_FILE = "conversations.jsonl"
_TEST = "test"


def load_conversations() -> list[dict[str, Any]]:
    """All of them but those that are only measured on."""
    return [row for row in read_rows(_FILE) if row.get("split") != _TEST]


def conversation_questions() -> Iterator[Question]:
    """Every turn behind the first of which it was told what answers it, after all before it."""
    for number, row in enumerate(read_rows(_FILE)):
        said = [turn["text"] for turn in row["turns"]]
        for place, turn in enumerate(row["turns"]):
            if place and turn["kind"] != "talk" and _is_told(turn):
                yield Question(
                    id=f"conversation-{number}-{place}",
                    question=turn["text"],
                    gold=tuple(turn["by"]),
                    expect="decline" if turn["outside"] else "answer",
                    split=row["split"],
                    turns=tuple(said[: place + 1]),
                )


def _is_told(turn: Mapping[str, Any]) -> bool:
    return bool(turn.get("by") or turn.get("outside"))
