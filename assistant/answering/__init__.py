"""Resolved question → draft without a model: each ask decided once and answered in its part."""

from assistant.answering.draft import draft_answer
from assistant.answering.outside import OUTSIDE, observe, vectors_of

__all__ = ["OUTSIDE", "draft_answer", "observe", "vectors_of"]
