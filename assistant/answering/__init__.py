"""Resolved question → draft without a model: each ask decided once and answered in its part."""

from assistant.answering.draft import draft_answer

__all__ = ["draft_answer"]
