"""What an index holds, and where.

Layout of the index folder::

    state.json         which index is in use, and which added documents it was made with
    state.backup.json  the same again
    <fingerprint>.<n>/ manifest.json, stores.json, bm25-*/, vectors.npy, told.npy, read.npy,
                       tokens.npy, and chroma/ unless Chroma is a server; checksums.json of them
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.catalog import Corpus
from corpus.collections import lay_id
from corpus.errors import IndexBrokenError
from corpus.key import Key, short_title
from corpus.types import Passage
from index.embedders import question_encoder_name
from index.search import Entries, Record, StoreLocation
from index.state import IndexFolder

FORMAT = 13
BROKEN = "索引已损坏，请运行 ecopolicy index 修复。"
#: The folder of an index in which its vectors are.
CHROMA = "chroma"
#: What is stored there.
STORES = "stores.json"
#: The vectors of passages by the question encoder, beside the files that are bundled too.
READ = "read"
#: The fields that are searched by vectors: passages, and what is told of them in lay words.
TEXT, LAY = "text", "lay"
#: By words alone: what the matters tell.
MATTERS = "matters"


def fingerprint(corpus: Corpus, embedder_name: str) -> str:
    """Names an index: corpus, splitting, embedder and question encoder decide."""
    parts = (str(FORMAT), embedder_name, question_encoder_name(), corpus.fingerprint())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def searchable_text(passage: Passage) -> str:
    """What BM25 reads of a passage: its headings and its text.

    The title of a policy text may name all its parts and would make them alike.
    """
    title = Key.parse(passage.key).part or passage.title
    return "\n".join((title, *passage.path, passage.text))


def is_current(folder: IndexFolder, corpus: Corpus, embedder_name: str) -> bool:
    """Whether the index in use was made from this corpus with this embedder."""
    return folder.state().index.split(".")[0] == fingerprint(corpus, embedder_name)


def store_of(folder: IndexFolder, name: str, field: str = "") -> tuple[StoreLocation, str]:
    """Where the vectors of an index's field are, and the name of their collection.

    On a server several indexes stand side by side; a folder holds one, whose names don't change.
    """
    location = StoreLocation(folder.root / name / CHROMA, folder.chroma_server)
    prefix = f"ecopolicy-{name}" if folder.chroma_server else "ecopolicy"
    return location, f"{prefix}-{field}"


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


def lay_entries(corpus: Corpus) -> Entries:
    """Every lay text once, standing for the article or the part that it was written for."""
    targets: dict[str, str] = {}
    for wording in corpus.lay_wording:
        for text in wording.texts:
            targets.setdefault(text, wording.target)
    ids = tuple(lay_id(text) for text in targets)
    return Entries(ids, tuple(targets.values()), tuple(targets))


def passage_records(corpus: Corpus) -> Sequence[Record]:
    """What is stored beside the vector of each passage, for other programs."""
    dates = {d.id: d.effective.isoformat() if d.effective else "" for d in corpus.documents}
    return [
        Record(
            passage.text,
            {
                "key": passage.key,
                "title": passage.title,
                "locator": passage.locator,
                "path": "／".join(passage.path),
                "effective_date": dates[passage.document_id],
            },
        )
        for passage in corpus.passages()
    ]


def lay_records(entries: Entries) -> Sequence[Record]:
    """What is stored beside the vector of each lay text: our words, and what they stand for."""
    pairs = zip(entries.texts, entries.targets, strict=True)
    return [Record(text, {"key": target}) for text, target in pairs]


def read_manifest(folder: IndexFolder, name: str) -> dict[str, Any]:
    """The manifest of an index; IndexBrokenError where it cannot be read."""
    return _read_json(folder.root / name / "manifest.json")


def read_stores(folder: IndexFolder, name: str) -> dict[str, dict[str, str]]:
    """Field → id → mark of what an index has in Chroma, apart from the manifest because opening
    needs none of it; IndexBrokenError where it cannot be read."""
    return _read_json(folder.root / name / STORES)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise IndexBrokenError(BROKEN) from error
    return read
