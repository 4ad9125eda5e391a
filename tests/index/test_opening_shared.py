"""Opening another index takes over what did not change, and answers as one opened by itself."""

import gc
from datetime import date
from hashlib import blake2b
from pathlib import Path
from weakref import ref

import numpy as np
import pytest

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections import LayWording
from corpus.statutes import KnownDocument
from corpus.types import Article, Document
from index.build import build
from index.embedders import SentenceEmbedder
from index.opening import open_index
from index.search import HybridRetriever
from index.state import IndexFolder
from index.types import Vector

DAY = date(2026, 11, 23)
QUESTIONS = ("小船夜里靠岸要登记吗", "羊圈离水井多远", "谁来查羊圈", "鱼市几点收摊")
FIRST = "羊圈应当离水井三十米以上。"
SECOND = "小船夜间靠岸，应当在当日向村委会登记。"


class Embedder(SentenceEmbedder):
    """Vectors drawn by the text itself."""

    def __init__(self) -> None:
        self.name = "drawn"

    def encode_passages(self, texts: object) -> Vector:
        return np.stack([self.encode_query(text) for text in texts])  # type: ignore[attr-defined]

    def encode_query(self, text: str) -> Vector:
        seed = int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")
        drawn = np.random.default_rng(seed).normal(size=16).astype(np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)


def corpus_of(*texts: str, asked: str = "羊要关在哪里", outside: str = "几只羊要备案") -> Corpus:
    documents = [
        Document(name, Kind.STATUTE, "", DAY, DAY, "", (Article(f"{name}#1", "第一条", (), text),))
        for name, text in zip(("丙镇羊圈规定", "丙镇小船规定"), texts, strict=False)
    ]
    known = KnownDocument("丁名录", (), "丁部", asked=(outside,))
    wording = LayWording("丙镇羊圈规定#1", (asked,))
    return Corpus(documents, lay_wording=[wording], not_loaded=[known])


def opened(
    folder: IndexFolder, corpus: Corpus, before: HybridRetriever | None = None
) -> HybridRetriever:
    build(folder, corpus, Embedder(), lambda done, total: None)
    return open_index(folder, corpus, Embedder(), before)


def found(retriever: HybridRetriever) -> list[object]:
    return [
        [(hit.passage.key, hit.score) for hit in retriever.retrieve(question, 3, DAY).hits]
        for question in QUESTIONS
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (corpus_of(FIRST), corpus_of(FIRST, SECOND)),
        (corpus_of(FIRST, SECOND), corpus_of(FIRST)),
        (corpus_of(FIRST), corpus_of(FIRST, asked="鱼市里能卖羊吗")),
        (corpus_of(FIRST), corpus_of(FIRST, outside="鱼市要办什么证")),
        (corpus_of(FIRST), corpus_of(FIRST.replace("三十", "五十"), SECOND, outside="谁管鱼市")),
    ],
    ids=["added", "removed", "worded", "told", "all"],
)
def test_it_answers_as_one_opened_by_itself(tmp_path: Path, old: Corpus, new: Corpus) -> None:
    folder = IndexFolder(tmp_path)
    before = opened(folder, old)
    earlier = found(before)
    after = opened(folder, new, before)
    alone = open_index(folder, new, Embedder())
    assert found(after) == found(alone)
    assert [after.weigh(token) for token in ("羊", "小船", "无")] == [
        alone.weigh(token) for token in ("羊", "小船", "无")
    ]
    for question in QUESTIONS:
        assert after.matters.near(question) == alone.matters.near(question)  # type: ignore[union-attr]
    assert found(before) == earlier


def test_what_did_not_change_is_held_once(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    before = opened(folder, corpus_of(FIRST))
    after = opened(folder, corpus_of(FIRST, SECOND), before)
    assert after.matters is before.matters
    assert before.lay is not None
    assert after.lay is not None
    assert after.lay.lexical is before.lay.lexical
    assert after.lay.store is not before.lay.store
    tokens = zip(
        before.text.lexical.counts.vocabulary, after.text.lexical.counts.vocabulary, strict=False
    )
    assert all(one is other for one, other in tokens)
    changed = opened(folder, corpus_of(FIRST, SECOND, outside="谁管鱼市"), after)
    assert changed.matters is not after.matters


def test_the_one_before_is_let_go_of_at_once(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    before = opened(folder, corpus_of(FIRST))
    found(before)
    after = opened(folder, corpus_of(FIRST, SECOND), before)
    held = ref(before)
    # What serves has everything frozen that it began with: the collector would never find it.
    gc.disable()
    try:
        del before
        assert held() is None
    finally:
        gc.enable()
    assert found(after)
