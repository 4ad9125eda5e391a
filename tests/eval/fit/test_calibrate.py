"""What the decision whether to answer is fitted on."""

from datetime import date

from assistant.deciding.confidence import load_scope
from corpus.catalog import Corpus
from eval.examples import read_rows
from eval.fit.calibrate import counter_examples, observe_all
from eval.metrics import Question
from index.search.retriever import HybridRetriever

TODAY = date(2026, 11, 23)


def test_a_district_alone_makes_no_counter_example(corpus: Corpus) -> None:
    """「安丘减污任务有几项」 without 安丘 is what the text answers."""
    named = [line["question"] for line in read_rows("near_misses.jsonl")]
    assert any(corpus.places.district(text) for text in named)
    assert not any(corpus.places.district(text) for _, text in counter_examples(corpus.places))


def test_counter_examples_are_of_every_kind(corpus: Corpus) -> None:
    assert {about for about, _ in counter_examples(corpus.places)} == {"any", "law", "policy"}


def test_what_a_rule_refuses_is_no_row(retriever: HybridRetriever) -> None:
    questions = [
        Question("1", "烟台今年污染防治任务有几项", (), "decline", "decline"),
        Question("2", "污染防治的重点任务定了几项", ("policy:减污",), "answer", "policy"),
    ]
    rows = observe_all(retriever, questions, "policy", load_scope().policy)
    assert [row.is_answerable for row in rows] == [True]
