"""What is asked alike whatever happened is told by its wording, and answered alike."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering import considering
from assistant.matters import Found, find_always
from assistant.pipeline import Assistant
from assistant.types import Outcome, Query
from index.search import HybridRetriever

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("这些损失能叫他们赔吗", "被污染了要求赔偿"),
        ("猪死了三头，这钱能叫他们赔不", "被污染了要求赔偿"),
        ("是不是要我拿证据证明是他们弄的", "污染案件谁来举证"),
        ("第一次犯，能不能不罚", "轻微首违能不能不罚"),
        ("罚多少钱", ""),
        ("归哪个部门管", ""),
        ("夜间施工证明要不要贴出来", ""),
        ("罚我们要有什么证据", ""),
        ("环境保护税能不能少交", ""),
        ("拆迁一平米补多少钱", ""),
        # A whole story is not one clause.
        ("我家的鱼死了能叫他们赔吗，" * 5, ""),
    ],
)
def test_what_is_always_asked_is_told_by_its_wording(
    retriever: HybridRetriever, clause: str, name: str
) -> None:
    found = find_always(clause, None, retriever)
    assert (found.matter.name if found else "") == name
    if found:
        number, chance = found.asks[0]
        assert found.matter.ask[number].always
        assert chance == found.chance


LETTERS = [
    (
        "楼下练歌房唱到后半夜，我去外面租了两个月的房，花了两千四。这个租房子的钱能不能叫他赔给我？"
        "归哪个部门管？",
        "中华人民共和国生态环境法典#1077",
    ),
    (
        "我们厂的危废台账漏记了两天，查出来当天就补上了。这种要罚多少？头一回能不能不罚？",
        "中华人民共和国生态环境法典#1056",
    ),
    (
        "上游洗砂把我家鱼塘弄得浑得不行，鱼死了一半。他说没证据。是不是非得我来证明是他弄的？能罚他吗？",
        "中华人民共和国生态环境法典#1080",
    ),
]


@pytest.mark.parametrize(("letter", "key"), LETTERS)
def test_in_a_letter_about_anything_it_is_answered(
    assistant: Assistant, letter: str, key: str
) -> None:
    answer = assistant.answer(Query(letter, DAY))
    assert key in {citation.key for citation in answer.citations}


def test_a_matter_that_only_may_be_told_of_does_not_answer_it(assistant: Assistant) -> None:
    letter = (
        "河上游的砂厂放泥水，我八亩藕全烂了，他说没证据不认。他们放泥水违法吗？是不是要我证明？"
        "赔的话走什么路？"
    )
    answer = assistant.answer(Query(letter, DAY))
    assert "油烟" not in answer.text
    assert "中华人民共和国生态环境法典#1077" in {citation.key for citation in answer.citations}


@pytest.mark.parametrize(
    ("chance", "named"), [(0.8, "野猪野兽毁庄稼伤人"), (0.5, "被污染了要求赔偿")]
)
def test_an_ask_about_the_same_of_the_matter_that_surely_is_told_of_goes_before(
    retriever: HybridRetriever, chance: float, named: str
) -> None:
    clause = "这些损失能叫人赔吗"
    matter = next(m for m in retriever.corpus.matters if m.name == "野猪野兽毁庄稼伤人")
    # 野猪能不能打死 is likelier than 野兽伤人谁赔, but nothing about who pays.
    found = find_always(clause, Found(matter, chance, ((2, 0.5), (0, 0.4))), retriever)
    assert found is not None
    assert found.matter.name == named
    if found.matter == matter:
        assert [number for number, _ in found.asks] == [0, 2]


def test_what_is_about_something_else_altogether_is_still_declined(assistant: Assistant) -> None:
    answer = assistant.answer(
        Query("网上买的手机是翻新的，用两天就坏。能叫卖家三倍赔吗？找谁投诉？", DAY)
    )
    assert answer.outcome is Outcome.DECLINED


def test_what_the_bureau_wrote_goes_before(
    assistant: Assistant, retriever: HybridRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = replace(retriever.corpus.matters[0], is_own=True)
    monkeypatch.setattr(considering, "match", lambda *_: Found(own, 1.0, ((0, 1.0),)))
    drafted = assistant.prepare(Query(LETTERS[1][0], DAY)).drafted
    assert {part.matter for part in drafted.parts} == {own.id}
