"""Matters (事项): a situation as it is told → the asks prepared for it → what answers them."""

from assistant.matters.carrying import evidence_of, is_usable
from assistant.matters.composing import SURE, Prepared, prepare
from assistant.matters.matching import (
    ASK_FEATURES,
    MATTER_FEATURES,
    Found,
    Told,
    choose_ask,
    describe_asks,
    describe_matters,
    kind_of,
    load_model,
    match,
)

__all__ = [
    "ASK_FEATURES",
    "MATTER_FEATURES",
    "SURE",
    "Found",
    "Prepared",
    "Told",
    "choose_ask",
    "describe_asks",
    "describe_matters",
    "evidence_of",
    "is_usable",
    "kind_of",
    "load_model",
    "match",
    "prepare",
]
