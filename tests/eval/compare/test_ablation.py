"""The rows of the ablation differ from the full retriever in what they say they do."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.finding.search import find
from assistant.question.understanding import understand
from assistant.types import Query
from corpus.catalog import Corpus
from eval.compare.ablation import FULL, Row, Run, measure, render, uncorrected, without
from eval.compare.variants import RankFusion, RememberingEmbedder, VariedRetriever
from eval.metrics import Question
from index.embedders import SentenceEmbedder
from index.search.fusion import FEATURES, RANKINGS, UNPREPARED, describe, load_fusion
from index.search.retriever import Candidates, HybridRetriever
from index.types import Vector

TODAY = date(2026, 11, 23)
QUESTION = "夜里工地太吵怎么罚"
KEYS = "abcdefgh"
NONE = np.zeros((1, len(UNPREPARED)), dtype=np.float32)
orders = st.lists(st.sampled_from(KEYS), unique=True)


@pytest.fixture
def varied(retriever: HybridRetriever) -> VariedRetriever:
    return VariedRetriever(retriever)


@given(st.lists(orders, min_size=len(RANKINGS), max_size=len(RANKINGS)).filter(any))
def test_rank_fusion_is_the_sum_of_reciprocal_ranks(found: list[list[str]]) -> None:
    features = np.hstack(
        [describe([(key, 100.0 - i) for i, key in enumerate(order)], KEYS) for order in found]
    )
    sums = np.array(
        [sum(1 / (61 + order.index(key)) for order in found if key in order) for key in KEYS]
    )
    assert RankFusion({}, {}, {}).combine(features, NONE, {}) == pytest.approx(
        sums / sums.sum(), abs=1e-4
    )


def test_without_a_ranking_its_features_weigh_nothing() -> None:
    fitted = load_fusion()
    changed = without(fitted, "lay_words", "lay_meaning")
    for name in FEATURES:
        assert changed.features[name] == (0 if name.startswith("lay") else fitted.features[name])
    assert changed.preferences == fitted.preferences
    assert not any(without(fitted, *RANKINGS).features.values())


def test_unchanged_it_finds_what_the_retriever_finds(
    retriever: HybridRetriever, varied: VariedRetriever
) -> None:
    understanding = understand(Query(QUESTION, TODAY), retriever.corpus)
    expected = find(retriever, understanding, 5, TODAY)
    assert find(varied, understanding, 5, TODAY) == expected
    assert find(varied, understanding, 5, TODAY) == expected


def test_rows_that_weigh_anew_share_the_candidates(
    varied: VariedRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = HybridRetriever.candidates

    def record(self: HybridRetriever, question: str, day: date) -> Candidates:
        asked.append(question)
        return search(self, question, day)

    monkeypatch.setattr(HybridRetriever, "candidates", record)
    full = varied.retrieve(QUESTION, 5, TODAY).hits
    other = varied.weighed(RankFusion({}, {}, {})).retrieve(QUESTION, 5, TODAY).hits
    varied.without_preferences().retrieve(QUESTION, 5, TODAY)
    assert asked == [QUESTION]
    assert [hit.score for hit in full] != [hit.score for hit in other]
    varied.widened().retrieve(QUESTION, 5, TODAY)
    assert asked == [QUESTION] * 2


def test_without_preferences_nothing_is_preferred(
    retriever: HybridRetriever, varied: VariedRetriever
) -> None:
    understanding = understand(Query("夜里工地太吵怎么罚", TODAY), retriever.corpus)
    plain = retriever.retrieve(understanding.search_text, 5, TODAY)
    assert find(varied.without_preferences(), understanding, 5, TODAY) == plain
    assert find(varied, understanding, 5, TODAY) != plain


def test_the_widened_row_searches_for_legal_words(varied: VariedRetriever) -> None:
    plain = dict(varied.text.by_words("门口臭味很大", 50))
    widened = dict(varied.widened().text.by_words("门口臭味很大", 50))
    named = dict(varied.text.by_words("恶臭气体", 1))
    (key,) = named
    assert widened[key] > plain.get(key, 0)
    # Where no lay word stands, nothing changes.
    assert varied.widened().text.by_words("今天", 5) == varied.text.by_words("今天", 5)


def test_the_uncorrected_corpus_leaves_homophones(corpus: Corpus) -> None:
    query = Query("排物许可证上写什么", TODAY)
    assert understand(query, uncorrected(corpus)).text == "排物许可证上写什么"
    assert understand(query, corpus).text == "排污许可证上写什么"


def test_each_question_is_embedded_once(
    embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembering = RememberingEmbedder(embedder)
    first = remembering.encode_query(QUESTION)
    assert np.allclose(first, embedder.encode_query(QUESTION))

    def refuse(self: SentenceEmbedder, text: str) -> Vector:
        raise AssertionError(text)

    monkeypatch.setattr(SentenceEmbedder, "encode_query", refuse)
    assert remembering.embed_query(QUESTION) == first.tolist()
    assert remembering.name == embedder.name


def test_measuring_and_the_table(varied: VariedRetriever) -> None:
    rows = {
        FULL: Row("完整", lambda query, _: ["x", "policy:降碳"]),
        "good": Row("好", lambda query, _: ["policy:降碳"]),
        "none": Row("空", lambda query, _: []),
    }
    questions = [
        Question("1", "支撑项目多少个", ("policy:降碳",), "answer", "policy"),
        Question("2", "那多久", ("a",), "answer", "dialog", turns=("支撑项目多少个", "那多久")),
    ]
    run = measure(rows, questions, varied, TODAY)
    assert run.hits[FULL] == {
        ("政策", 1): [False], ("政策", 5): [True], ("追问", 1): [False], ("追问", 5): [False],
    }  # fmt: skip
    assert run.first("good") == [True, False]
    table = render(rows, run).splitlines()
    assert len({line.count("|") for line in table}) == 1
    assert "政策 hit@1（1 题）" in table[0]
    assert "法律" not in table[0]
    assert table[2].endswith("| — |")
    assert table[3].endswith("| −0／+1 |")


def test_what_was_lost_and_gained_is_counted_by_question() -> None:
    hits = {
        FULL: {("法律", 1): [True, True, False], ("法律", 5): [True] * 3},
        "other": {("法律", 1): [False, False, True], ("法律", 5): [True] * 3},
    }
    rows = {name: Row(name, lambda query, _: []) for name in hits}
    assert render(rows, Run(hits)).endswith("| −2／+1 |")
