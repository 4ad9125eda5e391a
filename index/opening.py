"""Opening an index."""

from dataclasses import replace
from typing import Any

import numpy as np

from corpus.catalog import Corpus
from corpus.errors import IndexBrokenError, IndexMissingError
from index.bundled import TOKENS, TOLD
from index.contents import (
    BROKEN,
    LAY,
    TEXT,
    is_current,
    lay_entries,
    read_manifest,
    store_of,
    text_entries,
)
from index.embedders import SentenceEmbedder, load_question_encoder
from index.integrity import damaged, told
from index.search import (
    Entries,
    HybridRetriever,
    LateInteraction,
    LexicalIndex,
    MatterSearch,
    SearchField,
    TokenCodes,
    Vectors,
    VectorStore,
    connect,
    told_entries,
)
from index.state import IndexFolder


def chroma_arguments(folder: IndexFolder) -> dict[str, Any]:
    """What LangChain's ``Chroma`` is given to open the passages of the index in use; beside it
    the question encoder as ``embedding_function``. Scores are cosine distances."""
    location, collection = store_of(folder, folder.state().index, TEXT)
    return {"collection_name": collection, "client": connect(location)}


def open_index(folder: IndexFolder, corpus: Corpus, embedder: SentenceEmbedder) -> HybridRetriever:
    """Open the index in use; IndexMissingError or IndexBrokenError where that cannot be done."""
    name = folder.state().index
    if not is_current(folder, corpus, embedder.name):
        raise IndexMissingError("还没有与当前语料相符的索引，请运行 ecopolicy index 建立。")
    if files := damaged(folder.root / name):
        raise IndexBrokenError(f"索引文件 {told(files)} 已损坏，请运行 ecopolicy index 修复。")
    text = _open_field(folder, name, TEXT, text_entries(corpus))
    lay = None
    if corpus.lay_wording:
        lay = _open_field(folder, name, LAY, lay_entries(corpus))
        lay = replace(lay, lexical_targets=[wording.target for wording in corpus.lay_wording])
    matters = _open_matters(folder, name, corpus)
    reading = _open_reading(folder, name, corpus)
    passages = corpus.passages()
    return HybridRetriever(corpus, passages, text, reading, lay, embedder, matters)


def find_damage(folder: IndexFolder) -> str:
    """What of the index in use is not as it was written, for a sentence; empty where all is.

    VectorStoreError where Chroma is a server that can't be reached.
    """
    name = folder.state().index
    if files := damaged(folder.root / name):
        return f"索引文件 {told(files)}"
    if not folder.chroma_server:
        return ""
    for field, marks in read_manifest(folder, name)["stores"].items():
        location, collection = store_of(folder, name, field)
        try:
            is_whole = len(VectorStore.open(location, collection)) == len(marks)
        except IndexBrokenError:
            is_whole = False
        if not is_whole:
            return f"Chroma 服务器上的 {collection}"
    return ""


def _open_vectors(folder: IndexFolder, name: str, file: str) -> Vectors:
    manifest = read_manifest(folder, name)
    try:
        # Not mapped: a file that is cut short later would end the process.
        matrix = np.load(folder.root / name / f"{file}.npy")
        return Vectors(manifest["matrices"][file]["ids"], matrix)
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(BROKEN) from error


def _open_matters(folder: IndexFolder, name: str, corpus: Corpus) -> MatterSearch | None:
    entries = told_entries(corpus)
    if not entries.ids:
        return None
    try:
        lexical = LexicalIndex.load(folder.root / name / "bm25-matters")
        vectors = _open_vectors(folder, name, TOLD)
        return MatterSearch(entries, lexical, vectors, load_question_encoder())
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(BROKEN) from error


def _open_reading(folder: IndexFolder, name: str, corpus: Corpus) -> LateInteraction:
    held = read_manifest(folder, name)
    encoder = load_question_encoder()
    ids = [passage.id for passage in corpus.passages()]
    try:
        pieces = np.load(folder.root / name / f"{TOKENS}.npy")
        codes = TokenCodes(held[TOKENS]["ids"], held[TOKENS]["counts"], pieces)
        vectors = _open_vectors(folder, name, TOLD).rows(ids)
        return LateInteraction(ids, vectors, codes, encoder.quantizer, encoder.read)
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(BROKEN) from error


def _open_field(folder: IndexFolder, name: str, suffix: str, entries: Entries) -> SearchField:
    location, collection = store_of(folder, name, suffix)
    if location.server is None and not location.folder.is_dir():
        raise IndexBrokenError(BROKEN)
    try:
        lexical = LexicalIndex.load(folder.root / name / f"bm25-{suffix}")
    except (OSError, ValueError) as error:
        raise IndexBrokenError(BROKEN) from error
    targets = dict(zip(entries.ids, entries.targets, strict=True))
    store = VectorStore.open(location, collection)
    return SearchField(lexical, entries.targets, store, targets)
