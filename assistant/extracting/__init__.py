"""Verdict → draft without a language model: quotes, and the few words around them."""

from assistant.extracting.composer import ENGINE, ExtractiveComposer
from assistant.extracting.overview import overview_of
from assistant.extracting.quoting import attribution
from assistant.extracting.unit_scores import FEATURES, Fits, describe, load_weights, look_for
from assistant.extracting.units import SHORT_ARTICLE, part, units_of

__all__ = [
    "ENGINE",
    "FEATURES",
    "SHORT_ARTICLE",
    "ExtractiveComposer",
    "Fits",
    "attribution",
    "describe",
    "load_weights",
    "look_for",
    "overview_of",
    "part",
    "units_of",
]
