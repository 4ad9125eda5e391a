"""Query → Question: what is asked, of which text, by whom and for which place."""

from assistant.question.aspects import Aspect, aspects_of, wording
from assistant.question.understanding import MAX_QUESTION, Understanding, check_question, understand

__all__ = [
    "MAX_QUESTION",
    "Aspect",
    "Understanding",
    "aspects_of",
    "check_question",
    "understand",
    "wording",
]
