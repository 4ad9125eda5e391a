"""Matters (事项): a situation as it is told → the asks prepared for it → what answers them."""

from assistant.matters.always import ALWAYS, AlwaysModel, find_always, load_always
from assistant.matters.as_sheet import from_xlsx, to_xlsx
from assistant.matters.as_toml import from_toml, to_toml
from assistant.matters.carrying import evidence_of, is_unsaid, is_usable
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
from assistant.matters.own import OwnMatters
from assistant.matters.reviewing import Preview, find_problems, needs_review, preview

__all__ = [
    "ALWAYS",
    "ASK_FEATURES",
    "MATTER_FEATURES",
    "SURE",
    "AlwaysModel",
    "Found",
    "OwnMatters",
    "Prepared",
    "Preview",
    "Told",
    "choose_ask",
    "describe_asks",
    "describe_matters",
    "evidence_of",
    "find_always",
    "find_problems",
    "from_toml",
    "from_xlsx",
    "is_unsaid",
    "is_usable",
    "kind_of",
    "load_always",
    "load_model",
    "match",
    "needs_review",
    "prepare",
    "preview",
    "to_toml",
    "to_xlsx",
]
