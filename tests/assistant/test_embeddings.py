"""A question is embedded once, however often it is looked at."""

from collections import Counter
from datetime import date

import pytest

from assistant.pipeline import Assistant
from assistant.types import Query
from corpus.catalog import Corpus
from index.embedders import SentenceEmbedder
from index.opening import open_index
from index.search import HybridRetriever
from index.state import IndexFolder
from index.types import Vector

TODAY = date(2026, 11, 23)
TALK = (
    "没办排污许可证就排污，会怎么罚？",
    "那要是个人呢",
    "拒不改正呢",
    "工地夜里施工要什么手续？",
    "不办的话会怎样",
)
AT_MOST = 3


class Counting:
    """The embedder, with what it was asked to embed."""

    def __init__(self, embedder: SentenceEmbedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.seen: Counter[str] = Counter()

    def encode_passages(self, texts: list[str]) -> Vector:
        return self._embedder.encode_passages(texts)

    def encode_query(self, text: str) -> Vector:
        self.seen[text] += 1
        return self._embedder.encode_query(text)


@pytest.fixture
def counted(
    corpus: Corpus, retriever: HybridRetriever, embedder: SentenceEmbedder, settings: object
) -> tuple[Assistant, Counting]:
    counting = Counting(embedder)
    folder = IndexFolder(settings.data_dir / "index")  # type: ignore[attr-defined]
    opened = open_index(folder, corpus, counting)  # type: ignore[arg-type]
    return Assistant(lambda: opened), counting


@pytest.mark.parametrize(
    "question",
    [TALK[0], "潍坊降碳有什么安排", "法典第176条", "以后新法怎么罚", "红烧肉怎么炖才不腻"],
)
def test_a_question_is_embedded_once(counted: tuple[Assistant, Counting], question: str):
    assistant, counting = counted
    assistant.answer(Query(question, TODAY))
    assert counting.seen.total() == 1


def test_a_turn_takes_at_most_three(counted: tuple[Assistant, Counting]):
    assistant, counting = counted
    for number, question in enumerate(TALK):
        before = counting.seen.total()
        assistant.answer(Query(question, TODAY, history=TALK[:number]))
        assert counting.seen.total() - before <= AT_MOST, question
    assert set(counting.seen.values()) == {1}


def test_a_whole_talk_at_once_takes_three_a_turn(counted: tuple[Assistant, Counting]):
    assistant, counting = counted
    assistant.answer(Query(TALK[-1], TODAY, history=TALK[:-1]))
    assert counting.seen.total() <= AT_MOST * len(TALK)
    assert set(counting.seen.values()) == {1}


def test_what_is_shown_beside_an_answer_needs_no_search(counted: tuple[Assistant, Counting]):
    """The nearest passages of a refusal, and what to ask next."""
    from assistant.dialog import suggest

    assistant, counting = counted
    declined = assistant.answer(Query("红烧肉怎么炖才不腻", TODAY))
    answered = assistant.answer(Query("降碳方面有哪些工作安排？", TODAY))
    before = counting.seen.total()
    assert len(declined.nearest) == AT_MOST
    assert suggest(answered, assistant.corpus)
    assert counting.seen.total() == before
