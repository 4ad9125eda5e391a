"""The large corpus and its stand-in vectors, without reading or embedding it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from corpus.catalog import Corpus
from eval.bench import scale
from eval.bench.scale import StandInEmbedder, load_large_corpus, open_large
from index.state import IndexFolder

WIDTH = 384
BUNDLED = {
    str(number): vector / np.linalg.norm(vector)
    for number, vector in enumerate(
        np.random.default_rng(9).normal(size=(20, WIDTH)).astype(np.float32)
    )
}
TEXTS = [str(number) for number in range(200)]


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> Any:
    """One that never embeds."""
    monkeypatch.setattr(scale, "load_bundled", {"e": BUNDLED}.__getitem__)
    return SimpleNamespace(model=SimpleNamespace(), name="e")


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
    told: dict[str, Any] = {"corpora": []}

    def load_statutes(entries: Any, *rest: Any) -> list[str]:
        told["titles"] = [entry.title for entry in entries]
        return ["其他"]

    def load_corpus(*added: Any) -> Any:
        told["corpora"].append(added)
        return SimpleNamespace(versions=lambda title: (1,) if title == "带的法" else ())

    monkeypatch.setattr(scale, "load_statutes", load_statutes)
    monkeypatch.setattr(scale, "load_corpus", load_corpus)
    return told


def test_stand_ins_are_unit_vectors_of_the_texts_number(embedder: Any) -> None:
    vectors = StandInEmbedder(embedder).encode_passages(TEXTS)
    assert vectors.shape == (200, WIDTH)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_stand_ins_are_bundled_vectors_with_a_little_noise(embedder: Any) -> None:
    vectors = StandInEmbedder(embedder).encode_passages(TEXTS)
    likeness = vectors @ np.stack(list(BUNDLED.values())).T
    assert likeness.max(axis=1).mean() == pytest.approx(0.96, abs=0.01)
    assert np.sort(likeness, axis=1)[:, -2].max() < 0.5
    assert len(set(likeness.argmax(axis=1))) == len(BUNDLED)


def test_no_two_stand_ins_are_the_same(embedder: Any) -> None:
    stand_in = StandInEmbedder(embedder)
    vectors = np.vstack([stand_in.encode_passages(TEXTS), stand_in.encode_passages(TEXTS)])
    assert len(np.unique(vectors, axis=0)) == 400


def test_the_same_seed_gives_the_same_stand_ins(embedder: Any) -> None:
    first, again, other = (
        StandInEmbedder(embedder, seed).encode_passages(TEXTS) for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_questions_are_embedded_by_the_model(embedder: Any) -> None:
    embedder.model.encode_query = lambda text, **options: [float(len(text)), 0.0]
    stand_in = StandInEmbedder(embedder)
    assert stand_in.name == "e"
    assert stand_in.encode_query("三个字").tolist() == [3.0, 0.0]


def test_the_others_are_those_of_articles_that_are_not_bundled(loaded: dict[str, Any]) -> None:
    load_large_corpus()
    assert loaded["titles"] == ["乙法", "甲法"]
    assert loaded["corpora"] == [(), (["其他"],)]


def test_an_index_of_the_large_corpus_has_stand_ins_and_is_asked_truly(
    embedder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, built = Corpus([]), []
    monkeypatch.setattr(scale, "load_large_corpus", lambda: corpus)
    monkeypatch.setattr(scale, "build", lambda *facts: built.append(facts))
    monkeypatch.setattr(scale, "open_index", lambda *facts: facts)
    folder, opened, asking = open_large(tmp_path, embedder, print)
    ((built_in, built_of, standing_in, progress),) = built
    assert isinstance(built_in, IndexFolder)
    assert folder.root == built_in.root == tmp_path
    assert opened is built_of is corpus
    assert isinstance(standing_in, StandInEmbedder)
    assert (asking, progress) == (embedder, print)
