"""Sentence + evidence → carried or not; every draft passes it."""

from assistant.gate import facts
from assistant.gate.facts import amounts, units_asked
from assistant.gate.fidelity import Source, answers, is_faithful, is_fit, trim, without_verdict
from assistant.gate.grounding import carried, carries, ground, quote_of, squeeze

__all__ = [
    "Source",
    "amounts",
    "answers",
    "carried",
    "carries",
    "facts",
    "ground",
    "is_faithful",
    "is_fit",
    "quote_of",
    "squeeze",
    "trim",
    "units_asked",
    "without_verdict",
]
