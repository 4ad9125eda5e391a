"""A corpus of more than 25,000 passages, to see how answering scales with the corpus."""

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.catalog import Corpus
from corpus.collections import find_collection, read_collection
from corpus.loading import load_corpus
from corpus.statutes import StatuteEntry, database_path, load_statutes
from index.build import build
from index.embedders import SentenceEmbedder
from index.opening import open_index
from index.search import HybridRetriever
from index.state import IndexFolder
from index.types import Progress


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
    # Not as a user's own: those cannot bear the title of a statute.
    return Corpus(
        [*bundled.documents, *others],
        bundled.names,
        bundled.excerpts,
        bundled.not_loaded.values(),
        bundled.successors,
        bundled.lay_wording,
        bundled.matters,
        bundled.reviewed,
        bundled.liability_links,
    )


def open_large(folder: Path, embedder: SentenceEmbedder, progress: Progress) -> HybridRetriever:
    """Build the index of the large corpus in an empty folder and open it."""
    corpus = load_large_corpus()
    build(IndexFolder(folder), corpus, embedder, progress)
    return open_index(IndexFolder(folder), corpus, embedder)
