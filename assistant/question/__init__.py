"""Query → Question: what is asked, of which text, by whom and for which place."""

from assistant.question.aspects import Aspect, aspects_of, wording
from assistant.question.letter import Letter, read_letter
from assistant.question.ngrams import NgramModel, load_ngrams
from assistant.question.understanding import Understanding, understand

__all__ = [
    "Aspect",
    "Letter",
    "NgramModel",
    "Understanding",
    "aspects_of",
    "load_ngrams",
    "read_letter",
    "understand",
    "wording",
]
