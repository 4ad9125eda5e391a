"""Kind words, and the number to call before anything else."""

import pytest

from assistant.deciding import come_first, reply


@pytest.mark.parametrize(
    "text", ["谢谢", "好的，多谢您", "您好", "在吗？", "你是谁", "你能做什么呀"]
)
def test_a_kind_word_is_answered_with_one(text: str):
    said = reply(text)
    assert said is not None
    assert len(said.sentences) == 1
    assert said.sentences[0].evidence == ()


@pytest.mark.parametrize(
    "text",
    [
        "您好，请问夜间施工怎么罚",
        "谢谢，那危废能放多久",
        "你是谁管的？噪声归谁管",
        "清楚排污口在哪",
    ],
)
def test_a_question_behind_a_kind_word_is_a_question(text: str):
    assert reply(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("隔壁厂氨气正在泄漏怎么办", "119"),
        ("工友下井晕倒了", "120"),
        ("天天被熏，真不想活了", "12356"),
    ],
)
def test_whom_to_call_comes_first(text: str, number: str):
    (first,) = come_first(text)
    assert number in first.text


def test_a_question_about_the_law_of_accidents_is_no_emergency():
    assert come_first("泄漏事故瞒报怎么处罚") == ()
