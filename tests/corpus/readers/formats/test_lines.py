"""Margins are found, and lines broken at them are joined to paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.formats.lines import Layout, Line, join_lines, measure, text_line

#: A text set 20 characters wide, the first lines of its paragraphs set in by two.
INDENTED = Layout(left=0.0, right=20.0, indents=True, gaps=False)
#: The same without first lines set in.
FLUSH = Layout(left=0.0, right=20.0, indents=False, gaps=False)
UNBROKEN = Layout(left=0.0, right=None, indents=False, gaps=False)


def line(text: str, left: float = 0.0, apart: bool = False, size: float = 1.0) -> Line:
    return Line(text, left, left + len(text), apart, size)


def joined(layout: Layout, *lines: Line) -> list[str]:
    return [text for text, _ in join_lines(lines, layout)]


FULL = "甲" * 20
ENDED = "甲" * 19 + "。"
INSET = "乙" * 18


# --- Measures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "text", "left", "right"),
    [
        ("甲乙", "甲乙", 0, 2),
        ("abcd", "abcd", 0, 2),
        ("　　甲乙", "甲乙", 2, 4),
        ("    甲乙", "甲乙", 2, 4),
        ("\t甲乙", "甲乙", 2, 4),
        ("甲，b1", "甲，b1", 0, 3),
        ("甲  ", "甲", 0, 1),
    ],
)
def test_two_columns_are_an_em(raw: str, text: str, left: float, right: float) -> None:
    assert text_line(raw) == Line(text, left, right, apart=False)


def test_no_lines_have_no_margin() -> None:
    assert measure([]) == UNBROKEN


def test_margins_of_a_broken_text_with_first_lines_set_in() -> None:
    lines = [line(INSET, 2), line(FULL), line("丙。"), line(INSET, 2), line(FULL), line("丙。")]
    layout = measure(lines)
    assert (layout.left, layout.right) == (0, 20)
    assert layout.indents
    assert not layout.gaps


def test_paragraphs_that_stand_apart() -> None:
    lines = [line(FULL), line("丙。"), line(FULL, apart=True), line("丙。"), line(FULL, apart=True)]
    layout = measure(lines)
    assert layout.gaps
    assert not layout.indents


def test_a_narrow_text_is_a_list() -> None:
    assert measure([line("甲" * 10)] * 9).right is None
    assert measure([line("甲" * 16)] * 9).right == 16


def test_lines_of_all_lengths_are_not_broken_unless_known_to_be() -> None:
    lines = [line("甲" * length) for length in range(1, 200, 7)]
    assert measure(lines).right is None
    assert measure(lines, is_set=True).right is not None


def test_one_line_far_out_is_not_the_margin() -> None:
    lines = [line(FULL)] * 40
    assert measure([*lines, line("甲" * 30)]).right == 20
    assert measure([*lines, line(FULL, left=-5)]).left == 0


def test_a_few_lines_set_in_are_no_habit() -> None:
    lines = [line(FULL)] * 40
    assert not measure([*lines, *[line(INSET, 2)] * 3]).indents
    assert measure([*lines, *[line(INSET, 2)] * 9]).indents


def test_the_size_is_that_of_most_lines() -> None:
    lines = [line("标题", size=1.5), line(FULL), line(FULL)]
    assert measure(lines).size == 1.0


# --- Joining -------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [INDENTED, FLUSH])
def test_a_full_line_in_the_middle_of_a_sentence_goes_on(layout: Layout) -> None:
    assert joined(layout, line(FULL), line("乙。")) == [FULL + "乙。"]


@pytest.mark.parametrize("layout", [INDENTED, FLUSH])
def test_a_short_line_ends_its_paragraph(layout: Layout) -> None:
    assert joined(layout, line("甲。"), line(FULL)) == ["甲。", FULL]


def test_a_line_set_in_begins_a_paragraph() -> None:
    assert joined(INDENTED, line(FULL), line(INSET, 2)) == [FULL, INSET]


def test_a_full_line_that_ends_a_sentence_goes_on_only_where_first_lines_are_set_in() -> None:
    lines = line(ENDED), line("乙。")
    assert joined(INDENTED, *lines) == [ENDED + "乙。"]
    assert joined(FLUSH, *lines) == [ENDED, "乙。"]


@pytest.mark.parametrize("end", ["。", "！", "？", "：", "。”", "。）", "?"])
def test_what_ends_a_sentence(end: str) -> None:
    full = "甲" * (20 - len(end)) + end
    assert joined(FLUSH, line(full), line("乙。")) == [full, "乙。"]


@pytest.mark.parametrize("end", ["，", "、", "”", "甲", "；"])
def test_what_ends_none(end: str) -> None:
    full = "甲" * 19 + end
    assert joined(FLUSH, line(full), line("乙。")) == [full + "乙。"]


@pytest.mark.parametrize("item", ["（二）乙。", "(2)乙。", "2.乙。", "3、乙。"])
def test_an_item_behind_a_semicolon_begins_a_paragraph(item: str) -> None:
    full = "甲" * 19 + "；"
    assert joined(FLUSH, line(full), line(item)) == [full, item]


def test_full_sentences_go_on_where_paragraphs_stand_apart() -> None:
    gaps = Layout(0.0, 20.0, indents=False, gaps=True)
    assert joined(gaps, line(ENDED), line("乙。")) == [ENDED + "乙。"]
    assert joined(gaps, line(FULL), line("乙。", apart=True)) == [FULL, "乙。"]


def test_a_full_line_may_end_a_little_before_the_margin() -> None:
    assert joined(FLUSH, line("甲" * 18), line("乙。")) == ["甲" * 18 + "乙。"]
    assert joined(FLUSH, line("甲" * 16), line("乙。")) == ["甲" * 16, "乙。"]


@pytest.mark.parametrize(
    "start",
    ["第三条 乙。", "第三条", "第 3 条 乙", "第一章 总则", "第二节 乙", "第一编", "第一分编"],
)
def test_an_article_or_chapter_never_goes_on(start: str) -> None:
    assert joined(INDENTED, line(FULL), line(start)) == [FULL, start]


def test_a_reference_to_an_article_does_go_on() -> None:
    assert joined(INDENTED, line(FULL), line("第三条的规定。")) == [FULL + "第三条的规定。"]


def test_lines_of_a_table_of_contents_stay_apart() -> None:
    first, second = "第一章总则" + "…" * 14 + "1", "第二章附则" + "…" * 14 + "2"
    assert joined(INDENTED, line(first), line(second)) == [first, second]


def test_another_size_begins_a_paragraph() -> None:
    lines = line(FULL, size=1.3), line(FULL)
    assert list(join_lines(lines, INDENTED)) == [(FULL, 1.3), (FULL, 1.0)]


def test_a_large_title_in_the_middle_may_have_two_lines() -> None:
    lines = line("关于试验的", 7.5, size=1.5), line("通知", 9, size=1.5), line(INSET, 2)
    assert joined(INDENTED, *lines) == ["关于试验的通知", INSET]


@pytest.mark.parametrize(
    ("end", "start", "between"),
    [
        ("甲", "乙", ""),
        ("甲", "a", ""),
        ("a", "甲", ""),
        ("PM", "index", "PM index"),
        ("20", "26", "2026"),
        ("GB", "3095", "GB 3095"),
        ("2.", "5", "2.5"),
    ],
)
def test_words_and_numbers_at_the_break(end: str, start: str, between: str) -> None:
    (text,) = joined(FLUSH, Line("甲" + end, 0, 20), Line(start + "乙", 0, 9))
    assert text == f"甲{between or end + start}乙"


@given(st.lists(st.text(st.sampled_from("甲乙。；第三条 a1"), min_size=1).map(str.strip)))
def test_nothing_is_joined_without_a_margin(texts: list[str]) -> None:
    assert joined(UNBROKEN, *map(text_line, texts)) == texts


@given(
    st.lists(st.text(st.sampled_from("甲乙丙。；，（一）"), min_size=1, max_size=22), max_size=12),
    st.sampled_from([INDENTED, FLUSH]),
)
def test_joining_loses_nothing(texts: list[str], layout: Layout) -> None:
    assert "".join(joined(layout, *map(line, texts))) == "".join(texts)
