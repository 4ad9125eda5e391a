"""Opening an index."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from corpus.catalog import Corpus
from corpus.errors import IndexBrokenError, IndexMissingError
from index.bundled import TOKENS, TOLD
from index.contents import (
    BROKEN,
    LAY,
    MATTERS,
    READ,
    TEXT,
    is_current,
    lay_entries,
    read_manifest,
    read_stores,
    store_of,
)
from index.embedders import SentenceEmbedder, load_question_encoder
from index.integrity import damaged, told
from index.search import (
    HybridRetriever,
    LateInteraction,
    LexicalIndex,
    MatterSearch,
    SearchField,
    TokenCodes,
    Vectors,
    VectorStore,
    connect,
    is_writable,
    told_entries,
)
from index.state import IndexFolder
from index.types import Vector


def chroma_arguments(folder: IndexFolder) -> dict[str, Any]:
    """What LangChain's ``Chroma`` is given to open the passages of the index in use; beside it
    the question encoder as ``embedding_function``. Scores are cosine distances."""
    location, collection = store_of(folder, folder.state().index, TEXT)
    return {"collection_name": collection, "client": connect(location)}


def open_index(
    folder: IndexFolder,
    corpus: Corpus,
    embedder: SentenceEmbedder,
    before: HybridRetriever | None = None,
) -> HybridRetriever:
    """Open the index in use; IndexMissingError or IndexBrokenError where that cannot be done.

    What ``before``, one that was opened earlier with the same embedder, has in memory and what did
    not change since is taken over: those who ask meanwhile wait for Python as little as may be.
    """
    name = folder.state().index
    if not is_current(folder, corpus, embedder.name):
        raise IndexMissingError("还没有与当前语料相符的索引，请运行 ecopolicy index 建立。")
    if files := damaged(folder.root / name):
        raise IndexBrokenError(f"索引文件 {told(files)} 已损坏，请运行 ecopolicy index 修复。")
    manifest = read_manifest(folder, name)
    passages = corpus.passages()
    ids = tuple(passage.id for passage in passages)
    lexical = _open_words(folder, name, TEXT, before.text.lexical if before else None)
    store = _open_store(folder, name, TEXT)
    text = SearchField(lexical, ids, store, {each: each for each in ids})
    lay = _open_lay(folder, name, corpus, before)
    matters = _open_matters(folder, name, manifest, corpus, before)
    reading = _open_reading(folder, name, manifest, ids)
    return HybridRetriever(corpus, passages, text, reading, lay, embedder, matters)


def find_damage(folder: IndexFolder) -> str:
    """What keeps the index in use from being opened, for a sentence; empty where nothing does.

    VectorStoreError where Chroma is a server that can't be reached.
    """
    name = folder.state().index
    if files := damaged(folder.root / name):
        return f"索引文件 {told(files)} 已损坏"
    if not folder.chroma_server:
        store = store_of(folder, name, TEXT)[0].folder
        return "" if is_writable(store) else f"索引文件夹 {store} 不能写入"
    for field, marks in read_stores(folder, name).items():
        location, collection = store_of(folder, name, field)
        try:
            is_whole = len(VectorStore.open(location, collection)) == len(marks)
        except IndexBrokenError:
            is_whole = False
        if not is_whole:
            return f"Chroma 服务器上的 {collection} 已损坏"
    return ""


def read_vectors(folder: IndexFolder) -> Vector:
    """The vectors of passages in the index in use, shape (passages, dimension)."""
    return np.asarray(np.load(folder.root / folder.state().index / f"{READ}.npy"), np.float32)


def _open_vectors(
    folder: IndexFolder, name: str, manifest: Mapping[str, Any], file: str
) -> Vectors:
    try:
        # Not mapped: a file that is cut short later would end the process.
        matrix = np.load(folder.root / name / f"{file}.npy")
        return Vectors(manifest["matrices"][file]["ids"], matrix)
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(BROKEN) from error


def _open_words(
    folder: IndexFolder, name: str, field: str, before: LexicalIndex | None = None
) -> LexicalIndex:
    try:
        return LexicalIndex.load(folder.root / name / f"bm25-{field}", before)
    except (OSError, ValueError) as error:
        raise IndexBrokenError(BROKEN) from error


def _open_store(folder: IndexFolder, name: str, field: str) -> VectorStore:
    location, collection = store_of(folder, name, field)
    if location.server is None and not location.folder.is_dir():
        raise IndexBrokenError(BROKEN)
    return VectorStore.open(location, collection)


def _open_lay(
    folder: IndexFolder, name: str, corpus: Corpus, before: HybridRetriever | None
) -> SearchField | None:
    if not corpus.lay_wording:
        return None
    store = _open_store(folder, name, LAY)
    if before and before.lay and before.corpus.lay_wording == corpus.lay_wording:
        return replace(before.lay, store=store)
    entries = lay_entries(corpus)
    lexical = _open_words(folder, name, LAY, before.lay.lexical if before and before.lay else None)
    targets = dict(zip(entries.ids, entries.targets, strict=True))
    return SearchField(lexical, [w.target for w in corpus.lay_wording], store, targets)


def _open_matters(
    folder: IndexFolder,
    name: str,
    manifest: Mapping[str, Any],
    corpus: Corpus,
    before: HybridRetriever | None,
) -> MatterSearch | None:
    held = before.matters if before else None
    entries = told_entries(corpus)
    if not entries.ids:
        return None
    if held and held.entries == entries:
        return held
    lexical = _open_words(folder, name, MATTERS, held.lexical if held else None)
    vectors = _open_vectors(folder, name, manifest, TOLD)
    try:
        return MatterSearch(entries, lexical, vectors, load_question_encoder())
    except KeyError as error:
        raise IndexBrokenError(BROKEN) from error


def _open_reading(
    folder: IndexFolder, name: str, manifest: Mapping[str, Any], ids: Sequence[str]
) -> LateInteraction:
    encoder = load_question_encoder()
    try:
        pieces = np.load(folder.root / name / f"{TOKENS}.npy")
        codes = TokenCodes(manifest[TOKENS]["ids"], manifest[TOKENS]["counts"], pieces)
        vectors = _open_vectors(folder, name, manifest, READ).rows(ids)
        return LateInteraction(ids, vectors, codes, encoder.quantizer, encoder.read)
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(BROKEN) from error
