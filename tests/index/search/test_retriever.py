"""The retriever over a hand-made corpus: what may be found on a day, and which passage stands."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections import LayWording, lay_id
from corpus.types import Article, Document
from index.search.field import SearchField
from index.search.fusion import FEATURES, UNPREPARED, Fusion
from index.search.lexical import LexicalIndex
from index.search.retriever import HybridRetriever
from index.search.store import StoreLocation, VectorStore
from index.types import PartFit, Preference, ScoredPassage, Vector
from tests.reading import reading_of
from tests.support import write_store

TODAY = date(2026, 1, 1)
#: What the stand-in takes for the same, an axis each.
MEANINGS = ("许可|牌照", "噪声|吵", "工地|施工", "广场舞|音响", "土壤", "渔船|甲板", "无人机")
FILLER = "有关部门按照各自职责做好相关工作并依法公开信息" * 6


class Concepts:
    """Embeds a text by which of a few meanings it speaks of."""

    name = "concepts"

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vector:
        counts = [sum(text.count(w) for w in words.split("|")) for words in MEANINGS]
        vector = np.array(counts, dtype=np.float32) + np.float32(0.05)
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def statute(title: str, day: date, *texts: str) -> Document:
    articles = tuple(
        Article(key=f"{title}#{i}", label=f"第{'一二三'[i - 1]}条", path=(), text=text)
        for i, text in enumerate(texts, 1)
    )
    return document(title, Kind.STATUTE, day, articles)


def document(title: str, kind: Kind, day: date | None, articles: tuple[Article, ...]) -> Document:
    return Document(
        title=title,
        kind=kind,
        issuer="",
        adopted=day,
        effective=day,
        url="",
        articles=articles,
    )


NOISE = "\n".join(
    (
        f"防治噪声污染，{FILLER}。",
        f"工地夜间施工应当取得证明，{FILLER}。",
        f"使用音响不得干扰居民，{FILLER}。",
    )
)
OLDER = statute("甲法", date(2015, 1, 1), "许可证有效期为三年。", NOISE)
NEWER = statute("甲法", date(2025, 3, 1), "许可证有效期为五年。", NOISE, "《旧法》同时废止。")
REPEALED = statute("旧法", date(2010, 1, 1), "土壤污染应当修复。")
COMING = statute("新法", date(2030, 1, 1), "无人机应当登记。")
NOTICE = document(
    "船舶通知",
    Kind.DOCUMENT,
    None,
    (Article(key="船舶通知@1", label="第一段", path=(), text="渔船应当在港内清洗甲板。"),),
)
WORDING = (
    LayWording(key="甲法#1", questions=("牌照能用几年",), gist="牌照用五年"),
    LayWording(key="甲法#2", questions=("太吵了找谁",)),
    LayWording(key="甲法#2", questions=("半夜工地太吵",), part="2"),
    LayWording(key="甲法#2", questions=("广场舞太吵",), part="3"),
)
FUSION = Fusion(dict.fromkeys(FEATURES, 1.0), {"fewer": -9.0}, dict.fromkeys(UNPREPARED, 1.0))


def search_field(
    folder: Path, name: str, ids: Sequence[str], targets: Sequence[str], texts: Sequence[str]
) -> SearchField:
    location = StoreLocation(folder)
    write_store(location, f"ecopolicy-{name}", ids, Concepts().encode_passages(texts))
    store = VectorStore.open(location, f"ecopolicy-{name}")
    lexical = LexicalIndex.build(texts)
    return SearchField(lexical, targets, store, dict(zip(ids, targets, strict=True)))


def retriever_of(
    folder: Path, documents: Sequence[Document], wording: Sequence[LayWording], added: str = ""
) -> HybridRetriever:
    corpus = Corpus(documents=documents, lay_wording=wording, added=[added] if added else [])
    passages = corpus.passages()
    ids = [passage.id for passage in passages]
    text = search_field(folder, "text", ids, ids, [passage.text for passage in passages])
    targets = {text: worded.target for worded in wording for text in worded.texts}
    lay_ids = [lay_id(text) for text in targets]
    lay = None
    if wording:
        lay = search_field(folder, "lay", lay_ids, list(targets.values()), list(targets))
    return HybridRetriever(
        corpus=corpus,
        passages=passages,
        text=text,
        reading=reading_of(Concepts(), ids, [passage.text for passage in passages]),
        lay=lay,
        embedder=Concepts(),
        fusion=FUSION,
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    documents = [OLDER, NEWER, REPEALED, COMING, NOTICE]
    return retriever_of(tmp_path_factory.mktemp("small"), documents, WORDING)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> HybridRetriever:
    return retriever_of(tmp_path_factory.mktemp("bare"), [NEWER, NOTICE], ())


def keys_of(hits: Sequence[ScoredPassage]) -> list[str]:
    return [hit.passage.key for hit in hits]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2015, 1, 1), "三年"),
        (date(2025, 2, 28), "三年"),
        (date(2025, 3, 1), "五年"),
        (date(2026, 1, 1), "五年"),
    ],
)
def test_the_version_of_the_day_is_found(small: HybridRetriever, day: date, words: str) -> None:
    (hit,) = small.retrieve("许可证的有效期", 1, day).hits
    assert hit.passage.key == "甲法#1"
    assert words in hit.passage.text


@pytest.mark.parametrize("question", ["许可证有效期", "噪声", "土壤污染修复", "无人机登记"])
@pytest.mark.parametrize(
    ("day", "usable"),
    [
        (date(2009, 1, 1), {NOTICE.id}),
        (date(2012, 1, 1), {NOTICE.id, REPEALED.id}),
        (date(2020, 1, 1), {NOTICE.id, REPEALED.id, OLDER.id}),
        (date(2026, 1, 1), {NOTICE.id, NEWER.id}),
        (date(2031, 1, 1), {NOTICE.id, NEWER.id, COMING.id}),
    ],
)
def test_only_what_can_be_used_on_the_day_is_found(
    small: HybridRetriever, question: str, day: date, usable: set[str]
) -> None:
    hits = small.retrieve(question, 20, day).hits
    assert {hit.passage.document_id for hit in hits} == usable


@pytest.mark.parametrize("question", ["噪声", "工地施工", "许可证有效期为五年", "qwerty"])
def test_each_key_comes_with_one_passage(small: HybridRetriever, question: str) -> None:
    keys = keys_of(small.retrieve(question, 20, TODAY).hits)
    assert sorted(keys) == ["甲法#1", "甲法#2", "甲法#3", "船舶通知@1"]


@pytest.mark.parametrize(("k", "expected"), [(1, 1), (2, 2), (4, 4), (9, 4)])
def test_no_more_than_asked_for_best_first(small: HybridRetriever, k: int, expected: int) -> None:
    hits = small.retrieve("工地太吵", k, TODAY).hits
    assert len(hits) == expected
    assert hits == small.retrieve("工地太吵", 9, TODAY).hits[:k]
    assert [hit.score for hit in hits] == sorted((h.score for h in hits), reverse=True)


@pytest.mark.parametrize(
    ("question", "part"),
    [("半夜工地太吵", "2"), ("工地吵死了", "2"), ("广场舞太吵", "3"), ("广场舞半夜还在跳", "3")],
)
def test_lay_wording_of_a_part_chooses_its_passage(
    small: HybridRetriever, question: str, part: str
) -> None:
    (hit,) = small.retrieve(question, 1, TODAY).hits
    assert hit.passage.key == "甲法#2"
    assert hit.passage.parts == (part,)
    assert hit.passage.document_id == NEWER.id


def test_lay_wording_of_a_part_chooses_in_the_version_of_the_day(small: HybridRetriever) -> None:
    (hit,) = small.retrieve("广场舞太吵", 1, date(2020, 1, 1)).hits
    assert hit.passage.document_id == OLDER.id
    assert hit.passage.parts == ("3",)


def test_a_document_without_lay_wording_wins_with_its_text(small: HybridRetriever) -> None:
    (hit,) = small.retrieve("渔船在哪里清洗甲板", 1, TODAY).hits
    assert hit.passage.key == "船舶通知@1"
    assert hit.score > 0.5


def test_only_what_has_no_lay_wording_is_scored_by_its_text_alone(
    small: HybridRetriever,
) -> None:
    found = small.candidates("渔船在哪里清洗甲板，许可证呢", TODAY)
    keys = list(found.passages)
    bare, worded = keys.index("船舶通知@1"), keys.index("甲法#1")
    assert found.unprepared.shape == (len(keys), len(UNPREPARED))
    assert not found.features[bare].any()
    assert found.unprepared[bare, UNPREPARED.index("always")] == 1.0
    assert found.features[worded].any()
    assert not found.unprepared[worded].any()


def test_passages_are_found_by_their_vectors_and_then_read_piece_by_piece(
    small: HybridRetriever,
) -> None:
    passages = small.corpus.passages()
    ids = [passage.id for passage in passages]
    own = reading_of(Concepts(), ids, [passage.text for passage in passages])
    every = np.ones(len(ids), dtype=bool)
    (nearest, similarity), *_ = own.nearest("渔船甲板", 5, every)
    assert passages[ids.index(nearest)].key == "船舶通知@1"
    assert own.likeness("渔船甲板", nearest) == pytest.approx(similarity, abs=1e-4)
    assert len(own.nearest("渔船甲板", 1, every)) == 1
    # What cannot be used on the day takes no place.
    others = every & (np.array(ids) != nearest)
    assert nearest not in dict(own.nearest("渔船甲板", len(ids), others))
    read = own.compare("渔船甲板", ids)
    assert [score for _, score in read] == sorted((s for _, s in read), reverse=True)
    assert read[0][0] == nearest
    assert own.compare("渔船甲板", []) == []


def test_a_preference_weighs_as_its_name_says(small: HybridRetriever) -> None:
    def odds(*prefer: Preference) -> float:
        hits = small.retrieve("许可证，工地太吵", 20, TODAY, prefer).hits
        chances = {hit.passage.key: hit.score for hit in hits}
        return chances["甲法#1"] / chances["甲法#2"]

    fewer = Preference("fewer", lambda passage: passage.key == "甲法#1")
    assert math.log(odds() / odds(fewer)) == pytest.approx(9, abs=1e-2)


def test_the_parts_that_fit_are_told_of_the_hits_keys_alone(small: HybridRetriever) -> None:
    found = small.retrieve("广场舞太吵", 1, TODAY)
    assert found.parts.keys() == {"甲法#2"}
    assert found.parts["甲法#2"]["3"] == PartFit(pytest.approx(1), pytest.approx(1))
    assert small.retrieve("渔船甲板", 1, TODAY).parts == {}


def test_how_near_the_nearest_lay_text_is(small: HybridRetriever) -> None:
    concepts = Concepts()
    vector = concepts.encode_query("工地许可证")
    lay_texts = [text for worded in WORDING for text in worded.texts]
    similarities = concepts.encode_passages(lay_texts) @ vector
    found = small.retrieve("工地许可证", 1, TODAY)
    assert found.nearest == pytest.approx(float(similarities.max()), abs=1e-5)
    # There are fewer than thirty.
    assert found.spread == pytest.approx(float(similarities.max() - similarities.min()), abs=1e-5)
    assert found.vector == pytest.approx(vector)


def test_without_lay_wording_the_nearest_is_a_passage(bare: HybridRetriever) -> None:
    found = bare.retrieve("渔船甲板", 1, TODAY)
    similarity = Concepts().encode_query(NOTICE.articles[0].text) @ found.vector
    assert found.nearest == pytest.approx(float(similarity), abs=1e-5)
    assert found.parts == {}


def test_how_like_a_question_the_passages_of_some_documents_are(small: HybridRetriever) -> None:
    found = small.near("工地施工", {NEWER.id, OLDER.id}, TODAY)
    assert {passage.document_id for passage in found} == {NEWER.id}
    assert found[0].parts == ("2",)
    concepts = Concepts()
    likenesses = [small.likeness("工地施工", passage) for passage in found]
    assert likenesses == sorted(likenesses, reverse=True)
    for passage, likeness in zip(found, likenesses, strict=True):
        own = concepts.encode_query(passage.text) @ concepts.encode_query("工地施工")
        assert likeness == pytest.approx(float(own), abs=1e-5)
    assert small.near("工地太吵", [REPEALED.id], TODAY) == []


def test_nothing_is_found_where_nothing_can_be_used(tmp_path: Path) -> None:
    found = retriever_of(tmp_path, [COMING], ()).retrieve("无人机登记", 5, TODAY)
    assert found.hits == ()


def test_a_reranker_reads_to_its_depth_and_the_first_are_given(small: HybridRetriever) -> None:
    class Reversing:
        depth = 3

        def rerank(self, question: str, hits: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
            return tuple(replace(hit, score=i) for i, hit in enumerate(reversed(hits)))

    plain = keys_of(small.retrieve("工地太吵", 3, TODAY).hits)
    reranked = small.reranked(Reversing())
    assert keys_of(reranked.retrieve("工地太吵", 2, TODAY).hits) == plain[::-1][:2]
    assert keys_of(small.retrieve("工地太吵", 3, TODAY).hits) == plain


def test_what_tokens_weigh(small: HybridRetriever) -> None:
    count = len(small.corpus.passages())
    assert small.weigh("渔船") == pytest.approx(math.log(1 + count))
    assert small.weigh("许可") == pytest.approx(math.log(1 + count / 2))
    assert small.weigh("火箭") == 0
    assert small.weight_of_unknown == pytest.approx(small.weigh("渔船"))


def test_the_texts_about_a_passage_are_its_own_and_the_lay_wording(small: HybridRetriever) -> None:
    (hit,) = small.retrieve("许可证有效期", 1, TODAY).hits
    assert small.texts_about(hit.passage) == ("许可证有效期为五年。", "牌照能用几年", "牌照用五年")


@pytest.mark.parametrize(
    ("key", "day", "document"),
    [
        ("甲法#1", date(2020, 1, 1), OLDER),
        ("甲法#1", TODAY, NEWER),
        ("新法#1", TODAY, COMING),
    ],
)
def test_the_first_passage_of_a_key_on_a_day(
    small: HybridRetriever, key: str, day: date, document: Document
) -> None:
    passage = small.passage_of(key, day)
    assert passage is not None
    assert (passage.key, passage.document_id, passage.start) == (key, document.id, 0)


def test_which_titles_are_described_in_lay_words(small: HybridRetriever, tmp_path: Path) -> None:
    titles = ("甲法", "旧法", "船舶通知", "乙法")
    assert [small.has_lay_wording(title) for title in titles] == [True, False, False, False]
    added = retriever_of(tmp_path, [NEWER], WORDING, added="甲法")
    assert not added.has_lay_wording("甲法")
