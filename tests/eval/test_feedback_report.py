"""Readers' feedback: what ``ecopolicy eval --feedback`` shows of it."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cli import commands as cli
from assistant.feedback import Feedback, FeedbackLog, Verdict
from eval.feedback import draft_lines, draft_questions, render_feedback
from eval.runner import load_questions

ONE = Feedback(
    "那罚多少？",
    "没办排污许可证罚多少？",
    "answered",
    ("某法#1",),
    Verdict.USELESS,
    "没说<b>金额</b>",
    "2026-11-24T09:30:00+08:00",
    "2026-11-24",
    "extractive",
)
GOOD = replace(ONE, verdict=Verdict.USEFUL, time="2026-11-20T09:30:00+08:00")
DECLINED = replace(ONE, question="天气？", understood="", outcome="declined", keys=(), word="")


def test_the_section_counts_and_lists_what_was_of_no_use():
    text = render_feedback([GOOD, ONE, DECLINED])
    assert "共 3 条（2026-11-20 至 2026-11-24）：有用 1 条，没用 2 条（其中拒答 1 条）。" in text
    assert "### 没办排污许可证罚多少？" in text
    assert "- 原话：那罚多少？" in text
    assert "没说&lt;b&gt;金额&lt;/b&gt;" in text
    assert "- 引了：无（拒答）" in text
    assert render_feedback([]).endswith("还没有反馈。\n")


def test_the_draft_is_a_question_set(tmp_path: Path):
    again = replace(ONE, word="还是没说")
    drafts = draft_questions([GOOD, ONE, DECLINED, again])
    assert [d["question"] for d in drafts] == ["没办排污许可证罚多少？", "天气？"]
    assert drafts[0]["word"] == "还是没说"
    path = tmp_path / "set.jsonl"
    path.write_text(draft_lines([ONE, DECLINED]), "utf-8")
    assert [q.id for q in load_questions(path)] == ["feedback-1", "feedback-2"]


def test_the_command(tmp_path: Path, monkeypatch, capsys):
    log = tmp_path / "feedback.jsonl"
    fields = {name: getattr(ONE, name) for name in ONE.__slots__}
    log.write_text(json.dumps(fields, ensure_ascii=False) + "\n", "utf-8")
    assert FeedbackLog(log).load() == [ONE]
    command = ["ecopolicy", "eval", "--feedback", str(log), "--report", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", command)
    cli.main()
    assert "没用 1 条" in capsys.readouterr().out
    assert (tmp_path / "out" / "feedback-questions.jsonl").read_text("utf-8").count("\n") == 1
    monkeypatch.setattr(sys, "argv", [*command[:3], str(tmp_path / "none.jsonl")])
    with pytest.raises(SystemExit) as done:
        cli.main()
    assert done.value.code == 2
