"""An answer carries the names of the texts that decide it, and the matter that it is about."""

from datetime import date

import pytest

from assistant.pipeline import Assistant
from assistant.types import HEDGE, Outcome, Query

TODAY = date(2026, 11, 28)


def test_what_a_refusal_names_it_carries(assistant: Assistant):
    answer = assistant.answer(Query("废乳化液在危废名录里是哪个代码", TODAY))
    assert answer.outcome is Outcome.DECLINED
    assert "国家危险废物名录" in answer.needs
    assert "国家危险废物名录" in answer.text


def test_a_text_that_is_named_and_not_held_is_carried(assistant: Assistant):
    answer = assistant.answer(Query("《排污许可管理条例》第十九条怎么规定的", TODAY))
    assert answer.needs == ("排污许可管理条例",)


def test_the_matter_that_surely_is_meant_is_carried(assistant: Assistant):
    answer = assistant.answer(Query("环评没批就开工建厂房了，会怎么罚", TODAY))
    assert answer.matter in assistant.corpus.matters_by_id


@pytest.mark.parametrize("text", ["你好", "生态环境法典第一条"])
def test_what_needs_no_other_text_carries_none(assistant: Assistant, text: str):
    answer = assistant.answer(Query(text, TODAY))
    assert (answer.needs, answer.matter) == ((), "")
    assert HEDGE not in answer.text
