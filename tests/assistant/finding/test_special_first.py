"""What was added for a place stands before the national rule, where it says as much."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.finding.local import _special_first
from assistant.question import Aspect, Understanding
from index.search import HybridRetriever
from index.types import ScoredPassage

ASKED = cast(
    Understanding,
    SimpleNamespace(search_text="夜里施工罚多少", aspects=frozenset({Aspect.PENALTY})),
)
FINES, FORBIDS = "处三千元以下罚款。", "夜里不得施工。"


def hits(*scores: tuple[str, float]) -> tuple[ScoredPassage, ...]:
    passages = [
        SimpleNamespace(title=title, document_id=title, key=f"{title}#1") for title, _ in scores
    ]
    return tuple(
        ScoredPassage(cast(Any, passage), score)
        for passage, (_, score) in zip(passages, scores, strict=True)
    )


def order(
    found: tuple[ScoredPassage, ...], texts: Mapping[str, str] | None = None, **likeness: float
) -> list[tuple[str, float]]:
    def find(title: str, _: str) -> tuple[None, SimpleNamespace]:
        return None, SimpleNamespace(text=(texts or {}).get(title, FINES))

    reads = lambda _, passage: likeness[passage.title]  # noqa: E731
    corpus = SimpleNamespace(added={"市条例", "省条例"}, find=find)
    retriever = SimpleNamespace(corpus=corpus, likeness=reads)
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


def test_what_lacks_the_penalty_that_is_asked_for_gives_way_to_what_has_it() -> None:
    found = hits(("法典", 0.5), ("市条例", 0.3), ("省条例", 0.2))
    ordered = order(found, {"市条例": FORBIDS}, 法典=0.6, 市条例=0.7, 省条例=0.6)
    assert [title for title, _ in ordered] == ["省条例", "法典", "市条例"]


def test_what_lacks_it_as_the_rule_does_still_comes_first() -> None:
    found = hits(("法典", 0.5), ("市条例", 0.3))
    ordered = order(found, {"法典": FORBIDS, "市条例": FORBIDS}, 法典=0.6, 市条例=0.6)
    assert [title for title, _ in ordered] == ["市条例", "法典"]


def test_among_bundled_texts_nothing_changes() -> None:
    found = hits(("法典", 0.9), ("水法", 0.1))
    assert order(found) == [("法典", 0.9), ("水法", 0.1)]
    assert order(()) == []
