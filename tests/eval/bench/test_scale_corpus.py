"""The large corpus, without reading or embedding it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.types import Document
from eval.bench import scale
from eval.bench.scale import load_large_corpus, open_large
from index.state import IndexFolder


@pytest.fixture
def embedder() -> Any:
    """One that never embeds."""
    return SimpleNamespace(name="e")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "law.db"
    rows = [
        ("乙法", "第一条"),
        ("乙法", "第二条之一"),
        ("甲法", "第一条"),
        ("带的法", "第一条"),
        ("决定", "条目一"),
        ("混的法", "第一条"),
        ("混的法", "全文"),
    ]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE articles (law_name TEXT, article_no TEXT)")
        connection.executemany("INSERT INTO articles VALUES (?, ?)", rows)
        connection.commit()
    monkeypatch.setattr(scale, "database_path", lambda: path)
    return path


@pytest.fixture
def loaded(database: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is asked of the loaders; 带的法 is bundled."""
    told: dict[str, Any] = {}
    bundled, other = (
        Document(title, Kind.STATUTE, "", None, None, "", ()) for title in ("带的法", "其他")
    )

    def load_statutes(entries: Any, *rest: Any) -> list[Document]:
        told["titles"] = [entry.title for entry in entries]
        return [other]

    def load_corpus() -> Corpus:
        return Corpus([bundled])

    monkeypatch.setattr(scale, "load_statutes", load_statutes)
    monkeypatch.setattr(scale, "load_corpus", load_corpus)
    return told


def test_the_others_are_those_of_articles_that_are_not_bundled(loaded: dict[str, Any]) -> None:
    large = load_large_corpus()
    assert loaded["titles"] == ["乙法", "甲法"]
    assert [document.title for document in large.documents] == ["带的法", "其他"]


def test_an_index_of_the_large_corpus_is_built_and_opened(
    embedder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, built = Corpus([]), []
    monkeypatch.setattr(scale, "load_large_corpus", lambda: corpus)
    monkeypatch.setattr(scale, "build", lambda *facts: built.append(facts))
    monkeypatch.setattr(scale, "open_index", lambda *facts: facts)
    folder, opened, asking = open_large(tmp_path, embedder, print)
    ((built_in, built_of, building, progress),) = built
    assert isinstance(built_in, IndexFolder)
    assert folder.root == built_in.root == tmp_path
    assert opened is built_of is corpus
    assert (building, asking, progress) == (embedder, embedder, print)
