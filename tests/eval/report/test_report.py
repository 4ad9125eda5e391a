"""The report: its figures by hand, its golden file, and what it escapes.

``UPDATE_GOLDEN=1 python -m pytest tests/eval/report/test_report.py`` writes the golden files anew.
"""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from corpus.errors import OptionError
from eval import runner
from eval.metrics import Question, judge
from eval.report.comparison import Change, compare
from eval.report.floors import Breach, Floors, breaches, load_floors
from eval.report.markdown import render_markdown
from eval.report.page import render_page
from eval.report.report import Report, make_report
from eval.report.summary import ALL, Summary, load_last, measure, read_summary, summarise
from eval.runner import Result

GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 11, 23)
TEXTS = {"法#1": ["应当申报。罚款三万元。"], "法#2": ["可以处罚。"]}

EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">[点](javascript:alert(3)) $x$ |'


def result(question: Question, text: str, *cited: str, **fields: Any) -> Result:
    """A made-up result; ``fields`` overrule those of the answer."""
    answer = {
        "id": question.id,
        "question": question.question,
        "answer": text,
        "outcome": "answered" if cited else "declined",
        "citations": [
            {
                "n": n,
                "key": k,
                "title": "某法",
                "locator": "第一条",
                "quote": q,
                "status": "现行有效",
            }
            for n, (k, q) in enumerate(((key, TEXTS[key][0]) for key in cited), 1)
        ],
        "engine": "extractive",
        "timings_ms": {"total": 20.0},
        "confidence": 0.5,
    } | fields
    return Result(question, ("法#1", "法#2"), answer, judge(answer, question, TEXTS))


def law(name: str, split: str = "test", **fields: Any) -> Question:
    return Question(name, f"{name} 问什么？", ("法#1",), "answer", "law", split, **fields)


NOT_ANSWERABLE = Question("D1", "今天天气？", (), "decline", "decline", "test")
DIALOG = Question(
    "G1", "那罚多少？", ("法#2",), "answer", "dialog", "dev", ("不申报怎么办？", "那罚多少？")
)

RESULTS = [
    result(law("L1"), "「应当申报」[1]" + "如此" * 30, "法#1", confidence=0.9),
    result(law("L2"), "现有资料没有。", confidence=0.1),
    result(law("L3"), "罚 5 万元[1]", "法#1", "法#2", timings_ms={"total": 40.0}),
    result(NOT_ANSWERABLE, "现有资料没有。", timings_ms={"total": 1.0}),
    result(DIALOG, "「应当申报」[1]", "法#1"),
]


def summary(results: list[Result]) -> Summary:
    return summarise(results, DAY, "c0ffee")


def report(results: list[Result], *rest: Any) -> Report:
    return make_report(results, summary(results), *rest)


def test_figures_by_hand() -> None:
    figures = summary(RESULTS).groups["test"][ALL]
    assert (figures.count, figures.passed) == (4, 0.5)
    assert (figures.hit_1, figures.hit_5) == (1.0, 1.0)
    assert figures.citation_precision == 0.75
    assert figures.citation_recall == pytest.approx(2 / 3)
    assert (figures.citations, figures.loose_numbers, figures.false_quotes) == (3, 1, 0)
    assert (figures.decline_precision, figures.decline_recall) == (0.5, 1.0)
    assert (figures.length_median, figures.length_within) == (7.0, 0.5)
    assert (figures.latency_p50, figures.latency_p95) == (20.0, pytest.approx(37.0))
    assert figures.aurc == 0.25


def test_groups_are_splits_and_kinds() -> None:
    groups = summary(RESULTS).groups
    assert {split: list(kinds) for split, kinds in groups.items()} == {
        ALL: [ALL, "law", "decline", "dialog"],
        "test": [ALL, "law", "decline"],
        "dev": [ALL, "dialog"],
    }
    assert groups["dev"]["dialog"].hit_1 == 0
    assert groups["dev"]["dialog"].length_within is None
    assert groups["test"]["decline"].hit_1 is None


def test_without_confidence_there_is_no_curve() -> None:
    silent = result(law("L4"), "「应当申报」[1]", "法#1", confidence=None)
    assert measure([*RESULTS, silent]).aurc is None
    assert "画不出风险—覆盖曲线" in report([silent]).curve_note
    assert "画不出风险—覆盖曲线" in render_page(report([silent]))


def test_a_summary_survives_being_written(tmp_path: Path) -> None:
    path = tmp_path / "summary.json"
    path.write_text(json.dumps(summary(RESULTS).to_json()), "utf-8")
    assert read_summary(path).to_json() == summary(RESULTS).to_json()
    path.write_text("{}", "utf-8")
    with pytest.raises(OptionError, match=r"summary\.json"):
        read_summary(path)


def test_comparison_by_hand() -> None:
    worse = result(law("L1"), "现有资料没有。")
    better = result(law("L2"), "「应当申报」[1]", "法#1")
    before = summary([RESULTS[0], RESULTS[1]])
    found = compare(before, summary([worse, better, result(law("L9"), "「应当申报」", "法#1")]))
    assert found.newly_failed == ("L1",)
    assert found.newly_passed == ("L2",)
    assert found.new_questions == ("L9",)
    assert not found.is_same_set
    changes = [c for c in found.changes if c.kind == "law"]
    assert changes == [Change("test", "law", "passed", 0.5, pytest.approx(2 / 3))]
    assert changes[0].is_better


def test_nothing_has_changed() -> None:
    found = compare(summary(RESULTS), summary(RESULTS))
    assert found.is_same_set
    assert (found.changes, found.newly_failed, found.new_questions) == ((), (), ())


def test_a_question_that_was_right_before_is_marked() -> None:
    before = summary([result(law("L2"), "「应当申报」[1]", "法#1")])
    text = render_markdown(report(RESULTS, before))
    assert "L2（法律，test，上次答对）" in text
    assert text.index("### L2") < text.index("### L3")


def test_floors() -> None:
    floors = Floors(
        "test",
        {"law": {"passed": 0.3, "hit_1": 1.0}, ALL: {"citation_precision": 0.8}, "x": {"hit_5": 1}},
        {ALL: {"loose_numbers": 0, "false_quotes": 0}},
    )
    assert breaches(summary(RESULTS), floors) == (
        Breach(ALL, "citation_precision", 0.8, 0.75),
        Breach("x", "hit_5", 1, None),
        Breach(ALL, "loose_numbers", 0, 1),
    )
    made = report(RESULTS, None, floors)
    assert made.floor_note == "test 部分有 3 项低于底线。"
    assert "| 合计 | 引文准确率 | 0.8 | 0.75 |" in render_markdown(made)


def test_the_committed_floors_can_be_read(repository: Path) -> None:
    floors = load_floors(repository / "eval" / "report" / "floors.toml")
    assert floors.split == "test"
    kinds = {question.category for question in runner.load_questions()} | {ALL}
    assert floors.at_least.keys() | floors.at_most.keys() <= kinds


def test_the_committed_report_can_be_read() -> None:
    last = load_last()
    assert last
    assert last.groups["test"][ALL].count > 0


@pytest.mark.parametrize("text", ["split = 1 =", 'split = "test"', "at_least = {}"])
def test_broken_floors(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(OptionError, match="底线文件"):
        load_floors(path)


def test_a_floor_under_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('split = "test"\n[at_least.law]\nhit_2 = 0.5\n', "utf-8")
    with pytest.raises(OptionError, match="hit_2"):
        load_floors(path)


@pytest.mark.parametrize("name", ["report.md", "summary.json"])
def test_golden(name: str) -> None:
    made = report(RESULTS, summary([result(law("L2"), "「应当申报」[1]", "法#1"), *RESULTS[2:]]))
    text = {
        "report.md": lambda: render_markdown(made),
        "summary.json": lambda: json.dumps(made.summary.to_json(), indent=1) + "\n",
    }[name]()
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.fixture(scope="module")
def evil() -> Report:
    question = law(EVIL, must_include=((EVIL,),), turns=(EVIL, EVIL))
    named = replace(question, category=EVIL, split=EVIL, id=EVIL)
    made = result(named, EVIL, "法#1", engine=EVIL)
    made.answer["citations"][0].update(key=EVIL, quote=EVIL, title=EVIL, locator=EVIL)
    made = replace(made, keys=(EVIL,), judgement=judge(made.answer, named, TEXTS))
    return report([made], summary([replace(made, question=replace(named, split="dev"))]))


def test_html_in_a_question_is_shown_and_not_run(evil: Report) -> None:
    page = render_page(evil)
    tree = LexborHTMLParser(page)
    assert tree.css("script, img, iframe, link, a, [onerror]") == []
    assert tree.css_first(".failure summary").text().count("<script>alert(1)</script>") == 4
    assert tree.css_first("meta[http-equiv]").attributes["content"].startswith("default-src 'none'")
    assert "src=" not in page.replace("img src=x", "")


def test_html_in_a_question_is_shown_in_markdown(evil: Report) -> None:
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(render_markdown(evil))
    tree = LexborHTMLParser(html)
    assert tree.css("script, img, a") == []
    assert "<script>alert(1)</script>" in tree.body.text()
    assert "[点](javascript:alert(3))" in tree.body.text()


def test_the_page_has_its_pictures() -> None:
    page = render_page(report(RESULTS, summary(RESULTS)))
    tree = LexborHTMLParser(page)
    titles = [node.text() for node in tree.css("figure h3")]
    assert titles == ["各类答对率（test）", "风险与覆盖", "回答的长度", "用时"]
    assert len(tree.css("figure svg")) == 4
    assert [n.text() for n in tree.css("figure")[0].css(".legend")] == ["这次", "上次"]
    assert "法律" in [node.text() for node in tree.css("figure svg text")]
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert "#0102" not in page
