"""Question → evidence: what it names, then what retrieval finds."""

from assistant.finding.local import gives_way, leave_out
from assistant.finding.preferences import kinds_lacking, preferences_of, sets_consequence
from assistant.finding.search import find, is_term_of, repeats

__all__ = [
    "find",
    "gives_way",
    "is_term_of",
    "kinds_lacking",
    "leave_out",
    "preferences_of",
    "repeats",
    "sets_consequence",
]
