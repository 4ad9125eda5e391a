"""What Markdown marks up becomes headings, paragraphs and tables."""

import pytest

from corpus.readers.formats.markdown import read_markdown


def texts(source: str) -> list[str]:
    return [block.text for block in read_markdown(source.encode(), "a.md").blocks]


def levels(source: str) -> list[tuple[str, int]]:
    return [(block.text, block.level) for block in read_markdown(source.encode(), "a.md").blocks]


@pytest.mark.parametrize("level", range(1, 7))
def test_headings(level: int) -> None:
    assert levels(f"{'#' * level} 标题 #\n正文") == [("标题", level), ("正文", 0)]


def test_underlined_headings() -> None:
    assert levels("甲\n===\n\n乙\n---\n") == [("甲", 1), ("乙", 2)]


@pytest.mark.parametrize("source", ["#标题", "####### 标题", "\\# 标题", "    # 标题"])
def test_what_is_no_heading(source: str) -> None:
    (found,) = levels(source)
    assert found[1] == 0


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**甲**_乙_", "甲乙"),
        ("[甲](https://example.org)乙", "甲乙"),
        ("`甲`", "甲"),
        ("&lt;甲&gt;", "<甲>"),
        ("1\\. 甲", "1. 甲"),
        ("甲<b>乙</b>", "甲乙"),
        ("甲<!-- 注 -->乙", "甲乙"),
        ("> 甲", "甲"),
    ],
)
def test_markup_is_dropped_and_its_text_is_kept(source: str, text: str) -> None:
    assert texts(source) == [text]


@pytest.mark.parametrize("end", ["\n", "  \n", "\\\n", "<br>", "<br />\n", "\n\n", "\r\n", "\r"])
def test_short_lines_stay_lines(end: str) -> None:
    assert texts(f"甲{end}乙") == ["甲", "乙"]


@pytest.mark.parametrize(
    ("source", "items"),
    [
        ("1. 甲\n2. 乙", ["1. 甲", "2. 乙"]),
        ("3) 甲\n4) 乙", ["3) 甲", "4) 乙"]),
        ("- 甲\n- 乙", ["甲", "乙"]),
        ("* 甲\n  1. 乙\n* 丙", ["甲", "1. 乙", "丙"]),
        ("1. 甲\n\n   续\n2. 乙", ["1. 甲", "续", "2. 乙"]),
        ("（一）甲\n（二）乙", ["（一）甲", "（二）乙"]),
    ],
)
def test_lists_keep_their_numbers(source: str, items: list[str]) -> None:
    assert texts(source) == items


def test_a_table_is_one_block() -> None:
    source = "| 项目 | 值 |\n|---|---|\n| **甲** | 1<br>2 |\n| 乙 | |\n\n后文"
    table, after = read_markdown(source.encode(), "a.md").blocks
    assert table.is_table
    assert table.text == "项目 | 值\n甲 | 1 2\n乙"
    assert (after.text, after.is_table) == ("后文", False)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<!-- 注\n释 -->\n\n正文", ["正文"]),
        ("<div>甲<p>乙</p></div>\n\n丙", ["甲", "乙", "丙"]),
        ("```\n甲\n# 乙\n```", ["甲", "# 乙"]),
        ("    甲\n", ["甲"]),
        ("甲\n\n***\n\n乙", ["甲", "乙"]),
        ("---\ntitle: 无\n---\n正文", ["正文"]),
        ("", []),
    ],
)
def test_what_stands_between_paragraphs(source: str, found: list[str]) -> None:
    assert texts(source) == found


def test_a_paragraph_broken_at_a_margin_is_joined() -> None:
    sentence = "试验单位应当按照规定开展监测并保存原始记录，不得篡改或者伪造数据。"
    lines = [(sentence * 3)[i : i + 30] for i in range(0, 3 * len(sentence), 30)]
    assert texts("\n".join(lines)) == [sentence * 3]


def test_markdown_keeps_no_title_apart() -> None:
    assert read_markdown("# 标题".encode(), "a.md").title == ""
