"""Sentence + evidence → carried or not; every draft passes it."""

from assistant.gate.fidelity import Source, answers, is_faithful, is_fit, trim, without_verdict
from assistant.gate.grounding import carried, carries, ground, quote_of

__all__ = [
    "Source",
    "answers",
    "carried",
    "carries",
    "ground",
    "is_faithful",
    "is_fit",
    "quote_of",
    "trim",
    "without_verdict",
]
