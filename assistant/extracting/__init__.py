"""Verdict → draft without a language model: quotes, and the few words around them."""

from assistant.extracting.composer import ENGINE, ExtractiveComposer
from assistant.extracting.overview import overview_of
from assistant.extracting.passages import OF_BOTH
from assistant.extracting.quoting import attribution, quote
from assistant.extracting.unit_scores import FEATURES, Fits, describe, load_weights, look_for
from assistant.extracting.units import SHORT_ARTICLE, item_with_lead, part, units_of, whole
from assistant.extracting.validity_notes import note_titles

__all__ = [
    "ENGINE",
    "FEATURES",
    "OF_BOTH",
    "SHORT_ARTICLE",
    "ExtractiveComposer",
    "Fits",
    "attribution",
    "describe",
    "item_with_lead",
    "load_weights",
    "look_for",
    "note_titles",
    "overview_of",
    "part",
    "quote",
    "units_of",
    "whole",
]
