"""What was added for a place stands before the national rule, where it says as much."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.finding.local import _special_first
from assistant.question import Understanding
from index.search import HybridRetriever
from index.types import ScoredPassage

ASKED = cast(Understanding, SimpleNamespace(search_text="夜里施工罚多少"))


def hits(*scores: tuple[str, float]) -> tuple[ScoredPassage, ...]:
    passages = [SimpleNamespace(title=title, key=f"{title}#1") for title, _ in scores]
    return tuple(
        ScoredPassage(cast(Any, passage), score)
        for passage, (_, score) in zip(passages, scores, strict=True)
    )


def order(found: tuple[ScoredPassage, ...], **likeness: float) -> list[tuple[str, float]]:
    reads = lambda _, passage: likeness[passage.title]  # noqa: E731
    retriever = SimpleNamespace(corpus=SimpleNamespace(added={"市条例", "省条例"}), likeness=reads)
    ordered = _special_first(found, cast(HybridRetriever, retriever), ASKED)
    return [(hit.passage.title, hit.score) for hit in ordered]


@pytest.mark.parametrize("own", [0.7, 0.6, 0.56])
def test_what_reads_as_well_comes_first_and_is_as_likely(own: float) -> None:
    found = hits(("法典", 0.7), ("水法", 0.15), ("市条例", 0.1), ("省条例", 0.05))
    ordered = order(found, 法典=0.6, 水法=0.6, 市条例=own, 省条例=0.9)
    assert ordered == [("市条例", 0.7), ("法典", 0.7), ("水法", 0.15), ("省条例", 0.05)]


def test_what_reads_worse_stays_where_it_is() -> None:
    found = hits(("法典", 0.7), ("市条例", 0.3))
    assert order(found, 法典=0.6, 市条例=0.5) == [("法典", 0.7), ("市条例", 0.3)]


def test_what_is_hardly_meant_stays_where_it_is() -> None:
    found = hits(("法典", 0.9), ("市条例", 0.01))
    assert order(found, 法典=0.6, 市条例=0.9) == [("法典", 0.9), ("市条例", 0.01)]


def test_among_bundled_texts_nothing_changes() -> None:
    found = hits(("法典", 0.9), ("水法", 0.1))
    assert order(found) == [("法典", 0.9), ("水法", 0.1)]
    assert order(()) == []
