"""The report in Markdown."""

import re
from collections.abc import Sequence

from eval.report.report import Report
from eval.report.summary import in_order
from eval.report.tables import (
    Table,
    breach_table,
    change_table,
    curve_table,
    decline_table,
    kind_title,
    split_title,
    tables_of,
)
from eval.runner import Result

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPECIAL = re.compile(r"([\\`*_|~]|(?<=\])\()")


def plain(text: str) -> str:
    """Foreign text on one line, written so that a renderer shows it as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()).translate(_ENTITIES))


def render_markdown(report: Report, with_failures: bool = True) -> str:
    """Figures, what has changed and, unless it is left out, every failure with its answer."""
    lines = ["# 评测报告", "", plain(report.heading), "", report.floor_note]
    if report.breaches:
        lines += _table(breach_table(report.breaches))
    lines += ["", "## 与上次比较", "", *(f"- {plain(note)}" for note in report.comparison_notes)]
    if report.comparison and report.comparison.changes:
        lines += _table(change_table(report.comparison))
    groups = report.summary.groups
    for split in in_order(groups):
        lines += ["", f"## 成绩：{plain(split_title(split))}"]
        for table in tables_of(groups, split):
            lines += ["", f"### {table.title}", *_table(table)]
    lines += ["", "## 拒答与把握", *_table(decline_table(groups)), "", report.curve_note]
    for title, points in report.curves.items():
        lines += ["", f"### 风险与覆盖：{plain(title)}", *_table(curve_table(points))]
    if with_failures:
        lines += ["", f"## 没答对的 {len(report.failed)} 题"]
        for result in report.failed:
            lines += ["", *_failure(result, report.is_new_failure(result))]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> list[str]:
    rule = " --- |" + " ---: |" * (len(table.header) - 1)
    return ["", _row(table.header), f"|{rule}", *map(_row, table.rows)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(plain, cells)) + " |"


def _failure(result: Result, is_new: bool) -> list[str]:
    question = result.question
    group = f"{kind_title(question.category)}，{split_title(question.split)}"
    mark = "，上次答对" if is_new else ""
    lines = [f"### {plain(question.id)}（{plain(group)}{mark}）", ""]
    turns = question.turns or (question.question,)
    lines += [f"- 问：{plain(turn)}" for turn in turns]
    lines += [
        f"- 错在：{plain('；'.join(result.judgement.failures))}",
        f"- 应引：{plain('、'.join(question.gold) or '无')}",
        f"- 检索：{plain('、'.join(result.keys) or '无')}",
        f"- 答：{plain(result.answer['answer'])}",
    ]
    return lines + [
        f"- 引文 {c['n']}（{plain(c['key'])}，{plain(c['locator'])}，{c['status']}）："
        f"{plain(c['quote'])}"
        for c in result.answer["citations"]
    ]
