"""Question → evidence: what it names, then what retrieval finds."""

from assistant.finding.preferences import preferences, sets_consequence
from assistant.finding.search import find, repeats

__all__ = ["find", "preferences", "repeats", "sets_consequence"]
