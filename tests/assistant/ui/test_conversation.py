from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.pipeline import Assistant
from assistant.types import Answer, Audience, Query
from assistant.ui.conversation import Turn, converse, read_day
from assistant.ui.sources import article_of
from corpus.errors import IndexBrokenError, OptionError

DAY = "2026-11-23"


def failing(error: Exception) -> Any:
    def stream(_: Query) -> Iterator[Answer]:
        raise error
        yield

    return SimpleNamespace(stream=stream)


def ask(assistant: Any, question: str, turns: tuple[Turn, ...] = (), day: str = DAY) -> list[Turn]:
    return [grown[-1] for grown in converse(assistant, turns, question, Audience.PUBLIC, day)]


def test_the_answer_grows_and_its_quotes_are_found(assistant: Assistant):
    states = ask(assistant, "环境保护法第六十条现在还有效吗？")
    assert "pending" in states[0].html
    assert len(states) >= 3
    assert states[-1].is_remembered
    assert states[-1].html.count("<mark>") >= 2


def test_every_citation_leads_to_its_article(assistant: Assistant):
    day = date(2026, 8, 1)
    for answer in assistant.stream(Query("生态环境法典第一百七十六条", day)):
        for citation in answer.citations:
            article = article_of(citation, assistant.corpus, day)
            assert article is not None
            assert citation.quote in article.text


def test_a_follow_up_is_asked_with_the_questions_before_it():
    seen = []

    def stream(query: Query) -> Iterator[Answer]:
        seen.append(query)
        yield from ()

    turns = (Turn("甲", "", True), Turn("错", "", False), Turn("乙", "", True))
    ask(SimpleNamespace(stream=stream), "丙", turns)
    assert seen == [Query("丙", date(2026, 11, 23), Audience.PUBLIC, ("甲", "乙"))]


@pytest.mark.parametrize("question", ["", "？？？", "长" * 501, "坏\x00字"])
def test_a_question_that_cannot_be_taken_gets_a_polite_reply(assistant: Assistant, question: str):
    last = ask(assistant, question)[-1]
    assert "请改一下再问" in last.html
    assert not last.is_remembered


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (IndexBrokenError("索引读不了，请重建。"), "索引读不了，请重建。"),
        (RuntimeError("secret path /x"), "程序出了意外"),
    ],
)
def test_no_traceback_reaches_the_page(error: Exception, told: str):
    last = ask(failing(error), "问题")[-1]
    assert told in last.html
    assert "secret" not in last.html
    assert not last.is_remembered


def test_a_day_that_is_none_is_told(assistant: Assistant):
    assert "日期“昨天”不对" in ask(assistant, "污染防治重点任务有多少项？", day="昨天")[-1].html
    with pytest.raises(OptionError):
        read_day("")
