"""A turn that sets right what was understood: what it rejects goes, what it means stays."""

from datetime import date

import pytest

from assistant.dialog import meant, set_right
from assistant.pipeline import Assistant
from assistant.types import Query

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("turn", "meant"),
    [
        ("不是工地，是楼上邻居装修", "楼上邻居装修"),
        ("我说的是个人，不是公司", "个人"),
        ("说错了，是柴油叉车，不是汽车", "柴油叉车"),
        ("排污口的事先放一放，我是问取水证怎么办", "取水证怎么办"),
        ("我没养猪，我问的是隔壁那家养鸭的", "隔壁那家养鸭的"),
        ("我说的不是罚款，是能不能分期交", "能不能分期交"),
    ],
)
def test_what_is_rejected_goes(turn: str, meant: str):
    assert set_right(turn) == meant


@pytest.mark.parametrize(
    "turn",
    [
        "没有人管的垃圾堆找谁",
        "不是说要公示吗，是不是骗人的",
        "没办证就开工，罚多少",
        "是不是所有单位都要办",
        "不改的话，一天罚多少",
        "不是",
    ],
)
def test_what_sets_nothing_right_stays(turn: str):
    assert set_right(turn) == turn


def test_a_first_question_is_taken_as_it_stands():
    """Without anything said before there is nothing to set right."""
    first = Query("不是工地，是楼上邻居装修，谁管", TODAY)
    assert meant(first) == first
    later = Query(first.question, TODAY, history=("工地半夜施工罚多少",))
    assert meant(later).question == "楼上邻居装修,谁管"


def test_what_is_meant_is_answered_first(assistant: Assistant):
    answer = assistant.answer(
        Query("不是工地，是楼上邻居装修", TODAY, history=("工地半夜施工罚多少",))
    )
    assert answer.citations[0].key == "中华人民共和国生态环境法典#1190"
