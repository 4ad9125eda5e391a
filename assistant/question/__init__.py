"""Query → Question: what is asked, of which text, by whom and for which place."""

from assistant.question.aspects import DETAINS, PERSON, WORSE, Aspect, aspects_of
from assistant.question.places import district_in, office_in, other_place_in, strip_ours
from assistant.question.understanding import MAX_QUESTION, Understanding, check_question, understand

__all__ = [
    "DETAINS",
    "MAX_QUESTION",
    "PERSON",
    "WORSE",
    "Aspect",
    "Understanding",
    "aspects_of",
    "check_question",
    "district_in",
    "office_in",
    "other_place_in",
    "strip_ours",
    "understand",
]
