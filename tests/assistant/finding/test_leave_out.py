"""What can't be meant is left out: a statute of a region not named, a plan in other talk."""

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant.finding import leave_out
from assistant.pipeline import Assistant
from assistant.types import Query
from corpus.catalog import Corpus
from index.types import ScoredPassage

TODAY = date(2026, 11, 28)
YELLOW_RIVER = "中华人民共和国黄河保护法"


def hits(*scores: float) -> list[ScoredPassage]:
    return [ScoredPassage(cast(Any, SimpleNamespace(key=str(s))), s) for s in scores]


def left(*scores: float, out: float) -> list[float]:
    return [round(h.score, 6) for h in leave_out(hits(*scores), lambda h: h.score == out)]


def test_what_is_left_out_gives_its_chance_to_the_others():
    assert left(0.6, 0.3, 0.1, out=0.6) == [0.75, 0.25]
    assert left(0.6, 0.3, out=0.1) == [0.6, 0.3]


def test_what_is_named_keeps_its_place_and_nothing_may_be_left():
    assert left(2.0, 0.6, 0.2, out=0.6) == [2.0, 0.3]
    assert left(0.6, out=0.6) == []


@pytest.mark.parametrize(
    ("question", "is_cited"),
    [
        ("河道里盖了妨碍行洪的房子怎么处理", False),
        ("黄河河道里盖了妨碍行洪的房子怎么处理", True),
        ("黄河保护法对河道里盖房子怎么罚", True),
        ("在河边滩地上盖房挡住了洪水，谁来拆", False),
    ],
)
def test_a_statute_of_a_region_answers_who_names_it(
    assistant: Assistant, question: str, is_cited: bool
):
    answer = assistant.answer(Query(question, TODAY))
    assert answer.citations
    cited = {citation.title for citation in answer.citations}
    assert (YELLOW_RIVER in cited) is is_cited


def test_which_words_name_a_region(corpus: Corpus):
    assert corpus.is_elsewhere(YELLOW_RIVER, "村边的河")
    assert not corpus.is_elsewhere(YELLOW_RIVER, "黄河边的村子")
    assert not corpus.is_elsewhere("中华人民共和国水法", "村边的河")


@pytest.mark.parametrize(
    ("talk", "question"),
    [
        (("村里养猪的粪水流到塘里怎么办",), "死羊自己挖个坑埋了行不行"),
        (("我们公司进了碳市场名单",), "报告交晚了"),
        (("写材料核个事：督察是不是只有中央一级",), "整改方案里要写哪几样"),
    ],
)
def test_talk_of_the_law_is_not_answered_by_a_plan(
    assistant: Assistant, talk: tuple[str, ...], question: str
):
    answer = assistant.answer(Query(question, TODAY, history=talk))
    assert not any(citation.key.startswith("policy:") for citation in answer.citations)


def test_talk_of_a_plan_goes_on(assistant: Assistant):
    talk = ("潍坊市今年治污的重点任务有多少项",)
    answer = assistant.answer(Query("那扩绿呢", TODAY, history=talk))
    assert any(citation.key.startswith("policy:") for citation in answer.citations)
