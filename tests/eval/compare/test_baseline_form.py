"""What the stock retriever is given and gives, with stand-ins for the packages of the extra."""

import importlib
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from corpus.catalog import Corpus
from index.contents import searchable_text
from tests.eval.made_results import DAY
from tests.records import make_article, make_document

NAME = "eval.compare.baseline"


class Stock:
    """Notes what each part of the stock retriever is made of; ``found`` is what it finds."""

    def __init__(self) -> None:
        self.words: dict[str, Any] = {}
        self.meaning: dict[str, Any] = {}
        self.ensemble: dict[str, Any] = {}
        self.found: list[str] = []

    def from_texts(self, texts: Sequence[str], *facts: Any, **options: Any) -> Any:
        if "preprocess_func" in options:
            metadata, ids = facts
            self.words = {"texts": texts, "metadata": metadata, "ids": ids}
            return "words"
        embeddings, metadata, ids = facts
        self.meaning = {
            "texts": texts, "embeddings": embeddings, "metadata": metadata, "ids": ids,
        }  # fmt: skip
        return SimpleNamespace(as_retriever=lambda **options: "meaning")

    def fuse(self, **facts: Any) -> Any:
        self.ensemble = facts
        return self

    def invoke(self, question: str) -> list[Any]:
        return [SimpleNamespace(metadata={"key": key}) for key in self.found]


class Embedder:
    """Vectors by the length of a text; notes what is embedded."""

    name = "e"

    def __init__(self) -> None:
        self.embedded: list[list[str]] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded.append(texts)
        return [[float(len(text)), 0.0] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [0.0, float(len(text))]


@pytest.fixture
def stock() -> Stock:
    return Stock()


@pytest.fixture
def baseline(monkeypatch: pytest.MonkeyPatch, stock: Stock) -> Iterator[Any]:
    """The module, imported anew with stand-ins."""
    maker = SimpleNamespace(from_texts=stock.from_texts)
    for name, parts in {
        "jieba": {"lcut": list},
        "langchain_chroma": {"Chroma": maker},
        "langchain_classic": {},
        "langchain_classic.retrievers": {"EnsembleRetriever": stock.fuse},
        "langchain_community": {},
        "langchain_community.retrievers": {"BM25Retriever": maker},
    }.items():
        module = ModuleType(name)
        vars(module).update(parts)
        monkeypatch.setitem(sys.modules, name, module)
    package = importlib.import_module("eval.compare")
    before = {name: sys.modules.pop(name) for name in [NAME] if name in sys.modules}
    module = importlib.import_module(NAME)
    monkeypatch.setattr(module, "load_bundled", lambda name: {})
    yield module
    del sys.modules[NAME], package.baseline
    sys.modules.update(before)
    for found in before.values():
        package.baseline = found


def retriever(baseline: Any, *documents: Any, day: date = DAY) -> Any:
    return baseline.LangChainBaseline(Corpus(documents), Embedder(), day)


def test_known_vectors_are_not_embedded_again(baseline: Any) -> None:
    embedder = Embedder()
    known = {"甲": np.array([0.5, 0.25], np.float32), "丙丙": np.array([1, 0], np.float32)}
    found = baseline.KnownEmbeddings(embedder, known).embed_documents(["丙丙", "乙乙乙", "甲"])
    assert found == [[1.0, 0.0], [3.0, 0.0], [0.5, 0.25]]
    assert embedder.embedded == [["乙乙乙"]]


def test_where_all_is_known_nothing_is_embedded(baseline: Any) -> None:
    embedder = Embedder()
    embeddings = baseline.KnownEmbeddings(embedder, {"甲": np.array([0.5], np.float32)})
    assert embeddings.embed_documents(["甲", "甲"]) == [[0.5], [0.5]]
    assert embeddings.embed_documents([]) == []
    assert embedder.embedded == []


def test_a_question_is_always_embedded(baseline: Any) -> None:
    embeddings = baseline.KnownEmbeddings(Embedder(), {"甲": np.array([0.5], np.float32)})
    assert embeddings.embed_query("甲") == [0.0, 1.0]


def test_both_parts_read_headings_and_text(baseline: Any, stock: Stock) -> None:
    document = make_document(make_article(5, path=("第一章 总则",)), make_article(6, "别的。"))
    retriever(baseline, document)
    passages = Corpus([document]).passages()
    assert stock.words["texts"] == [searchable_text(passage) for passage in passages]
    assert "第一章 总则" in stock.words["texts"][0]
    assert stock.meaning["texts"] == ["某法 第一章 总则\n应当依法取得许可。", "某法\n别的。"]


def test_both_parts_know_the_same_passages_and_count_alike(baseline: Any, stock: Stock) -> None:
    document = make_document(make_article(5), make_article(6))
    retriever(baseline, document)
    passages = Corpus([document]).passages()
    told = [{"id": passage.id, "key": passage.key} for passage in passages]
    assert [line["key"] for line in told] == ["某法#5", "某法#6"]
    assert stock.words["metadata"] == stock.meaning["metadata"] == told
    assert stock.words["ids"] == stock.meaning["ids"] == [line["id"] for line in told]
    assert stock.ensemble["retrievers"] == ["words", "meaning"]
    first, second = stock.ensemble["weights"]
    assert first == second


@pytest.mark.parametrize(
    ("day", "keys"),
    [(date(2019, 12, 31), []), (date(2020, 1, 1), ["旧法#1"]), (DAY, ["旧法#1", "新法#1"])],
)
def test_only_what_is_in_force_on_the_day_is_searched(
    baseline: Any, stock: Stock, day: date, keys: list[str]
) -> None:
    old = make_document(make_article(1, title="旧法"), title="旧法")
    new = make_document(make_article(1, title="新法"), title="新法", effective=date(2026, 1, 1))
    retriever(baseline, old, new, day=day)
    assert [line["key"] for line in stock.words["metadata"]] == keys


@pytest.mark.parametrize(
    ("depth", "keys"), [(0, []), (1, ["b"]), (2, ["b", "a"]), (9, ["b", "a", "c"])]
)
def test_each_key_is_given_once_and_the_best_first(
    baseline: Any, stock: Stock, depth: int, keys: list[str]
) -> None:
    stock.found = ["b", "a", "b", "c", "a"]
    assert retriever(baseline, make_document(make_article(1))).retrieve("问", depth) == keys


def test_vectors_that_came_with_the_repository_are_taken(
    baseline: Any, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_document(make_article(5), make_article(6, "别的。"))
    first, _ = Corpus([document]).passages()
    monkeypatch.setattr(baseline, "load_bundled", lambda name: {first.id: np.array([0.5, 0.5])})
    retriever(baseline, document)
    found = stock.meaning["embeddings"].embed_documents(stock.meaning["texts"])
    assert found == [[0.5, 0.5], [6.0, 0.0]]
