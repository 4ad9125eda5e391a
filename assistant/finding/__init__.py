"""Question → evidence: what it names, then what retrieval finds."""

from assistant.finding.preferences import preferences_of, sets_consequence
from assistant.finding.search import find, repeats

__all__ = ["find", "preferences_of", "repeats", "sets_consequence"]
