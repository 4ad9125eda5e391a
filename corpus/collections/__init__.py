"""Bodies of text, a folder each: what is bundled, how it is cut, and how people ask for it.

A new city, a second policy text, next year's follow-up or a shelf of regulations is a folder with a
``collection.toml``; no code here or elsewhere knows any one of them.
"""

from corpus.collections.added import collection_of_added
from corpus.collections.lay_wording import LayWording, lay_id, read_lay_wording
from corpus.collections.library import Library
from corpus.collections.loading import find_collection, load_texts, read_collection
from corpus.collections.matters import (
    MATTERS_FOLDER,
    REVIEWED,
    Ask,
    AskKind,
    Matter,
    Reviewed,
    Statement,
    parse_matters,
    read_matters,
    read_own_matters,
    read_reviewed,
    targets_of,
    text_id,
)
from corpus.collections.measures import Measure, find_measures
from corpus.collections.parts import NamedPart, named_parts
from corpus.collections.places import Places

__all__ = [
    "MATTERS_FOLDER",
    "REVIEWED",
    "Ask",
    "AskKind",
    "LayWording",
    "Library",
    "Matter",
    "Measure",
    "NamedPart",
    "Places",
    "Reviewed",
    "Statement",
    "collection_of_added",
    "find_collection",
    "find_measures",
    "lay_id",
    "load_texts",
    "named_parts",
    "parse_matters",
    "read_collection",
    "read_lay_wording",
    "read_matters",
    "read_own_matters",
    "read_reviewed",
    "targets_of",
    "text_id",
]
