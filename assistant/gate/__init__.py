"""Sentence + evidence → carried or not; every draft passes it."""

from assistant.gate.explaining import faults_of
from assistant.gate.fidelity import Source, answers, is_faithful, is_fit, trim, without_verdict
from assistant.gate.grounding import carries, quote_of
from assistant.gate.passing import carried, cite, ground
from assistant.gate.unitwise import faults_of as faults_of_unit
from assistant.gate.unitwise import is_carried

__all__ = [
    "Source",
    "answers",
    "carried",
    "carries",
    "cite",
    "faults_of",
    "faults_of_unit",
    "ground",
    "is_carried",
    "is_faithful",
    "is_fit",
    "quote_of",
    "trim",
    "without_verdict",
]
