"""Verdict → draft without a language model: quotes, and the few words around them."""

from assistant.extracting.composer import ENGINE, ExtractiveComposer
from assistant.extracting.overview import overview
from assistant.extracting.quoting import short_title
from assistant.extracting.unit_scores import FEATURES, Fits, describe, load_weights, look_for
from assistant.extracting.units import SHORT_ARTICLE, has_items, part, units_of

__all__ = [
    "ENGINE",
    "FEATURES",
    "SHORT_ARTICLE",
    "ExtractiveComposer",
    "Fits",
    "describe",
    "has_items",
    "load_weights",
    "look_for",
    "overview",
    "part",
    "short_title",
    "units_of",
]
