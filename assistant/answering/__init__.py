"""Resolved question → draft without a model: each ask decided once and answered in its part."""

from assistant.answering.added import ADDED, is_unprepared, observe_added
from assistant.answering.asks import (
    Answered,
    answer_from_matter,
    answer_from_passages,
    observe_asked,
)
from assistant.answering.choosing import CHOOSING
from assistant.answering.considering import Considered, consider
from assistant.answering.draft import MOST_ASKS, Drafted, Part, draft_answer, label_of
from assistant.answering.outside import (
    OUTSIDE,
    Wording,
    observe_outside,
    vectors_of,
    wording_path,
)

__all__ = [
    "ADDED",
    "CHOOSING",
    "MOST_ASKS",
    "OUTSIDE",
    "Answered",
    "Considered",
    "Drafted",
    "Part",
    "Wording",
    "answer_from_matter",
    "answer_from_passages",
    "consider",
    "draft_answer",
    "is_unprepared",
    "label_of",
    "observe_added",
    "observe_asked",
    "observe_outside",
    "vectors_of",
    "wording_path",
]
