"""Query → Question: what is asked, of which text, by whom and for which place."""

from assistant.question.aspects import Aspect, aspects_of, wording
from assistant.question.letter import (
    QUOTED,
    Letter,
    clauses_of,
    count_han,
    count_said,
    read_letter,
    sentences_of,
)
from assistant.question.ngram_model import NgramModel, character_ngrams, load_ngrams
from assistant.question.understanding import Understanding, understand
from assistant.question.when import When, read_when

__all__ = [
    "QUOTED",
    "Aspect",
    "Letter",
    "NgramModel",
    "Understanding",
    "When",
    "aspects_of",
    "character_ngrams",
    "clauses_of",
    "count_han",
    "count_said",
    "load_ngrams",
    "read_letter",
    "read_when",
    "sentences_of",
    "understand",
    "wording",
]
