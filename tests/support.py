"""What many tests need: the bundled policy text, and the page as the settings would have it."""

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from assistant.page_options import PageOptions
from assistant.settings import Settings
from assistant.wiring import page_options
from corpus.catalog import Corpus
from corpus.loading import load_corpus
from corpus.types import Document
from index.search import Record, Row, StoreLocation, VectorStore
from index.types import Vector

Result = TypeVar("Result")


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """What ``work`` returns, on an event loop in a thread of its own: a browser test that ran
    before in this process has left one running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def load_policy() -> Document:
    """The one text of the collection weifang."""
    (document,) = load_corpus(collections=("weifang",)).documents
    return document


def options_for(corpus: Corpus, **settings: Any) -> PageOptions:
    """What the page is told under these settings."""
    return page_options(Settings(**settings), corpus)


def write_store(
    location: StoreLocation, collection: str, ids: Sequence[str], vectors: Vector
) -> None:
    """Write a collection of vectors whose records tell nothing."""
    rows = {i: Row(v, Record(i, {"key": i})) for i, v in zip(ids, vectors, strict=True)}
    VectorStore.write(location, collection, rows)
