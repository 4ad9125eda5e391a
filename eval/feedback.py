"""Readers' feedback in an evaluation: counts, what was of no use, a question set to complete."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.records import (
    DATABASE_FILE,
    FEEDBACK_FILE,
    Feedback,
    FeedbackQueue,
    SqliteDatabase,
    Verdict,
    open_records,
)
from corpus.errors import OptionError
from eval.report import plain

_SQLITE = b"SQLite format 3\0"


def load_feedback(path: Path) -> list[Feedback]:
    """The feedback of a data folder, of its database or of a file exported as JSON lines, oldest
    first; OptionError where there is none or it cannot be read."""
    if path.is_dir():
        if not any((path / name).exists() for name in (DATABASE_FILE, FEEDBACK_FILE)):
            raise OptionError(f"文件夹 {path} 里没有反馈记录，请检查路径。")
        return FeedbackQueue(open_records(path)).load()
    try:
        with path.open("rb") as file:
            if file.read(len(_SQLITE)) == _SQLITE:
                return FeedbackQueue(SqliteDatabase(path)).load()
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise OptionError(f"反馈文件 {path} 读不了，请检查路径。") from error
    return _read_lines(lines, path)


def _read_lines(lines: Sequence[bytes], path: Path) -> list[Feedback]:
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(Feedback.from_json(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OptionError(
                f"反馈文件 {path} 第 {number} 行读不懂，请改正或删去这一行。"
            ) from error
    return found


def render_feedback(log: Sequence[Feedback]) -> str:
    """A section of a report, in Markdown."""
    useless = useless_of(log)
    lines = ["# 读者反馈", ""]
    if not log:
        return "\n".join([*lines, "还没有反馈。"]) + "\n"
    good = sum(one.verdict is Verdict.USEFUL for one in log)
    first, last = min(one.time for one in log), max(one.time for one in log)
    lines.append(
        f"共 {len(log)} 条（{first[:10]} 至 {last[:10]}）：有用 {good} 条，没用 {len(useless)} 条"
        f"（其中拒答 {sum(one.outcome == 'declined' for one in useless)} 条）。"
    )
    if useless:
        lines += ["", f"## 没用的 {len(useless)} 条"]
    for one in reversed(useless):
        lines += ["", f"### {plain(one.asked)}", ""]
        if one.understood:
            lines.append(f"- 原话：{plain(one.question)}")
        if one.word:
            lines.append(f"- 读者说：{plain(one.word)}")
        lines += [
            f"- 引了：{plain('、'.join(one.keys) or '无（拒答）')}",
            f"- 时间 {plain(one.time)}，以 {plain(one.as_of)} 为准，引擎 {plain(one.engine)}",
        ]
    return "\n".join(lines) + "\n"


def useless_of(log: Sequence[Feedback]) -> list[Feedback]:
    """The verdicts that ask for work, oldest first."""
    return [one for one in log if one.verdict is Verdict.USELESS]


def draft_questions(log: Sequence[Feedback]) -> list[dict[str, Any]]:
    """A line of a question set for each question that got a useless answer.

    ``gold`` is empty until somebody has read the law; ``cited`` is what the answer cited.
    """
    latest = {one.asked: one for one in useless_of(log)}
    return [
        {
            "id": f"feedback-{number}",
            "question": question,
            "gold": [],
            "expect": "answer",
            "category": "feedback",
            "split": "dev",
            "cited": list(one.keys),
            "word": one.word,
        }
        for number, (question, one) in enumerate(latest.items(), 1)
    ]


def draft_lines(log: Sequence[Feedback]) -> str:
    """``draft_questions`` as JSON lines."""
    return "".join(json.dumps(q, ensure_ascii=False) + "\n" for q in draft_questions(log))
