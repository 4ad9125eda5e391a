"""Building on a small corpus: incremental, atomic, and honest about a broken index."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.errors import IndexBrokenError, IndexMissingError
from corpus.types import Article, Document
from index import build as build_module
from index.build import build
from index.contents import is_current
from index.embedders import QuestionEncoder, SentenceEmbedder
from index.opening import open_index
from index.state import IndexFolder
from index.types import Codes, Vector
from tests.support import load_policy

TODAY = date(2026, 11, 23)
OTHER = Document(
    "甲条例", Kind.STATUTE, "", date(2020, 1, 1), date(2020, 1, 1), "",
    (Article("甲条例#1", "第一条", (), "渔船应当在港内清洗甲板。"),),
)  # fmt: skip


@pytest.fixture
def small() -> Corpus:
    return Corpus([load_policy()])


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path / "index")


def _silent(done: int, total: int) -> None:
    assert 0 < done <= total


def test_build_open_and_search(
    folder: IndexFolder, small: Corpus, embedder: SentenceEmbedder
) -> None:
    assert not is_current(folder, small, embedder.name)
    build(folder, small, embedder, _silent)
    assert is_current(folder, small, embedder.name)
    hits = open_index(folder, small, embedder).retrieve("污染防治重点任务有多少项", 1, TODAY).hits
    assert hits[0].passage.key == "policy:减污"


def test_only_what_is_new_is_embedded(
    folder: IndexFolder,
    small: Corpus,
    embedder: SentenceEmbedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    encode = QuestionEncoder.read_passages

    def record(self: QuestionEncoder, texts: Sequence[str]) -> tuple[Vector, list[Codes]]:
        read.extend(texts)
        return encode(self, texts)

    monkeypatch.setattr(QuestionEncoder, "read_passages", record)
    monkeypatch.setattr(build_module, "load_bundled", lambda name: {})
    monkeypatch.setattr(build_module, "load_codes", lambda name: {})
    build(folder, small, embedder, _silent)
    assert len(read) == len(small.passages())
    read.clear()
    build(folder, Corpus([*small.documents, OTHER]), embedder, _silent)
    (text,) = read
    assert text.endswith(OTHER.articles[0].text)


@pytest.mark.parametrize("step", ["_embed", "switch"])
def test_an_interrupted_build_leaves_the_old_index(
    folder: IndexFolder,
    small: Corpus,
    embedder: SentenceEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    build(folder, small, embedder, _silent)

    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(build_module, step, interrupt)
        build(folder, Corpus([*small.documents, OTHER]), embedder, _silent)
    assert open_index(folder, small, embedder).retrieve("支撑项目", 1, TODAY).hits
    build(folder, small, embedder, _silent, reuse=False)
    assert open_index(folder, small, embedder).retrieve("支撑项目", 1, TODAY).hits
    assert len([p for p in folder.root.iterdir() if p.is_dir()]) == 2


def test_no_index(folder: IndexFolder, small: Corpus, embedder: SentenceEmbedder) -> None:
    with pytest.raises(IndexMissingError, match="ecopolicy index"):
        open_index(folder, small, embedder)


def test_the_index_of_another_corpus(
    folder: IndexFolder, small: Corpus, embedder: SentenceEmbedder
) -> None:
    build(folder, small, embedder, _silent)
    with pytest.raises(IndexMissingError):
        open_index(folder, Corpus([*small.documents, OTHER]), embedder)


@pytest.mark.parametrize("damage", ["manifest.json", "bm25-text/vocabulary.json", "chroma"])
def test_a_broken_index(
    folder: IndexFolder, small: Corpus, embedder: SentenceEmbedder, damage: str
) -> None:
    name = build(folder, small, embedder, _silent)
    path = folder.root / name / damage
    if path.is_dir():
        (path / "chroma.sqlite3").write_bytes(b"broken")
    else:
        path.write_text("{broken", "utf-8")
    with pytest.raises(IndexBrokenError, match="运行 ecopolicy index 修复"):
        open_index(folder, small, embedder)
