"""Building an index.

A build writes into a folder of its own and replaces ``state.json`` at the very end: whatever
interrupts it, the old index stays in use, and corpus and index change in one step.
"""

import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from corpus.catalog import Corpus
from index.bundled import TOKENS, TOLD, VECTORS, load_bundled, load_codes
from index.contents import (
    FORMAT,
    LAY,
    READ,
    STORES,
    TEXT,
    fingerprint,
    lay_entries,
    lay_records,
    passage_records,
    searchable_text,
    store_of,
    text_entries,
)
from index.embedders import (
    QuestionEncoder,
    SentenceEmbedder,
    load_question_encoder,
)
from index.integrity import seal
from index.previous import Previous
from index.search import (
    Entries,
    Record,
    Row,
    VectorStore,
    count,
    drop_collections,
    told_entries,
)
from index.state import IndexFolder, State, switch
from index.types import Codes, Progress, Vector

_BATCH = 64


def build(
    folder: IndexFolder,
    corpus: Corpus,
    embedder: SentenceEmbedder,
    progress: Progress,
    reuse: bool = True,
    documents: Sequence[str] | None = None,
) -> str:
    """Build the index of this corpus aside, then switch to it; returns its name.

    Vectors that came with the repository are taken over, with ``reuse`` also all that the index in
    use has; only what neither has is embedded, counted and stored. ``documents`` are the ids of
    the added documents in the corpus, those of the state in use by default.
    """
    state = folder.state()
    previous = Previous(folder) if reuse else None
    name = _unused_name(folder, fingerprint(corpus, embedder.name))
    with _aside(folder.root / name) as target:
        _fill(folder, target, corpus, embedder, progress, previous)
        added = state.documents if documents is None else tuple(documents)
        switch(folder, State(name, added))
    _remove_others(folder, {name, state.index} - {""})
    return name


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A new folder, gone again where filling it fails: a full disk isn't left full."""
    target.mkdir(parents=True)
    try:
        yield target
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _fill(
    folder: IndexFolder,
    target: Path,
    corpus: Corpus,
    embedder: SentenceEmbedder,
    progress: Progress,
    previous: Previous | None,
) -> None:
    """Write all files of an index, their checksums last."""
    entries, lay, told = text_entries(corpus), lay_entries(corpus), told_entries(corpus)
    encoder = load_question_encoder()

    def known(by: SentenceEmbedder) -> dict[str, Vector]:
        return load_bundled(by.name) | (previous.vectors(by.name) if previous else {})

    worded = _embed(lay, embedder, known(embedder), progress)
    read_before = known(encoder)
    codes = load_codes(encoder.name) | (previous.codes(encoder.name) if previous else {})
    read, codes = _read(entries, encoder, read_before, codes, progress)
    told_vectors = _embed(told, encoder, read_before, progress)
    fields = {TEXT: (entries, read, passage_records(corpus)), LAY: (lay, worded, lay_records(lay))}
    manifest: dict[str, Any] = {"format": FORMAT, "built": time.time(), "matrices": {}}
    stores = _store(folder, target.name, fields, previous)
    (target / STORES).write_text(json.dumps(stores), "utf-8")
    words = {
        "bm25-text": [searchable_text(p) for p in corpus.passages()],
        "bm25-lay": ["\n".join(w.texts) for w in corpus.lay_wording],
        "bm25-matters": told.texts,
    }
    for file, texts in words.items():
        if texts:
            count(texts, previous.counts(file) if previous else None).save(target / file)
    matrices = {
        VECTORS: (embedder.name, worded),
        TOLD: (encoder.name, told_vectors),
        READ: (encoder.name, read),
    }
    for file, (by, found) in matrices.items():
        np.save(target / f"{file}.npy", _stacked(found))
        manifest["matrices"][file] = {"embedder": by, "ids": list(found)}
    np.save(target / f"{TOKENS}.npy", np.concatenate(list(codes.values())))
    counts = [len(of_text) for of_text in codes.values()]
    manifest[TOKENS] = {"embedder": encoder.name, "ids": list(codes), "counts": counts}
    (target / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    seal(target)


def _unused_name(folder: IndexFolder, stem: str) -> str:
    taken = {path.name for path in folder.root.glob(f"{stem}.*")}
    return next(n for n in (f"{stem}.{i}" for i in range(1, 10_000)) if n not in taken)


def _store(
    folder: IndexFolder,
    name: str,
    fields: Mapping[str, tuple[Entries, Mapping[str, Vector], Sequence[Record]]],
    previous: Previous | None,
) -> dict[str, dict[str, str]]:
    """Put the vectors into Chroma; returns by field and id a mark of what is stored."""
    before = previous.copy_store(name) if previous else {}
    marks = {}
    for field, (entries, vectors, records) in fields.items():
        location, collection = store_of(folder, name, field)
        rows = {i: Row(vectors[i], record) for i, record in zip(entries.ids, records, strict=True)}
        marks[field] = VectorStore.write(location, collection, rows, before.get(field))
    return marks


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


def _remove_others(folder: IndexFolder, keep: set[str]) -> None:
    """Keep the new index and the one before it, which a running server may still read."""
    for path in folder.root.iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path)
    if folder.chroma_server:
        location, _ = store_of(folder, "")
        drop_collections(location, tuple(f"ecopolicy-{name}-" for name in keep))
