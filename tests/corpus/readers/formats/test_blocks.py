"""One line of a file made tidy, and the rows of its tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.formats.blocks import Block, row, tidy


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  甲乙  ", "甲乙"),
        ("总　　则", "总则"),
        ("第一章 总 则", "第一章总则"),
        ("GB  3095", "GB 3095"),
        ("GB\t3095", "GB 3095"),
        ("a \u00a0 b", "a b"),
        ("a b", "a b"),
        ("\ufeff第\u200b三条\x07", "第三条"),
        ("\u3000\u3000", ""),
        ("“引”(x)，ABC。", "“引”(x)，ABC。"),
    ],
)
def test_tidy(written: str, clean: str) -> None:
    assert tidy(written) == clean


@given(st.text(st.sampled_from("第三条甲。a1 \t\u3000\u00a0\u200b\x00")))
def test_tidying_takes_nothing_that_is_seen(text: str) -> None:
    clean = tidy(text)
    seen = [c for c in text if not c.isspace() and c not in "\u200b\x00"]
    assert [c for c in clean if not c.isspace()] == seen
    assert tidy(clean) == clean


@pytest.mark.parametrize(
    ("block", "clean"),
    [
        (Block("第三条 甲"), "第三条甲"),
        (Block(" 甲 \n\n \n乙 "), "甲\n乙"),
        (Block("标 题", 1), "标题"),
        (Block("甲|乙"), "甲|乙"),
        (Block("项目|值\n甲 |1", is_table=True), "项目 | 值\n甲 | 1"),
        (Block("项目 | 值\n\n甲 | 1", is_table=True), "项目 | 值\n甲 | 1"),
        (Block(" \u200b"), ""),
    ],
)
def test_clean_text_of_a_block(block: Block, clean: str) -> None:
    assert block.clean == clean


def test_the_text_itself_keeps_its_spaces() -> None:
    assert Block("第三条 甲").text == "第三条 甲"


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["甲", "1"], "甲 | 1"),
        ([" 甲\n乙 ", "1\t2"], "甲 乙 | 1 2"),
        (["甲", "", ""], "甲"),
        (["甲", "", "1"], "甲 |  | 1"),
        (["", "1"], " | 1"),
        (["", ""], ""),
        ([], ""),
    ],
)
def test_rows(cells: list[str], line: str) -> None:
    assert row(cells) == line
