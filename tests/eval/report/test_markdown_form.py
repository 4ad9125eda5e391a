"""The report in Markdown: what a renderer makes of it, and which parts it has when."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from eval.report.floors import Floors
from eval.report.markdown import plain, render_markdown
from eval.report.report import Report, make_report
from eval.report.summary import summarise
from eval.runner import Result
from tests.eval.made_results import DAY, make_question, make_result
from tests.records import patient

WRONG = ("缺少“36”", "没有引用正确的条文")
SIGNS = "甲a1 \n\t*_`~|\\<>&#[]()!-+.:=$\"'"
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tree(markdown: str) -> LexborHTMLParser:
    return LexborHTMLParser(_MARKDOWN.render(markdown))


def report(*results: Result, last: Any = None, floors: Floors | None = None) -> Report:
    summary = summarise(results, DAY, "c0ffee")
    return make_report(results, summary, summarise(last, DAY, "c0ffee") if last else None, floors)


def headings(markdown: str, level: int) -> list[str]:
    return [node.text() for node in tree(markdown).css(f"h{level}")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("应当申报。", "应当申报。"),
        ("  一\n\n二\t三　四 ", "一 二 三 四"),
        ("a*b_c`d|e~f", r"a\*b\_c\`d\|e\~f"),
        ("a\\*", r"a\\\*"),
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("[点](地址)", r"[点]\(地址)"),
        ("（一）(二)[3]", "（一）(二)[3]"),
        ("", ""),
    ],
)
def test_foreign_text_by_hand(text: str, expected: str) -> None:
    assert plain(text) == expected


@patient
@given(st.text(SIGNS, min_size=1, max_size=12))
def test_a_renderer_shows_foreign_text_as_it_is(text: str) -> None:
    wanted = " ".join(text.split())
    shown = tree(f"- 答：{plain(text)}")
    assert shown.body.text().strip() == f"答：{wanted}".strip()
    cells = tree(f"| a | b |\n| --- | --- |\n| {plain(text)} | x |").css("td")
    assert [cell.text() for cell in cells] == [wanted, "x"]


def test_the_sections_of_a_report() -> None:
    results = [make_result(make_question("a"), confidence=0.5), make_result(make_question("b"))]
    assert headings(render_markdown(report(*results)), 2) == [
        "与上次比较",
        "成绩：test",
        "成绩：全部",
        "拒答与把握",
        "没答对的 0 题",
    ]


def test_every_table_has_cells_for_its_header() -> None:
    made = report(make_result(confidence=0.5), make_result(make_question("b"), confidence=0.1))
    tables = tree(render_markdown(made)).css("table")
    assert len(tables) == 2 * 3 + 1 + 2
    for table in tables:
        width = len(table.css("th"))
        assert [len(row.css("td")) for row in table.css("tbody tr")] != []
        assert all(len(row.css("td")) == width for row in table.css("tbody tr"))


def test_the_first_column_is_text_and_the_others_are_numbers() -> None:
    (table, *_) = tree(render_markdown(report(make_result()))).css("table")
    styles = [cell.attributes.get("style") for cell in table.css("tbody tr")[0].css("td")]
    assert styles == [None, *["text-align:right"] * (len(styles) - 1)]


def test_it_begins_with_when_and_over_what_it_ran() -> None:
    made = report(make_result())
    assert render_markdown(made).splitlines()[:3] == ["# 评测报告", "", made.heading]
    assert made.heading.startswith("以 2026-11-23 为准，1 题，引擎 extractive，语料 c0ffee，题集 ")


@pytest.mark.parametrize(
    ("floors", "note"),
    [
        (None, "这次没有按底线判。"),
        (Floors("test", {"law": {"passed": 1.0}}, {}), "test 部分的底线都守住了。"),
        (Floors("test", {"law": {"hit_1": 0.5}}, {}), "test 部分有 1 项低于底线。"),
    ],
)
def test_whether_the_floors_are_kept(floors: Floors | None, note: str) -> None:
    text = render_markdown(report(make_result(), floors=floors))
    assert note in text.splitlines()
    assert ("| 法律 | hit@1 | 0.5 | 0 |" in text) is ("1 项" in note)


def test_without_an_earlier_run_nothing_is_compared() -> None:
    assert "- 没有可以比较的上次成绩。\n" in render_markdown(report(make_result()))


def test_what_has_changed_is_told() -> None:
    before = [make_result(make_question(name), failures=WRONG) for name in "ab"]
    now = [make_result(make_question("a")), make_result(make_question("b"), failures=WRONG)]
    text = render_markdown(report(*now, last=before))
    assert "- 上次：2026-11-23，引擎 extractive。\n" in text
    assert "- 上次对、这次错的 0 题。\n- 上次错、这次对的 1 题：a。\n- 上次没有的 0 题。\n" in text
    assert "| test 法律 | 答对率 | 0.000 | 0.500 | +0.500 | 变好 |" in text
    assert "各项成绩没有变化。" in render_markdown(report(*now, last=now))


def test_a_split_whose_answers_all_tell_their_confidence_has_a_curve() -> None:
    sure = make_result(make_question("a", split="dev"), confidence=0.5)
    text = render_markdown(report(sure, make_result(make_question("b"))))
    assert [title for title in headings(text, 3) if "风险" in title] == ["风险与覆盖：dev"]
    assert "AURC 是曲线下的平均风险" in text
    assert "画不出风险—覆盖曲线" in render_markdown(report(make_result()))


def test_failures_may_be_left_out() -> None:
    made = report(make_result(failures=WRONG))
    assert "没答对的" not in render_markdown(made, with_failures=False)
    assert render_markdown(made).startswith(render_markdown(made, with_failures=False))


def test_a_failure_by_hand() -> None:
    question = make_question("G1", turns=("一？", "二？"), gold=("法#1", "法#2"), category="dialog")
    citation = {"n": 1, "key": "法#3", "locator": "第三条", "status": "现行有效", "quote": "一\n二"}
    answer = {"answer": "一[1]\n二", "citations": [citation]}
    made = make_result(question, keys=("法#3", "法#4"), answer=answer, failures=WRONG)
    assert render_markdown(report(made)).split("## 没答对的 1 题\n")[1] == (
        "\n### G1（追问，test）\n\n"
        "- 问：一？\n"
        "- 问：二？\n"
        "- 错在：缺少“36”；没有引用正确的条文\n"
        "- 应引：法#1、法#2\n"
        "- 检索：法#3、法#4\n"
        "- 答：一[1] 二\n"
        "- 引文 1（法#3，第三条，现行有效）：一 二\n"
    )


def test_where_nothing_is_to_be_found_it_says_so() -> None:
    text = render_markdown(report(make_result(make_question(gold=()), failures=WRONG)))
    assert "- 问：1 问什么？\n" in text
    assert "- 应引：无\n- 检索：无\n" in text


def test_what_was_right_before_comes_first() -> None:
    before = [make_result(make_question(name), failures=WRONG * (name != "c")) for name in "abc"]
    now = [make_result(make_question(name), failures=WRONG) for name in "abc"]
    text = render_markdown(report(*now, last=before))
    assert [title for title in headings(text, 3) if "law" in title or "法律，" in title] == [
        "c（法律，test，上次答对）",
        "a（法律，test）",
        "b（法律，test）",
    ]
