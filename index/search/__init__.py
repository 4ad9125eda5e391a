"""Searching: words, vectors, their fusion and reranking.

A question in, passages with probabilities out.
"""

from index.search.field import Entries, SearchField
from index.search.fusion import FEATURES, RANKINGS, UNPREPARED, Fusion, load_fusion
from index.search.late_interaction import LateInteraction, TokenCodes
from index.search.lexical import Counts, LexicalIndex, count, tokenize
from index.search.matters import (
    LIKENESS_STEP,
    UNLIKE,
    Likeness,
    MatterSearch,
    scaled,
    target_of,
    told_entries,
)
from index.search.reranker import load_reranker
from index.search.retriever import Candidates, HybridRetriever
from index.search.rewriting import holds_nothing, rewritten
from index.search.store import (
    Record,
    Row,
    StoreLocation,
    VectorStore,
    connect,
    drop_collections,
    is_writable,
)
from index.search.vectors import Vectors

__all__ = [
    "FEATURES",
    "LIKENESS_STEP",
    "RANKINGS",
    "UNLIKE",
    "UNPREPARED",
    "Candidates",
    "Counts",
    "Entries",
    "Fusion",
    "HybridRetriever",
    "LateInteraction",
    "LexicalIndex",
    "Likeness",
    "MatterSearch",
    "Record",
    "Row",
    "SearchField",
    "StoreLocation",
    "TokenCodes",
    "VectorStore",
    "Vectors",
    "connect",
    "count",
    "drop_collections",
    "holds_nothing",
    "is_writable",
    "load_fusion",
    "load_reranker",
    "rewritten",
    "scaled",
    "target_of",
    "tokenize",
    "told_entries",
]
