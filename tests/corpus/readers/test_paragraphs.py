"""Paragraphs of a text without articles, and which lines are headings above them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.formats.blocks import Block
from corpus.readers.paragraphs import read_paragraphs


def found(*blocks: Block | str) -> list[tuple[tuple[str, ...], str]]:
    """Path and text of each paragraph."""
    whole = [Block(block) if isinstance(block, str) else block for block in blocks]
    return [(article.path, article.text) for article in read_paragraphs(whole, "某通知")]


def test_paragraphs_are_counted() -> None:
    articles = read_paragraphs([Block("甲。"), Block(" "), Block("乙 丙。")], "某通知")
    assert [(a.key, a.label, a.text) for a in articles] == [
        ("某通知@1", "第1段", "甲。"),
        ("某通知@2", "第2段", "乙丙。"),
    ]


def test_nothing_has_no_paragraphs() -> None:
    assert read_paragraphs([], "某通知") == ()


def test_the_title_is_left_out_at_the_top_only() -> None:
    assert found(Block("某通知", 1), "甲。") == [((), "甲。")]
    assert found("某通知", "甲。") == [((), "甲。")]
    assert found("甲。", "某通知") == [((), "甲。"), ((), "某通知")]


@pytest.mark.parametrize(
    "heading",
    [
        "第一编 总论",
        "第二章 目标",
        "第三部分 措施",
        "第十二节 保障",
        "一、总体要求",
        "十一、附注",
        "（一）目标",
        "(二)任务",
    ],
)
def test_a_numbered_line_is_a_heading(heading: str) -> None:
    assert found(heading, "甲。") == [((heading.replace("编 ", "编").replace(" ", ""),), "甲。")]


@pytest.mark.parametrize(
    "line",
    [
        "一、坚持方向。",
        "一、坚持方向；",
        "（一）下列事项：",
        "一、坚持方向。狠抓落实",
        "1. 甲事项",
        "第一条 甲",
        "一是甲",
        "一、" + "甲" * 39,
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    (first, second) = found(line, "甲。")
    assert first == ((), line.replace("条 ", "条").replace(". ", "."))
    assert second == ((), "甲。")


def test_headings_stand_below_each_other() -> None:
    assert found(
        "第一部分 甲", "一、乙", "（一）丙", "文一。", "（二）丁", "文二。", "二、戊", "文三。"
    ) == [
        (("第一部分甲", "一、乙", "（一）丙"), "文一。"),
        (("第一部分甲", "一、乙", "（二）丁"), "文二。"),
        (("第一部分甲", "二、戊"), "文三。"),
    ]


def test_headings_of_the_format_stand_above_numbered_ones() -> None:
    assert found(
        Block("甲", 2), "一、乙", "文一。", Block("丙", 3), "文二。", Block("丁", 2), "文三。"
    ) == [
        (("甲", "一、乙"), "文一。"),
        (("甲", "丙"), "文二。"),
        (("丁",), "文三。"),
    ]


def test_how_long_a_heading_may_be() -> None:
    marked, numbered = Block("甲" * 80, 2), "一、" + "乙" * 38
    assert found(marked, numbered, "丙。") == [((marked.text, numbered), "丙。")]


@pytest.mark.parametrize("text", ["这是一句话。", "第一项；", "甲" * 81])
def test_a_marked_sentence_is_no_heading(text: str) -> None:
    assert found(Block(text, 2), "甲。") == [((), text), ((), "甲。")]


def test_a_heading_with_nothing_below_is_a_paragraph() -> None:
    assert found("一、甲", "二、乙", "文。", "三、丙") == [
        ((), "一、甲"),
        (("二、乙",), "文。"),
        ((), "三、丙"),
    ]


def test_a_table_is_a_paragraph() -> None:
    assert found("一、甲", Block("（一）乙|1\n丙|2", is_table=True)) == [
        (("一、甲",), "（一）乙 | 1\n丙 | 2")
    ]


BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(["甲。", "乙", "一、丙", "（一）丁", "第一章戊", "第二部分己"]),
        st.integers(0, 3),
    )
)


@given(BLOCKS)
def test_no_text_is_lost(blocks: list[Block]) -> None:
    articles = read_paragraphs(blocks, "某通知")
    kept = {article.text for article in articles}.union(*(article.path for article in articles))
    assert kept == {block.text for block in blocks}


@given(BLOCKS)
def test_paragraphs_keep_their_order(blocks: list[Block]) -> None:
    articles = read_paragraphs(blocks, "某通知")
    order = iter(block.text for block in blocks)
    assert all(article.text in order for article in articles)
    assert [a.key for a in articles] == [f"某通知@{n}" for n in range(1, len(articles) + 1)]
