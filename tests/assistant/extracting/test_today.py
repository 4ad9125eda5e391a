"""Of a repealed article that was divided up no successor speaks for the others."""

from datetime import date

import pytest

from assistant.pipeline import Assistant
from assistant.types import Query

DAY = date(2026, 11, 30)


def keys_of(assistant: Assistant, text: str) -> tuple[str, list[str]]:
    answer = assistant.answer(Query(text, DAY))
    keys = [citation.key.rpartition("#")[2] for citation in answer.citations]
    return answer.text, keys


@pytest.mark.parametrize(
    ("named", "numbers"),
    [
        ("大气污染防治法第九十九条现在是什么", ("1102", "1103", "1107", "1108")),
        ("水污染防治法第二十一条现在怎么规定", ("174", "176", "179", "181")),
    ],
)
def test_where_nothing_tells_which_is_meant_all_are_named(
    assistant: Assistant, named: str, numbers: tuple[str, ...]
) -> None:
    text, keys = keys_of(assistant, named)
    assert set(numbers) <= set(keys)
    assert "同一事项现在分别由" in text


@pytest.mark.parametrize(
    ("named", "number"),
    [
        ("大气污染防治法第九十九条第二项", "第一千一百零七条"),
        ("大气污染防治法第九十九条第三项", "第一千一百零八条"),
    ],
)
def test_the_part_that_is_named_tells_which(assistant: Assistant, named: str, number: str) -> None:
    text, _ = keys_of(assistant, named)
    meant, _, others = text.partition("其他情形现在由")
    assert f"同一事项现在由《生态环境法典》{number}规定" in meant
    assert others


def test_where_one_article_took_its_place_it_is_quoted(assistant: Assistant) -> None:
    text, _ = keys_of(assistant, "噪声污染防治法第七十七条现在是什么")
    assert "同一事项现在由《生态环境法典》第一千一百八十五条规定：「" in text
    assert "其他情形" not in text
