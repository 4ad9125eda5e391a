"""What is so just now and just here is told by no text: who asks is told whom to ask, once."""

import pytest

from assistant.deciding import refuse_what_no_text_tells
from assistant.gate import ground
from assistant.pipeline import Assistant
from assistant.types import NOT_COVERED, Outcome, Query
from corpus.catalog import Corpus
from tests.records import DAY

#: Written by looking at no row.
ASKED = {
    "明天我住的那条街停水吗": "公告",
    "今晚八点以后还停不停电了": "公告",
    "昨天济南空气质量怎么样": "实时发布",
    "我前天举报的那个烧烤摊处理到什么程度了": "受理编号",
    "油烟机净化器 清洗一次多少钱": "询价",
}
NOT_ASKED = (
    "停水两天了没人通知，可以投诉吗",
    "今天工地半夜还在打桩，谁管",
    "重污染天气预警由谁发布",
    "我的举报多久必须答复",
    "环评批了以后多久要开工",
    "厂里停电导致废水溢出要报告吗",
    "没做监测要罚多少钱",
)


@pytest.mark.parametrize(("text", "told"), ASKED.items())
def test_it_says_who_knows(text: str, told: str, corpus: Corpus):
    draft = refuse_what_no_text_tells(text)
    assert draft
    answer = ground(draft, Query(text, DAY), corpus, "extractive")
    assert answer.outcome is Outcome.DECLINED
    assert answer.text.startswith(NOT_COVERED)
    assert told in answer.text


@pytest.mark.parametrize("text", NOT_ASKED)
def test_the_law_on_such_things_is_asked_for_all_the_same(text: str):
    assert refuse_what_no_text_tells(text) is None


def test_nothing_goes_on_with_it(assistant: Assistant):
    history = ("明天我住的那条街停水吗",)
    answer = assistant.answer(Query("我家附近有没有充电桩", DAY, history=history))
    assert not answer.leans


def test_of_a_letter_the_rest_is_answered(assistant: Assistant):
    letter = (
        "楼下烧烤摊天天半夜冒油烟，我上个月举报过，编号也有。"
        "我的举报处理到哪一步了？举报之后他们要不要给我保密？"
    )
    answer = assistant.answer(Query(letter, DAY))
    assert "办理进度" in answer.text
    assert "中华人民共和国生态环境法典#146" in {c.key for c in answer.citations}
