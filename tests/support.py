"""What many tests need: the bundled policy text, and the page as the settings would have it."""

import asyncio
import ctypes
from collections.abc import Callable, Coroutine, Sequence
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


def run_unprivileged(work: Callable[[], Result]) -> Result:
    """What ``work`` returns in a thread to which the permissions of files apply, root's too."""
    with ThreadPoolExecutor(1, initializer=_drop_privileges) as pool:
        return pool.submit(work).result()


def _drop_privileges() -> None:
    """Give up CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of this thread alone (capset(2))."""
    libc = ctypes.CDLL(None, use_errno=True)
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, and once more
    if libc.capget(head, held) == 0:
        held[0] &= ~0b110
        held[1] &= ~0b110
        libc.capset(head, held)


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
