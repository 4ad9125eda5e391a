"""An answer as it was shown, kept without what is personal in the question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.redacting import redact
from assistant.types import Answer
from corpus.language import strip_control

_LEFT_OUT = "〔略〕"
_MARKS = re.compile("((?:〔[^〔〕]{1,6}〕)+)")
_RUNS = re.compile(r"\d+|\D+")


def without_personal(answer: Answer) -> Answer:
    """The answer with its question redacted, and with what was taken out of that gone from its
    sentences too; what it says and quotes by itself stays as it was (an office's number)."""
    asked = (answer.question, answer.understood)
    pieces = sorted({p for text in asked for p in _taken_out(text)}, key=len, reverse=True)
    sentences = tuple(
        replace(s, text=_without(s.text, pieces), part=_without(s.part, pieces))
        for s in answer.sentences
    )
    return replace(
        answer,
        id=redact(answer.id),
        question=redact(answer.question),
        understood=redact(answer.understood),
        sentences=sentences,
    )


def _taken_out(text: str) -> Iterator[str]:
    """The pieces in whose place a mark stands in the redacted text."""
    first, *rest = _MARKS.split(redact(text))
    text = strip_control(text)
    place = len(first)
    # Each stretch that was left is looked for where it can first be; the last one is at the end.
    for number in range(0, len(rest), 2):
        marks, left = rest[number : number + 2]
        is_last = number + 2 == len(rest)
        end = len(text) - len(left) if is_last else text.find(left, place + 1)
        # What was written in such marks is no piece, nor is a character, which stands everywhere.
        pieces = _MARKS.split(text[place:end].strip())[::2]
        if "〕〔" in marks:  # 张伟13812345678
            pieces += [run for piece in pieces for run in _RUNS.findall(piece)]
        yield from (piece for piece in pieces if len(piece) > 1)
        place = end + len(left)


def _without(text: str, pieces: Sequence[str]) -> str:
    told = strip_control(text)
    for piece in pieces:
        told = told.replace(piece, _LEFT_OUT)
    return told
