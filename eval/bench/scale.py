"""A corpus of more than 25,000 passages, to see how answering scales with the corpus."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from corpus.catalog import Corpus
from corpus.collections import find_collection, read_collection
from corpus.loading import load_corpus
from corpus.statutes import StatuteEntry, database_path, load_statutes
from index.build import build, open_index
from index.bundled import load_bundled
from index.embedders import SentenceEmbedder
from index.search import HybridRetriever
from index.state import IndexFolder
from index.types import Progress, Vector

#: Length of the noise beside a unit vector: the cosine of the two sums is about 0.96.
_NOISE = 0.3


class StandInEmbedder(SentenceEmbedder):
    """Embeds questions truly, and gives passages the vector of a bundled one plus noise.

    Embedding 20,000 passages takes an hour on two cores; what is looked for is nonsense with these
    vectors, how long looking takes is not.
    """

    def __init__(self, embedder: SentenceEmbedder, seed: int = 0) -> None:
        super().__init__(embedder.model, embedder.name)
        self._vectors = np.stack(list(load_bundled(embedder.name).values()))
        self._random = np.random.default_rng(seed)

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (len(texts), dimension), unit length."""
        count, width = len(texts), self._vectors.shape[1]
        taken = self._vectors[self._random.integers(len(self._vectors), size=count)]
        noise = self._random.normal(scale=_NOISE / width**0.5, size=(count, width))
        vectors = (taken + noise).astype(np.float32)
        unit: Vector = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def load_large_corpus() -> Corpus:
    """The bundled corpus and every other text of the data package that is divided into 条."""
    with closing(sqlite3.connect(f"file:{database_path()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT law_name FROM articles GROUP BY law_name HAVING min(article_no GLOB '第*条*')"
        ).fetchall()
    bundled = load_corpus()
    titles = sorted(title for (title,) in rows if not bundled.versions(title))
    own = find_collection("statutes")
    listed = own / "repairs.toml"
    others = load_statutes(map(StatuteEntry, titles), "", listed, read_collection(own))
    return load_corpus(others)


def open_large(folder: Path, embedder: SentenceEmbedder, progress: Progress) -> HybridRetriever:
    """Build the index of the large corpus in an empty folder and open it."""
    corpus = load_large_corpus()
    build(IndexFolder(folder), corpus, StandInEmbedder(embedder), progress)
    return open_index(IndexFolder(folder), corpus, embedder)
