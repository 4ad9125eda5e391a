"""What one process answers, and whether an answer of several is the same."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from assistant.pipeline import Assistant
from assistant.types import Query

#: Of an answer what may differ: how long it took, and what the page keeps beside it.
_BESIDE = ("timings_ms", "audience", "nearest")
#: Chroma's nearest are all but exact: a probability may differ in its last places.
_CONFIDENCE = 0.005

Answer = Mapping[str, Any]


def expected(assistant: Assistant, questions: Sequence[str], day: date) -> dict[str, Answer]:
    """The answers of a single process by their questions."""
    return {q: _bare(assistant.answer(Query(q, day)).to_json()) for q in questions}


def of_page(html: str) -> Answer | None:
    """The answer that the page keeps of a turn; None where it is none (yet)."""
    turn = LexborHTMLParser(html).css_first("[data-exchange]")
    kept = turn.attributes.get("data-exchange") if turn else None
    return json.loads(kept) if kept else None


def is_same(found: Answer, wanted: Answer) -> bool:
    """Whether two answers say the same, cite the same and are as sure."""
    one, other = _bare(found), _bare(wanted)
    sure, unsure = one.pop("confidence", None), other.pop("confidence", None)
    if one != other or (sure is None) != (unsure is None):
        return False
    return sure is None or unsure is None or abs(sure - unsure) <= _CONFIDENCE


def _bare(answer: Answer) -> dict[str, Any]:
    # As it comes over the wire.
    told: dict[str, Any] = json.loads(json.dumps(answer))
    return {name: value for name, value in told.items() if name not in _BESIDE}
