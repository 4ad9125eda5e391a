from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from ui_steps import run_async

from assistant.pipeline import Assistant
from assistant.types import Answer, Audience, Outcome, Query
from assistant.ui.article.sources import find_source
from assistant.ui.chat.desk import Asked, Desk, Reply, read_day
from corpus.catalog import Corpus
from corpus.errors import IndexBrokenError, OptionError
from tests.support import options_for

DAY = "2026-11-23"


def failing(error: Exception) -> Any:
    def stream(_: Query) -> Iterator[Answer]:
        raise error
        yield

    return SimpleNamespace(stream=stream)


def ask(assistant: Any, question: str, day: str = DAY) -> list[Reply]:
    async def run() -> list[Reply]:
        desk = Desk(assistant, options_for(Corpus([])))
        asked = Asked(question, Audience.PUBLIC, day)
        return [reply async for reply in desk.reply(asked, "here")]

    found: list[Reply] = run_async(run())
    return found


def test_the_answer_comes_after_a_sign_that_it_is_being_made(assistant: Assistant):
    replies = ask(assistant, "环境保护法第六十条现在还有效吗？")
    assert "pending" in replies[0].html
    assert all(reply.is_taken for reply in replies)
    assert "data-exchange" in replies[-1].html
    assert replies[-1].html.count('class="mark"') >= 2


@pytest.mark.parametrize("audience", list(Audience))
def test_the_first_questions_are_answered(assistant: Assistant, audience: Audience):
    for question in options_for(assistant.corpus).examples[audience]:
        reply = assistant.answer(Query(question, date.fromisoformat(DAY), audience))
        assert reply.outcome is Outcome.ANSWERED, question


def test_every_citation_leads_to_its_article(assistant: Assistant):
    day = date(2026, 8, 1)
    for answer in assistant.stream(Query("生态环境法典第一百七十六条", day)):
        for citation in answer.citations:
            source = find_source(assistant.corpus, citation.key, day, citation.quote)
            assert source is not None
            assert source.quote == citation.quote
            assert source.locator == citation.locator


@pytest.mark.parametrize(
    ("context", "history", "number"),
    [
        ('{"history": ["甲", "乙"], "number": 3}', ("甲", "乙"), 3),
        ("", (), 1),
        ("[]", (), 1),
        ('{"history": 5}', (), 1),
        ("<script>", (), 1),
    ],
)
def test_what_the_page_sends_is_read_with_care(context: str, history: tuple[str, ...], number: int):
    asked = Asked.read("丙", "nobody", DAY, context)
    assert asked == Asked("丙", Audience.PUBLIC, DAY, history, number)


@pytest.mark.parametrize("question", ["", "？？？", "长" * 2001, "坏\x00字"])
def test_a_question_that_cannot_be_taken_gets_a_polite_reply(assistant: Assistant, question: str):
    last = ask(assistant, question)[-1]
    assert "请改一下再问" in last.html
    assert not last.is_taken


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
    assert not last.is_taken


def test_a_day_that_is_none_is_told(assistant: Assistant):
    assert "日期“昨天”不对" in ask(assistant, "污染防治重点任务有多少项？", day="昨天")[-1].html
    with pytest.raises(OptionError):
        read_day("")
