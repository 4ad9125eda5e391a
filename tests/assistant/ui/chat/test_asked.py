"""What the page sends, read; anybody can send anything."""

from datetime import date

import pytest

from assistant.types import Audience
from assistant.ui.chat.desk import Asked, read_day
from corpus.errors import OptionError


def read(audience: str = "public", context: str = "") -> Asked:
    return Asked.read("怎么罚？", audience, "2026-11-23", context)


def test_everything_that_is_sent_is_read() -> None:
    asked = Asked.read("怎么罚？", "staff", "2026-11-23", '{"history": ["甲", "乙"], "number": 3}')
    assert asked == Asked("怎么罚？", Audience.STAFF, "2026-11-23", ("甲", "乙"), 3)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_audience_is_known_by_its_value(audience: Audience) -> None:
    assert read(audience.value).audience is audience


@pytest.mark.parametrize("audience", ["", "king", "PUBLIC", "公众", " staff"])
def test_an_unknown_audience_is_the_public(audience: str) -> None:
    assert read(audience).audience is Audience.PUBLIC


@pytest.mark.parametrize(
    "context",
    ["", "{}", "{", "null", "[]", "3", '"甲"', '{"history": 5}', '{"number": "x"}', "\x00", "甲"],
)
def test_a_context_that_cannot_be_read_is_the_first_question(context: str) -> None:
    asked = read(context=context)
    assert (asked.history, asked.number) == ((), 1)


@pytest.mark.parametrize(
    ("context", "history", "number"),
    [
        ('{"history": ["甲"]}', ("甲",), 1),
        ('{"number": 4}', (), 4),
        ('{"number": "4"}', (), 4),
        ('{"history": [1, "丙"]}', ("1", "丙"), 1),
        ('{"more": true, "number": 2}', (), 2),
    ],
)
def test_what_is_left_out_has_its_default(
    context: str, history: tuple[str, ...], number: int
) -> None:
    asked = read(context=context)
    assert (asked.history, asked.number) == (history, number)


def test_of_a_long_conversation_the_newest_questions_are_taken_along() -> None:
    questions = ", ".join(f'"第{i}问"' for i in range(1, 26))
    asked = read(context=f'{{"history": [{questions}]}}')
    assert asked.history == tuple(f"第{i}问" for i in range(6, 26))


def test_the_question_and_the_day_stay_as_they_were_typed() -> None:
    asked = Asked.read("  <b>怎么\n罚？ ", "public", "昨天", "")
    assert (asked.question, asked.day) == ("  <b>怎么\n罚？ ", "昨天")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-08-15", date(2026, 8, 15)),
        (" 2026-08-15\n", date(2026, 8, 15)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1949-01-01", date(1949, 1, 1)),
        ("2099-12-31", date(2099, 12, 31)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2026-13-01",
        "2026-02-29",
        "2026-8-15",
        "15.8.2026",
        "2026年8月15日",
        "0026-11-30",
    ],
)
def test_what_is_no_day_is_refused_with_its_words(text: str) -> None:
    with pytest.raises(OptionError, match=f"日期“{text}”不对"):
        read_day(text)


def test_of_a_long_day_only_the_beginning_is_repeated() -> None:
    with pytest.raises(OptionError) as error:
        read_day("长" * 10_000)
    assert len(str(error.value)) < 100
