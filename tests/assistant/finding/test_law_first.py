"""An added document that is no rule never goes before the law on what is allowed."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.finding.local import _law_first
from assistant.question import Aspect, Understanding
from corpus.collection import Kind
from index.search import HybridRetriever
from index.types import ScoredPassage

ADDED = {"权威问答大全": Kind.DOCUMENT, "口径手册": Kind.STATUTE, "丁市条例": Kind.STATUTE}


def hit(title: str, score: float) -> ScoredPassage:
    kind = ADDED.get(title, Kind.STATUTE)
    return ScoredPassage(cast(Any, SimpleNamespace(title=title, kind=kind)), score)


def order(*titles: str, law: float = 0.65, aspect: Aspect = Aspect.PERMISSION) -> list[str]:
    retriever = SimpleNamespace(
        corpus=SimpleNamespace(added=set(ADDED)),
        likeness=lambda _, passage: law if passage.title not in ADDED else 0.95,
    )
    asked = SimpleNamespace(search_text="能不能", aspects=frozenset({aspect}))
    found = tuple(hit(title, 0.9 / n**3) for n, title in enumerate(titles, 1))
    ordered = _law_first(found, cast(HybridRetriever, retriever), cast(Understanding, asked))
    assert [h.score for h in ordered] == sorted((h.score for h in ordered), reverse=True)
    return [h.passage.title for h in ordered]


@pytest.mark.parametrize("document", ["权威问答大全", "口径手册"])
@pytest.mark.parametrize("aspect", [Aspect.PERMISSION, Aspect.PENALTY])
def test_the_law_leads(document: str, aspect: Aspect) -> None:
    assert order(document, "某法", aspect=aspect) == ["某法", document]
    assert order(document, "权威问答大全", "某法", aspect=aspect)[0] == "某法"


def test_other_asks_and_what_no_law_speaks_of_stay() -> None:
    assert order("权威问答大全", "某法", aspect=Aspect.WHO) == ["权威问答大全", "某法"]
    assert order("权威问答大全", "某法", law=0.5) == ["权威问答大全", "某法"]
    assert order("权威问答大全") == ["权威问答大全"]
    assert order() == []


def test_a_rule_of_the_place_stays_before_the_law() -> None:
    assert order("丁市条例", "某法") == ["丁市条例", "某法"]
