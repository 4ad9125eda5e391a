"""Evidence → verdict: answer, or decline and name what is missing."""

from assistant.deciding.confidence import (
    FEATURES,
    Confidence,
    Decision,
    coverage,
    judge,
    observe,
    refused_path,
)
from assistant.deciding.missing import missing_from
from assistant.deciding.refusal import is_refused_by_rule, refuse, refuse_outright, tell_absent

__all__ = [
    "FEATURES",
    "Confidence",
    "Decision",
    "coverage",
    "is_refused_by_rule",
    "judge",
    "missing_from",
    "observe",
    "refuse",
    "refuse_outright",
    "refused_path",
    "tell_absent",
]
