"""``ecopolicy eval``: what it writes, and its exit status."""

import sys
from pathlib import Path
from typing import Any

import pytest

from assistant import wiring
from assistant.cli import commands as cli
from assistant.pipeline import Assistant
from eval import runner
from eval.metrics import Question


@pytest.fixture
def evaluate(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Runs ``ecopolicy eval`` over two questions; gives the exit status."""
    questions = [
        Question(
            "a", "法典第176条", ("中华人民共和国生态环境法典#176",), "answer", "lookup", "test"
        ),
        Question("b", "法典第177条", ("中华人民共和国生态环境法典#1",), "answer", "lookup", "test"),
    ]
    load = runner.load_questions
    monkeypatch.setattr(runner, "load_questions", lambda path: load(path) if path else questions)
    monkeypatch.setattr(wiring, "build_assistant", lambda settings, progress: assistant)

    def call(*arguments: str, at_least: float) -> int:
        floors = tmp_path / "floors.toml"
        floors.write_text(f'split = "test"\n[at_least.lookup]\npassed = {at_least}\n', "utf-8")
        command = ["ecopolicy", "eval", "--report", str(tmp_path / "out"), "--floors", str(floors)]
        monkeypatch.setattr(sys, "argv", [*command, *arguments])
        try:
            cli.main()
        except SystemExit as done:
            return int(done.code or 0)
        return 0

    return call


def test_below_a_floor_the_exit_status_is_1(evaluate, tmp_path: Path, capsys) -> None:
    assert evaluate(at_least=0.51) == 1
    output = capsys.readouterr()
    assert "有 1 项成绩低于底线" in output.err
    assert "| 查条文 | 答对率 | 0.51 | 0.5 |" in output.out
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "report.md",
        "report.html",
        "summary.json",
    }


def test_on_the_floor_the_exit_status_is_0(evaluate, capsys) -> None:
    assert evaluate(at_least=0.5) == 0
    assert "test 部分的底线都守住了。" in capsys.readouterr().out


def test_floors_are_not_applied_to_another_set(evaluate, tmp_path: Path, capsys) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"id": "z", "question": "天气", "gold": ["x#1"], "expect": "answer"}\n', "utf-8"
    )
    assert evaluate("--dataset", str(path), at_least=1.0) == 0
    assert "这次没有按底线判。" in capsys.readouterr().out


def test_a_split_that_is_not_there(evaluate, capsys) -> None:
    assert evaluate("--split", "none", at_least=0.0) == 2
    assert "没有要跑的题" in capsys.readouterr().err
