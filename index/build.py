"""Building and opening an index.

Layout of the index folder::

    state.json         which index is in use, and which added documents it was made with
    <fingerprint>.<n>/ manifest.json, bm25-*/, vectors.npy, told.npy, tokens.npy, and chroma/ unless
                       Chroma is a server

A build writes into a folder of its own and replaces ``state.json`` at the very end: whatever
interrupts it, the old index stays in use, and corpus and index change in one step.
"""

import hashlib
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from corpus.catalog import Corpus
from corpus.collections import lay_id
from corpus.errors import IndexBrokenError, IndexMissingError
from corpus.key import Key, short_title
from corpus.types import Passage
from index.bundled import TOKENS, TOLD, VECTORS, load_bundled, load_codes
from index.embedders import (
    QuestionEncoder,
    SentenceEmbedder,
    load_question_encoder,
    question_encoder_name,
)
from index.search import (
    Entries,
    HybridRetriever,
    LateInteraction,
    LexicalIndex,
    MatterSearch,
    SearchField,
    StoreLocation,
    TokenCodes,
    Vectors,
    VectorStore,
    drop_collections,
    told_entries,
)
from index.state import IndexFolder, State, switch
from index.types import Codes, Progress, Vector

_FORMAT = 10
_BATCH = 64
_BROKEN = "索引已损坏，请运行 ecopolicy index --rebuild 重建。"


def fingerprint(corpus: Corpus, embedder_name: str) -> str:
    """Names an index: corpus, splitting, embedder and question encoder decide."""
    parts = (str(_FORMAT), embedder_name, question_encoder_name(), corpus.fingerprint())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def searchable_text(passage: Passage) -> str:
    """What BM25 reads of a passage: its headings and its text.

    The title of a policy text may name all its parts and would make them alike.
    """
    title = Key.parse(passage.key).part or passage.title
    return "\n".join((title, *passage.path, passage.text))


def _store(folder: IndexFolder, name: str, field: str = "") -> tuple[StoreLocation, str]:
    """Where the vectors of an index's field are, and the name of their collection."""
    location = StoreLocation(folder.root / name / "chroma", folder.chroma_server)
    return location, f"ecopolicy-{name}-{field}"


def is_current(folder: IndexFolder, corpus: Corpus, embedder_name: str) -> bool:
    """Whether the index in use was made from this corpus with this embedder."""
    return folder.state().index.split(".")[0] == fingerprint(corpus, embedder_name)


def build(
    folder: IndexFolder,
    corpus: Corpus,
    embedder: SentenceEmbedder,
    progress: Progress,
    reuse: bool = True,
    documents: Sequence[str] | None = None,
) -> str:
    """Build the index of this corpus aside, then switch to it; returns its name.

    Vectors that came with the repository are taken over, with ``reuse`` also those of the index
    in use; only what neither has is embedded. ``documents`` are the ids of the added documents in
    the corpus, those of the state in use by default.
    """
    previous = folder.state()
    stem = fingerprint(corpus, embedder.name)
    taken = {path.name for path in folder.root.glob(f"{stem}.*")}
    name = next(n for n in (f"{stem}.{i}" for i in range(1, 10_000)) if n not in taken)
    target = folder.root / name
    target.mkdir(parents=True)
    entries, lay, told = text_entries(corpus), _lay_entries(corpus), told_entries(corpus)

    encoder = load_question_encoder()

    def known(by: SentenceEmbedder) -> dict[str, Vector]:
        return load_bundled(by.name) | (known_vectors(folder, by.name) if reuse else {})

    worded = _embed(lay, embedder, known(embedder), progress)
    codes = load_codes(encoder.name) | (known_codes(folder, encoder.name) if reuse else {})
    read, codes = _read(entries, encoder, known(encoder), codes, progress)
    told_vectors = _embed(told, encoder, known(encoder), progress)
    matrices = {
        VECTORS: (embedder.name, worded),
        TOLD: (encoder.name, told_vectors | read),
    }
    fields = {"text": (entries, read), "lay": (lay, worded)}
    for suffix, (field, vectors) in fields.items():
        if field.ids:
            location, collection = _store(folder, name, suffix)
            matrix = np.stack([vectors[i] for i in field.ids])
            VectorStore.create(location, collection, field.ids, matrix)
    LexicalIndex.build([searchable_text(p) for p in corpus.passages()]).save(target / "bm25-text")
    if corpus.lay_wording:
        words = LexicalIndex.build(["\n".join(w.texts) for w in corpus.lay_wording])
        words.save(target / "bm25-lay")
    if told.ids:
        LexicalIndex.build(told.texts).save(target / "bm25-matters")
    manifest: dict[str, Any] = {"format": _FORMAT, "built": time.time(), "matrices": {}}
    for file, (by, found) in matrices.items():
        np.save(target / f"{file}.npy", _stacked(found))
        manifest["matrices"][file] = {"embedder": by, "ids": list(found)}
    np.save(target / f"{TOKENS}.npy", np.concatenate(list(codes.values())))
    counts = [len(of_text) for of_text in codes.values()]
    manifest[TOKENS] = {"embedder": encoder.name, "ids": list(codes), "counts": counts}
    (target / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    added = previous.documents if documents is None else tuple(documents)
    switch(folder, State(name, added))
    _remove_others(folder, {name, previous.index} - {""})
    return name


def text_entries(corpus: Corpus) -> Entries:
    """Every passage with what it stands under."""
    passages = corpus.passages()
    ids = tuple(passage.id for passage in passages)
    heads = (Key.parse(p.key).part or short_title(p.title) for p in passages)
    texts = (
        f"{' '.join((head, *passage.path[-1:]))}\n{passage.text}"
        for head, passage in zip(heads, passages, strict=True)
    )
    return Entries(ids, ids, tuple(texts))


def _lay_entries(corpus: Corpus) -> Entries:
    """Every lay text once, standing for the article or the part that it was written for."""
    targets: dict[str, str] = {}
    for wording in corpus.lay_wording:
        for text in wording.texts:
            targets.setdefault(text, wording.target)
    ids = tuple(lay_id(text) for text in targets)
    return Entries(ids, tuple(targets.values()), tuple(targets))


def _stacked(vectors: Mapping[str, Vector]) -> Vector:
    """Vectors of shape (n, dimension), of shape (0, 0) where there are none."""
    return np.stack(list(vectors.values())) if vectors else np.zeros((0, 0), np.float32)


def _embed(
    entries: Entries,
    embedder: SentenceEmbedder,
    known: Mapping[str, Vector],
    progress: Progress,
) -> dict[str, Vector]:
    """Vectors of all texts by their ids, computing those that are not known."""
    texts = dict(zip(entries.ids, entries.texts, strict=True))
    vectors = dict(known)
    for batch in _batches([i for i in texts if i not in known], texts, progress):
        encoded = embedder.encode_passages([texts[i] for i in batch])
        vectors |= dict(zip(batch, encoded, strict=True))
    return {i: vectors[i] for i in texts}


def _read(
    entries: Entries,
    encoder: QuestionEncoder,
    known: Mapping[str, Vector],
    known_pieces: Mapping[str, Codes],
    progress: Progress,
) -> tuple[dict[str, Vector], dict[str, Codes]]:
    """Vectors of all texts by their ids and the codes of their pieces, computing those that are
    not known."""
    texts = dict(zip(entries.ids, entries.texts, strict=True))
    vectors, codes = dict(known), dict(known_pieces)
    new = [i for i in texts if i not in known or i not in known_pieces]
    for batch in _batches(new, texts, progress):
        found, pieces = encoder.read_passages([texts[i] for i in batch])
        vectors |= dict(zip(batch, found, strict=True))
        codes |= dict(zip(batch, pieces, strict=True))
    return {i: vectors[i] for i in texts}, {i: codes[i] for i in texts}


def _batches(
    new: Sequence[str], texts: Mapping[str, str], progress: Progress
) -> Iterator[Sequence[str]]:
    """The ids of new texts in batches; progress is told when a batch is done."""
    # Neighbours in length make full batches: one long text does not hold up many short ones.
    order = sorted(new, key=lambda i: len(texts[i]))
    total, done = sum(len(texts[i]) for i in order), 0
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        yield batch
        done += sum(len(texts[i]) for i in batch)
        progress(done, total)


def known_vectors(folder: IndexFolder, embedder: str) -> dict[str, Vector]:
    """The vectors of the index in use by text id; empty where they cannot be taken over."""
    name = folder.state().index
    known: dict[str, Vector] = {}
    if not name:
        return known
    try:
        for file, held in _manifest(folder, name).get("matrices", {}).items():
            if held["embedder"] == embedder:
                vectors = np.load(folder.root / name / f"{file}.npy")
                known |= dict(zip(held["ids"], vectors, strict=True))
    except (OSError, ValueError, KeyError, IndexBrokenError):
        return {}  # A broken index has nothing to take over; everything is embedded anew.
    return known


def known_codes(folder: IndexFolder, encoder: str) -> dict[str, Codes]:
    """The codes of the pieces of the index in use by text id; empty where they cannot be taken
    over."""
    name = folder.state().index
    try:
        held = _manifest(folder, name)[TOKENS] if name else {}
        if held.get("embedder") != encoder:
            return {}
        codes = TokenCodes(
            held["ids"], held["counts"], np.load(folder.root / name / f"{TOKENS}.npy")
        )
        return {i: codes.of(i) for i in held["ids"]}
    except (OSError, ValueError, KeyError, IndexBrokenError):
        return {}  # A broken index has nothing to take over; everything is read anew.


def _remove_others(folder: IndexFolder, keep: set[str]) -> None:
    """Keep the new index and the one before it, which a running server may still read."""
    for path in folder.root.iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path)
    if folder.chroma_server:
        location, _ = _store(folder, "")
        drop_collections(location, tuple(f"ecopolicy-{name}-" for name in keep))


def _manifest(folder: IndexFolder, name: str) -> dict[str, Any]:
    path = folder.root / name / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise IndexBrokenError(_BROKEN) from error
    return manifest


def open_index(folder: IndexFolder, corpus: Corpus, embedder: SentenceEmbedder) -> HybridRetriever:
    """Open the index in use; IndexMissingError or IndexBrokenError where that cannot be done."""
    name = folder.state().index
    if not is_current(folder, corpus, embedder.name):
        raise IndexMissingError("还没有与当前语料相符的索引，请运行 ecopolicy index 建立。")
    text = _open_field(folder, name, "text", text_entries(corpus))
    lay = None
    if corpus.lay_wording:
        lay = _open_field(folder, name, "lay", _lay_entries(corpus))
        lay = replace(lay, lexical_targets=[wording.target for wording in corpus.lay_wording])
    matters = _open_matters(folder, name, corpus)
    reading = _open_reading(folder, name, corpus)
    passages = corpus.passages()
    return HybridRetriever(corpus, passages, text, reading, lay, embedder, matters)


def _open_vectors(folder: IndexFolder, name: str, file: str) -> Vectors:
    manifest = _manifest(folder, name)
    try:
        matrix = np.load(folder.root / name / f"{file}.npy", mmap_mode="r")
        return Vectors(manifest["matrices"][file]["ids"], matrix)
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(_BROKEN) from error


def _open_matters(folder: IndexFolder, name: str, corpus: Corpus) -> MatterSearch | None:
    entries = told_entries(corpus)
    if not entries.ids:
        return None
    try:
        lexical = LexicalIndex.load(folder.root / name / "bm25-matters")
        vectors = _open_vectors(folder, name, TOLD)
        return MatterSearch(entries, lexical, vectors, load_question_encoder())
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(_BROKEN) from error


def _open_reading(folder: IndexFolder, name: str, corpus: Corpus) -> LateInteraction:
    held = _manifest(folder, name)
    encoder = load_question_encoder()
    ids = [passage.id for passage in corpus.passages()]
    try:
        pieces = np.load(folder.root / name / f"{TOKENS}.npy", mmap_mode="r")
        codes = TokenCodes(held[TOKENS]["ids"], held[TOKENS]["counts"], pieces)
        vectors = _open_vectors(folder, name, TOLD).rows(ids)
        return LateInteraction(ids, vectors, codes, encoder.quantizer, encoder.read)
    except (OSError, ValueError, KeyError) as error:
        raise IndexBrokenError(_BROKEN) from error


def _open_field(folder: IndexFolder, name: str, suffix: str, entries: Entries) -> SearchField:
    location, collection = _store(folder, name, suffix)
    if location.server is None and not location.folder.is_dir():
        raise IndexBrokenError(_BROKEN)
    try:
        lexical = LexicalIndex.load(folder.root / name / f"bm25-{suffix}")
    except (OSError, ValueError) as error:
        raise IndexBrokenError(_BROKEN) from error
    targets = dict(zip(entries.ids, entries.targets, strict=True))
    store = VectorStore.open(location, collection)
    return SearchField(lexical, entries.targets, store, targets)
