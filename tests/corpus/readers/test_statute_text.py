"""Blocks of a statute become its articles, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.language import to_chinese
from corpus.readers.formats.blocks import Block
from corpus.readers.statute_text import head, is_statute, read_articles
from corpus.types import Article


def blocks(text: str) -> list[Block]:
    return [Block(line) for line in text.split("\n")]


def read(text: str) -> tuple[Article, ...]:
    return read_articles(blocks(text), "试验法")


def texts(text: str) -> list[tuple[str, str]]:
    return [(article.label, article.text) for article in read(text)]


# --- Where an article begins ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [
        "第十二条 甲。",
        "第12条 甲。",
        "第１２条　甲。",
        "第 十二 条 甲。",
        "第十二條 甲。",
        "第十二条甲。",
        " 第一二条 甲。",
    ],
)
def test_every_way_to_number_an_article(start: str) -> None:
    (article,) = read(start)
    assert (article.key, article.label, article.text) == ("试验法#12", "第十二条", "甲。")


@pytest.mark.parametrize(
    ("start", "key", "label"),
    [
        ("第三条之一 甲。", "试验法#3之一", "第三条之一"),
        ("第三条 之二　甲。", "试验法#3之二", "第三条之二"),
        ("第一百零二条之十 甲。", "试验法#102之十", "第一百零二条之十"),
    ],
)
def test_inserted_articles(start: str, key: str, label: str) -> None:
    (article,) = read(start)
    assert (article.key, article.label, article.text) == (key, label, "甲。")


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的情形除外。",
        "第三条第一款所称单位，包括个人。",
        "第三条、第四条不适用。",
        "第三条和第四条不适用。",
        "第三条至第五条不适用。",
        "第三条的规定不适用。",
        "第三条所列情形除外。",
        "第三条以及第四条不适用。",
        "第三条中的单位，包括个人。",
        "第一项情形除外。",
        "依照第三条处罚。",
    ],
)
def test_a_line_that_begins_with_a_reference_goes_on(line: str) -> None:
    assert texts(f"第一条 甲。\n{line}") == [("第一条", f"甲。\n{line}")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一条 甲\n第二条 乙\n第三条 丙", True),
        ("前言\n第一条 甲\n续\n第五条 乙\n第九条 丙", True),
        ("第一条 甲\n第一条之一 乙\n第二条 丙", True),
        ("第一条 甲\n第二条 乙\n第二条 丙", True),
        ("第一条 甲\n第二条 乙", False),
        ("第三条 甲\n第二条 乙\n第一条 丙", False),
        ("第一条 甲\n第二条 乙\n第三条规定的情形", False),
        ("第一条 甲\n第二条 乙\n附件\n第三条 丙", False),
        ("", False),
    ],
)
def test_three_articles_in_rising_order_are_a_statute(text: str, expected: bool) -> None:
    assert is_statute(blocks(text)) is expected


def test_articles_in_a_table_are_none() -> None:
    table = [Block(f"第{n}条 甲", is_table=True) for n in "一二三"]
    assert not is_statute(table)
    assert read_articles(table, "试验法") == ()


# --- 款, 项 and 目 --------------------------------------------------------------------------------


def test_one_paragraph_or_item_a_line() -> None:
    text = "第一条 有下列情形的：\n(一)甲；\n（ 二 ）乙。\n前款所称甲，另行规定。"
    assert texts(text) == [
        ("第一条", "有下列情形的：\n（一）甲；\n（二）乙。\n前款所称甲，另行规定。")
    ]


@pytest.mark.parametrize("mark", ["1.", "1．", "12、", "（1）", "(1)", "①"])
def test_what_is_below_an_item_stays_on_its_line(mark: str) -> None:
    (article,) = read(f"第一条 甲：\n（一）乙：\n{mark}丙。\n（二）丁。")
    assert article.text == f"甲：\n（一）乙：{mark}丙。\n（二）丁。"


def test_a_decimal_number_begins_no_subitem() -> None:
    (article,) = read("第一条 甲。\n1.5倍的罚款。")
    assert article.text == "甲。\n1.5倍的罚款。"


def test_the_label_may_stand_on_a_line_of_its_own() -> None:
    assert texts("第一条\n甲。\n第二条\n乙。") == [("第一条", "甲。"), ("第二条", "乙。")]


def test_a_table_in_an_article() -> None:
    table = Block("1.乙|2\n丙|3", is_table=True)
    given_blocks = [Block("第一条 甲："), table, Block("丁。"), Block("第二条 戊。")]
    article = read_articles(given_blocks, "试验法")[0]
    assert article.text == "甲：\n1.乙 | 2\n丙 | 3\n丁。"


# --- Headings ------------------------------------------------------------------------------------


def test_headings_of_all_ranks() -> None:
    text = (
        "第一编 甲\n第一分编 乙\n第一章 丙\n第一节 丁\n第一条 一。\n第二节 戊\n第二条 二。\n"
        "第二章 己\n第三条 三。\n第二分编 庚\n第四条 四。\n第二编 辛\n第五条 五。"
    )
    assert [article.path for article in read(text)] == [
        ("第一编 甲", "第一分编 乙", "第一章 丙", "第一节 丁"),
        ("第一编 甲", "第一分编 乙", "第一章 丙", "第二节 戊"),
        ("第一编 甲", "第一分编 乙", "第二章 己"),
        ("第一编 甲", "第二分编 庚"),
        ("第二编 辛",),
    ]


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("第一章　总　则", "第一章 总则"),
        ("第一章总则", "第一章 总则"),
        ("第一章\n监督管理", "第一章 监督管理"),
        ("第一章 总则……3", "第一章 总则"),
        ("第1章 总则", "第1章 总则"),
        ("第十二章 法律责任", "第十二章 法律责任"),
    ],
)
def test_how_a_heading_is_shown(heading: str, path: str) -> None:
    (article,) = read(f"{heading}\n第一条 甲。")
    assert article.path == (path,)


@pytest.mark.parametrize("heading", ["附则", "附　则"])
def test_a_heading_without_a_number(heading: str) -> None:
    first, second = read(f"第一章 总则\n第一条 甲。\n{heading}\n第二条 乙。")
    assert (first.path, first.text) == (("第一章 总则",), "甲。")
    assert second.path == ("附则",)


def test_what_the_format_marks_is_a_chapter() -> None:
    given_blocks = [Block("第一条 甲。"), Block("监督管理", 2), Block("第二条 乙。")]
    first, second = read_articles(given_blocks, "试验法")
    assert (first.path, first.text) == ((), "甲。")
    assert second.path == ("监督管理",)


@pytest.mark.parametrize(
    "line",
    ["第一章的规定不适用。", "第二章和第三章另行规定", "第二章规定的措施", "第一节，另行规定。"],
)
def test_a_line_about_a_chapter_is_no_heading(line: str) -> None:
    first, second = read(f"第一条 甲：\n{line}\n第二条 乙。")
    assert first.text == f"甲：\n{line}"
    assert second.path == ()


def test_a_table_of_contents_leaves_nothing() -> None:
    text = (
        "试验法\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。"
    )
    assert [(a.label, a.path, a.text) for a in read(text)] == [
        ("第一条", ("第一章 总则",), "甲。"),
        ("第二条", ("第二章 附则",), "乙。"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("试验法\n（公布）\n第一条 甲。", 2),
        ("试验法\n第一章 总则\n第一条 甲。", 1),
        ("第一条 甲。", 0),
        ("试验法\n内容", 2),
    ],
)
def test_the_head_ends_at_the_first_chapter_or_article(text: str, count: int) -> None:
    assert head(blocks(text)) == blocks(text)[:count]


# --- The end, and what is refused ----------------------------------------------------------------


@pytest.mark.parametrize("tail", ["责任编辑 张三", "返回首页", "某某市人民政府", "2020年1月1日"])
def test_what_is_no_sentence_behind_the_last_article_is_left_out(tail: str) -> None:
    assert texts(f"第一条 甲。\n乙。\n{tail}") == [("第一条", "甲。\n乙。")]


@pytest.mark.parametrize("annex", ["附件", "附表", "附录", "附：", "附件1：名录", "附 表"])
def test_an_annex_belongs_to_the_last_article(annex: str) -> None:
    (article,) = read(f"第一条 甲。\n{annex}\n第一条 名称\n数量")
    assert article.text == f"甲。\n{annex.replace(' ', '')}\n第一条名称\n数量"


def test_a_sentence_about_an_annex_is_none() -> None:
    assert texts("第一条 甲。\n附件由主管部门制定。\n第二条 乙。") == [
        ("第一条", "甲。\n附件由主管部门制定。"),
        ("第二条", "乙。"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第一条 甲。\n第二条 乙。\n第二条 丙。", "两个第二条"),
        ("第一条之一 甲。\n第一条之一 乙。", "两个第一条之一"),
        ("第一条 甲。\n第二条\n第三条 丙。", "第二条没有正文"),
    ],
)
def test_faults_of_the_text_are_said(text: str, words: str) -> None:
    with pytest.raises(DocumentError, match=f"《试验法》.*{words}"):
        read(text)


@given(st.sets(st.integers(1, 1300), max_size=12), st.booleans())
def test_every_article_is_found_again(numbers: set[int], is_chinese: bool) -> None:
    lines = [f"第{to_chinese(n) if is_chinese else n}条 正文{n}。" for n in sorted(numbers)]
    articles = read("\n".join(lines))
    assert [(a.key, a.text) for a in articles] == [
        (f"试验法#{n}", f"正文{n}。") for n in sorted(numbers)
    ]
    assert is_statute(blocks("\n".join(lines))) == (len(numbers) >= 3)
