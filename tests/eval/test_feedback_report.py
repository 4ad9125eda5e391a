"""Readers' feedback: what ``ecopolicy eval --feedback`` shows of it."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cli import commands as cli
from assistant.records import Feedback, FeedbackQueue, SqliteDatabase, Verdict
from corpus.errors import OptionError, RecordsError
from eval.feedback import draft_lines, draft_questions, load_feedback, render_feedback
from eval.runner import load_questions
from tests.records import make_answer

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


def line_of(one: Feedback) -> str:
    """As it was kept before there was a queue."""
    later = ("answer", "id", "state", "moves")
    fields = {name: value for name, value in one.to_json().items() if name not in later}
    return json.dumps(fields, ensure_ascii=False) + "\n"


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
    log.write_text(line_of(ONE), "utf-8")
    command = ["ecopolicy", "eval", "--feedback", str(tmp_path), "--report", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", command)
    cli.main()
    assert "没用 1 条" in capsys.readouterr().out
    assert (tmp_path / "out" / "feedback-questions.jsonl").read_text("utf-8").count("\n") == 1
    monkeypatch.setattr(sys, "argv", [*command[:3], str(tmp_path / "none.jsonl")])
    with pytest.raises(SystemExit) as done:
        cli.main()
    assert done.value.code == 2


def test_a_folder_its_database_and_its_export_say_the_same(tmp_path: Path):
    database = tmp_path / "records.sqlite3"
    queue = FeedbackQueue(SqliteDatabase(database))
    said = [queue.add(make_answer(question=question), "useless") for question in "一二三"]
    export = tmp_path / "kept.jsonl"
    export.write_text("\n" + queue.export(), "utf-8")
    for path in (tmp_path, database, export):
        assert load_feedback(path) == said


def test_a_file_of_before_is_read_as_it_is(tmp_path: Path):
    path = tmp_path / "old.jsonl"
    path.write_text(line_of(ONE), "utf-8")
    assert load_feedback(path) == [ONE]
    assert path.exists()


@pytest.mark.parametrize("bad", ["{", "[]", "5", "null", '{"question": "x"}'])
def test_the_number_of_a_bad_line_counts_the_empty_ones(tmp_path: Path, bad: str):
    path = tmp_path / "kept.jsonl"
    path.write_text(f"{line_of(ONE)}\n\n{bad}\n", "utf-8")
    with pytest.raises(OptionError, match="第 4 行读不懂"):
        load_feedback(path)


def test_what_holds_no_feedback_is_told(tmp_path: Path):
    with pytest.raises(OptionError, match="里没有反馈记录"):
        load_feedback(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OptionError, match="读不了"):
        load_feedback(tmp_path / "none.jsonl")
    broken = tmp_path / "broken"
    broken.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(RecordsError, match="坏了就移走"):
        load_feedback(broken)
