"""Query → Question: what is asked, of which text, by whom and for which place."""

from assistant.question.aspects import Aspect, aspects_of, wording
from assistant.question.letter import Letter, read_letter
from assistant.question.understanding import Understanding, understand

__all__ = [
    "Aspect",
    "Letter",
    "Understanding",
    "aspects_of",
    "read_letter",
    "understand",
    "wording",
]
