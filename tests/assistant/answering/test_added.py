"""Whether a text without lay wording answers: told by how it reads and by the wording."""

from dataclasses import replace
from datetime import date

from assistant.answering import ADDED, is_unprepared, observe_added
from assistant.answering.added import is_unanswered
from assistant.dialog import Resolved, resolve
from assistant.matters import Told
from assistant.types import Query
from index.search import HybridRetriever

DAY = date(2026, 11, 28)
#: Before the code came, this was asked of a law that has no lay wording.
EARLIER = date(2026, 1, 1)
ASKED = "大气污染防治法里加油站没装油气回收怎么罚"


def resolved(text: str, retriever: HybridRetriever, day: date) -> Resolved:
    return resolve(Query(text, day), retriever, 10)


def told(text: str, own: Resolved) -> Told:
    return Told(text, text, own.found)


def test_what_has_lay_wording_is_judged_elsewhere(retriever: HybridRetriever) -> None:
    own = resolved("夜间施工罚多少", retriever, DAY)
    assert not is_unprepared(own, retriever)
    assert not is_unanswered(told("夜间施工罚多少", own), own, retriever)


def test_what_is_read_of_a_text_without_lay_wording(retriever: HybridRetriever) -> None:
    own = resolved(ASKED, retriever, EARLIER)
    assert is_unprepared(own, retriever)
    seen = dict(zip(ADDED, observe_added(told(ASKED, own), own, retriever).tolist(), strict=True))
    assert seen["always"] == 1.0
    assert 0 < seen["reading"] <= 1


def test_what_is_surely_found_answers_and_what_is_far_does_not(retriever: HybridRetriever) -> None:
    own = resolved(ASKED, retriever, EARLIER)
    first = own.found.hits[0].passage

    def at(text: str) -> bool:
        changed = replace(own, understanding=replace(own.understanding, search_text=text))
        return is_unanswered(told(text, changed), changed, retriever)

    assert not at(first.text)
    assert at("孩子的户口能不能跟着外婆迁到省城")
