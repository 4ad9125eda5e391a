"""Vectors in Chroma, embedded or on a server. The only module that imports chromadb."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit
from weakref import finalize

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, InternalError, NotFoundError

from corpus.errors import IndexBrokenError, VectorStoreError
from index.search.rewriting import forget_openings
from index.types import Vector

_BATCH = 1000
#: Near to exact (99.6 of the nearest 100 found, measured on this corpus; Chroma's own settings find
#: 92), so that an index built anew answers as the one before it did.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 300,
}
_DATABASE = "chroma.sqlite3"
#: Chroma's bindings raise RuntimeError beside its own errors.
_UNREADABLE = (ChromaError, sqlite3.Error, OSError, ValueError, KeyError, RuntimeError)
#: What a server raises that is not there, or goes away.
_GONE = (httpx.HTTPError, InternalError)
_UNANSWERED = "向量库查询失败，请确认 Chroma 可用，或运行 ecopolicy index --rebuild 重建。"


_UNREACHED = "向量库暂时连不上，请过一会儿再试；一直这样，请管理员确认 Chroma 服务器在运行。"


@dataclass(frozen=True, slots=True)
class StoreLocation:
    """Where the vectors are: a folder of this machine, or a Chroma server's address."""

    folder: Path
    server: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What a vector was made of, and what is to be known of it."""

    text: str
    facts: Mapping[str, str]

    @property
    def mark(self) -> str:
        """Tells records apart by their content."""
        content = "\0".join((self.text, *self.facts.values()))
        return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """A vector, shape (dimension,), and what it was made of."""

    vector: Vector
    record: Record


def connect(location: StoreLocation) -> ClientAPI:
    """A client of the store, telemetry off; VectorStoreError where there is no server."""
    settings = ChromaSettings(anonymized_telemetry=False)
    if location.server is None:
        location.folder.mkdir(parents=True, exist_ok=True)
        if (location.folder / _DATABASE).exists():
            forget_openings(location.folder / _DATABASE)
        return chromadb.PersistentClient(path=str(location.folder), settings=settings)
    address = urlsplit(location.server)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise VectorStoreError(
            f"Chroma 服务器地址“{location.server}”不对，应写成 http://主机:端口，"
            "请检查 ECOPOLICY_CHROMA_SERVER。"
        )
    secure = address.scheme == "https"
    port = address.port or (443 if secure else 8000)
    try:
        return chromadb.HttpClient(host=address.hostname, port=port, ssl=secure, settings=settings)
    except (ChromaError, ValueError, OSError, httpx.HTTPError) as error:
        raise VectorStoreError(
            f"连不上 Chroma 服务器 {location.server}，请先启动它，"
            "或清空 ECOPOLICY_CHROMA_SERVER 改用内置的向量库。"
        ) from error


def is_writable(folder: Path) -> bool:
    """Whether Chroma may open these files: it writes into its database whenever it does."""
    return all(os.access(path, os.W_OK) for path in (folder, *folder.rglob("*")))


@contextmanager
def _connected(location: StoreLocation) -> Iterator[ClientAPI]:
    """A client that lets go of the files afterwards."""
    client = connect(location)
    try:
        yield client
    finally:
        cast("Client", client).close()


@contextmanager
def _told_unwritable(location: StoreLocation) -> Iterator[None]:
    """VectorStoreError where something can't be written."""
    try:
        yield
    except (*_GONE, sqlite3.Error, RuntimeError) as error:
        where = location.server or location.folder
        raise VectorStoreError(f"向量库 {where} 写不进去，请检查磁盘空间和权限后再试。") from error


class VectorStore:
    """One collection of vectors, searched by cosine similarity.

    VectorStoreError from all methods while a server is not there.
    """

    def __init__(self, collection: Collection, is_on_server: bool = False) -> None:
        self._collection = collection
        #: What tells that it can't be reached; of our own files it tells that they are damaged.
        self._gone = _GONE if is_on_server else ()

    @classmethod
    def write(
        cls,
        location: StoreLocation,
        collection: str,
        rows: Mapping[str, Row],
        before: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """Write a collection of these rows by their ids; under its name it appears only when it is
        complete. Returns the marks of the rows by their ids.

        ``before`` are the marks of a collection of that name which is there already: only what
        differs from it is written. Our own searches read ids and distances alone; the records are
        for whoever opens the collection with another program.
        """
        marks = {name: row.record.mark for name, row in rows.items()}
        with _told_unwritable(location), _connected(location) as client:
            unfinished = f"{collection}-building"
            existing = {found.name for found in client.list_collections()}
            kept = sum(before.get(n) == mark for n, mark in marks.items()) if before else 0
            # Changing most of the rows takes longer than writing them anew.
            if before and collection in existing and 2 * kept >= len(marks):
                made = client.get_collection(collection, embedding_function=None)
                made.modify(name=unfinished)
                _delete(made, [name for name in before if name not in marks])
                _add(made, {n: row for n, row in rows.items() if n not in before})
                changed = [n for n, mark in marks.items() if before.get(n, mark) != mark]
                _describe(made, {name: rows[name] for name in changed})
            else:
                for name in existing & {unfinished, collection}:
                    client.delete_collection(name)
                made = client.create_collection(
                    unfinished, configuration={"hnsw": _HNSW}, embedding_function=None
                )
                _add(made, rows)
            made.modify(name=collection)
        return marks

    @classmethod
    def open(cls, location: StoreLocation, collection: str) -> "VectorStore":
        """Open a complete collection and read it into memory, so that the first question need not;
        IndexBrokenError where it is not there.

        Its files and what is held of them in memory are let go of with the last who searches it.
        """
        try:
            client = connect(location)
            is_on_server = location.server is not None
            store = cls(client.get_collection(collection, embedding_function=None), is_on_server)
            finalize(store, cast("Client", client).close).atexit = False
            store._read()
        except VectorStoreError:
            raise
        except (*_UNREADABLE, httpx.HTTPError) as error:
            # A server that is starting again must not be taken for one that has lost the index.
            if location.server and not isinstance(error, NotFoundError):
                raise VectorStoreError(_UNREACHED) from error
            if location.server is None and not is_writable(location.folder):
                raise VectorStoreError(
                    f"索引文件夹 {location.folder} 不能写入，请检查权限和磁盘后再试。"
                ) from error
            raise IndexBrokenError(
                "向量库里没有可用的索引，请运行 ecopolicy index --rebuild 重建。"
            ) from error
        return store

    def __len__(self) -> int:
        """How many vectors there are; IndexBrokenError where that can't be told."""
        try:
            return self._collection.count()
        except self._gone as error:
            raise VectorStoreError(_UNREACHED) from error
        except _UNREADABLE as error:
            raise IndexBrokenError(_UNANSWERED) from error

    def _read(self) -> None:
        """Ask for one of its own vectors: Chroma reads its files when it is first asked."""
        one = self._collection.get(limit=1, include=["embeddings"])["embeddings"]
        if one is not None and len(one):
            self.search(np.asarray(one[0]), 1)

    def search(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        """Ids of the ``k`` nearest vectors with their cosine similarity, nearest first.

        Asked of the collection itself: LangChain's class would read a document for each vector,
        which takes as long as the search.
        """
        try:
            found = self._collection.query(
                query_embeddings=[vector.tolist()], n_results=k, include=["distances"]
            )
        except self._gone as error:
            raise VectorStoreError(_UNREACHED) from error
        except _UNREADABLE as error:
            raise IndexBrokenError(_UNANSWERED) from error
        distances = (found["distances"] or [[]])[0]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances, strict=True)]


def _add(collection: Collection, rows: Mapping[str, Row]) -> None:
    for batch in _batches(rows):
        collection.add(
            ids=list(batch),
            embeddings=np.stack([row.vector for row in batch.values()]),
            documents=[row.record.text for row in batch.values()],
            metadatas=[dict(row.record.facts) for row in batch.values()],
        )


def _describe(collection: Collection, rows: Mapping[str, Row]) -> None:
    for batch in _batches(rows):
        collection.update(
            ids=list(batch),
            embeddings=np.stack([row.vector for row in batch.values()]),
            documents=[row.record.text for row in batch.values()],
            metadatas=[dict(row.record.facts) for row in batch.values()],
        )


def _delete(collection: Collection, names: Sequence[str]) -> None:
    for i in range(0, len(names), _BATCH):
        collection.delete(ids=list(names[i : i + _BATCH]))


def _batches(rows: Mapping[str, Row]) -> Iterator[Mapping[str, Row]]:
    names = list(rows)
    for i in range(0, len(names), _BATCH):
        yield {name: rows[name] for name in names[i : i + _BATCH]}


def drop_collections(location: StoreLocation, keep: tuple[str, ...]) -> None:
    """Delete our collections on a server except those whose names begin with one of ``keep``."""
    client = connect(location)
    for found in client.list_collections():
        if found.name.startswith("ecopolicy-") and not found.name.startswith(keep):
            client.delete_collection(found.name)
