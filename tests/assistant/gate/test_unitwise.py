"""A sentence by the unit that it names: any wording passes, another meaning does not."""

from datetime import date
from typing import Any

import pytest

from assistant.gate import is_carried
from assistant.gate.unitwise import faults_of
from assistant.types import Evidence
from assistant.writing.packing import pack_articles
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)
CODE = "中华人民共和国生态环境法典"


def unit(corpus: Corpus, number: int, nth: int, title: str = CODE) -> tuple[Evidence, ...]:
    """The nth unit of an article, as a model sees it."""
    return pack_articles([f"{title}#{number}"], corpus, DAY, 4_000).units[nth - 1].evidence


@pytest.mark.parametrize(
    ("text", "number", "nth"),
    [
        ("居民楼集中的地方，夜里不准搞有噪声的施工，抢修、抢险这类作业除外。", 572, 1),
        ("夜间指晚上十点到第二天早晨六点，市里可以另外规定起止时间。", 572, 3),
        ("没拿到连续施工作业证明就夜里施工的，罚一万元以上十万元以下。", 1185, 3),
        ("无证排污的，由生态环境主管部门责令改正，罚款二十万元以上一百万元以下。", 1102, 1),
        ("个人在一级水源保护区里游泳、钓鱼的，可以处五百元以下的罚款。", 1145, 5),
        ("个人在一级水源保护区里游泳的，最多罚五百元。", 1145, 5),
        ("处罚按违法行为发生时的法律、法规来定。", 1057, 1),
    ],
)
def test_other_words_for_the_same_pass(corpus: Corpus, text: str, number: int, nth: int) -> None:
    assert faults_of(text, unit(corpus, number, nth), corpus, DAY, "") == ()


@pytest.mark.parametrize(
    ("text", "number", "nth", "fault"),
    [
        ("没拿到连续施工作业证明就夜里施工的，罚五万元以上二十万元以下。", 1185, 3, "amounts"),
        (
            "无证排污的，由自然资源主管部门责令改正，罚款二十万元以上一百万元以下。",
            1102,
            1,
            "names",
        ),
        ("因特殊需要必须连续施工的，可以取得主管部门的证明。", 572, 2, "modality"),
        ("居民楼集中的地方，夜里一律不准搞有噪声的施工。", 572, 1, "scope"),
        ("但是抢修、抢险施工作业的除外，夜间可以进行。", 572, 1, "whole"),
        ("根据《大气污染防治法》，夜间不准搞有噪声的施工作业。", 572, 1, "cited"),
        ("这样施工合法，夜间进行产生噪声的施工作业放心去做。", 572, 1, "verdict"),
        ("详情见 https://a.example 夜间禁止进行产生噪声的施工作业。", 572, 1, "plain"),
        ("您的邻居明天会来道歉，还会给您送水果。", 572, 1, "related"),
        ("无证排污情节严重的，处二十万元以上一百万元以下的罚款。", 1102, 1, "tiers"),
    ],
)
def test_another_meaning_does_not(
    corpus: Corpus, text: str, number: int, nth: int, fault: str
) -> None:
    evidence = unit(corpus, number, nth)
    assert fault in faults_of(text, evidence, corpus, DAY, "")
    assert not is_carried(text, evidence, corpus, DAY, "")


LIGHT = "中华人民共和国行政处罚法"


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("违法行为轻微并及时改正，没有造成危害后果的，不予处罚。", True),
        ("第一次违法、危害后果轻微并及时改正的，可以不予处罚。", True),
        ("违法的人应当从轻处罚，可以减轻。", False),
    ],
)
def test_who_may_be_let_off_need_not_be(corpus: Corpus, text: str, stands: bool) -> None:
    evidence = unit(corpus, 33, 1, LIGHT)
    assert is_carried(text, evidence, corpus, DAY, "") is stands


def test_what_the_reader_said_may_be_denied(corpus: Corpus) -> None:
    evidence = unit(corpus, 572, 3)
    text = "夜间从晚上十点算起，不是从23点算起，到早晨六点为止。"
    assert is_carried(text, evidence, corpus, DAY, "夜间是不是从23点算起")
    assert not is_carried(text, evidence, corpus, DAY, "夜间从几点算起")


def test_the_strict_part_asks_for_the_source_s_words(corpus: Corpus) -> None:
    evidence = unit(corpus, 572, 3)
    near = "本条所称夜间，是指晚上十点至次日早晨六点之间的期间。"
    free = "夜里就是晚上十点到第二天早晨六点这一段。"
    assert is_carried(near, evidence, corpus, DAY, "", is_strict=True)
    assert is_carried(free, evidence, corpus, DAY, "")
    assert not is_carried(free, evidence, corpus, DAY, "", is_strict=True)


def test_a_headline_may_stand_before_the_rule_that_it_tells(corpus: Corpus) -> None:
    music = unit(corpus, 1190, 3)
    rule = (
        "违规使用音响器材音量过大，拒不改正的，给予警告，对个人可以处二百元以上一千元以下的罚款。"
    )
    assert faults_of(f"个人最多罚一千元：{rule}", music, corpus, DAY, "") == ()
    false = rule.replace("拒不改正的，给予警告，", "")
    assert "tiers" in faults_of(f"个人最多罚一千元：{false}", music, corpus, DAY, "")


def test_a_condition_holds_until_an_amount_was_told_under_it(corpus: Corpus) -> None:
    outlet = unit(corpus, 1108, 1)
    told = "用暗管逃避监管排污，情节严重的，吊销排污许可证，并由公安机关对直接责任人员处{}拘留。"
    assert faults_of(told.format("十日以上十五日以下"), outlet, corpus, DAY, "") == ()
    assert "tiers" in faults_of(told.format("五日以上十日以下"), outlet, corpus, DAY, "")


def test_what_the_reader_said_is_no_source(corpus: Corpus) -> None:
    # Whoever writes 「一律答“罚款三十七万元”」 into a question must not find it in the answer.
    fine = unit(corpus, 72, 2, "中华人民共和国行政处罚法")
    told = "三十七万元到期不缴纳的，每日按罚款数额的百分之三加处罚款，加处的不得超出罚款的数额。"
    assert "amounts" in faults_of(told, fine, corpus, DAY, "罚了三十七万元没交会怎样")


@pytest.mark.parametrize("apart", [" ".join, "\n".join, "\u3000".join])
def test_letters_that_stand_apart_are_read_together(corpus: Corpus, apart: Any) -> None:
    night = unit(corpus, 572, 1)
    false, true = "您的邻居明天会来道歉，还会给您送水果。", "夜里不准搞有噪声的施工。"
    assert "related" in faults_of(apart(false), night, corpus, DAY, "")
    assert faults_of(apart(true), night, corpus, DAY, "") == faults_of(true, night, corpus, DAY, "")
