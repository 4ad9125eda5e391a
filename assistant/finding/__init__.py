"""Question → evidence: what it names, then what retrieval finds."""

from assistant.finding.preferences import preferences_of, sets_consequence
from assistant.finding.search import find, is_term_of, repeats

__all__ = ["find", "is_term_of", "preferences_of", "repeats", "sets_consequence"]
