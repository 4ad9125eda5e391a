"""The file in which feedback was kept before is taken over once, whatever happens meanwhile."""

import json
import logging
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.records import DATABASE_FILE, FEEDBACK_FILE, FeedbackQueue, State, open_records
from corpus.errors import OptionError

_KILLED = """
import os, signal, sys
from pathlib import Path
import assistant.records.opening as opening
at = sys.argv[2]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if at == "rename":
    Path.rename = die
elif at == "insert":
    kept = opening.insert
    opening.insert = lambda connection, found: (kept(connection, found), die())
opening.open_records(Path(sys.argv[1]))
"""


def line(question: str, **fields: object) -> str:
    facts = {"understood": "", "outcome": "answered", "keys": ["某法#1"], "verdict": "useless",
             "word": "没说", "time": "2026-11-24T09:30:00+08:00", "as_of": "2026-11-23",
             "engine": "extractive"}  # fmt: skip
    return json.dumps({"question": question} | facts | fields, ensure_ascii=False) + "\n"


def questions(folder: Path) -> list[str]:
    return [one.question for one in FeedbackQueue(open_records(folder)).load()]


def test_what_was_said_is_in_the_queue_and_the_file_has_another_name(tmp_path: Path) -> None:
    content = line("第一问") + "\n" + line("那罚多少？", understood="第二问", verdict="useful")
    (tmp_path / FEEDBACK_FILE).write_text(content, "utf-8")
    first, second = FeedbackQueue(open_records(tmp_path)).load()
    assert (first.question, first.state, first.answer, first.keys) == (
        "第一问", State.NEW, None, ("某法#1",)
    )  # fmt: skip
    assert (second.asked, second.verdict, second.time) == (
        "第二问", "useful", "2026-11-24T09:30:00+08:00"
    )  # fmt: skip
    assert not (tmp_path / FEEDBACK_FILE).exists()
    assert (tmp_path / "feedback.jsonl.taken").read_text("utf-8") == content
    assert len(questions(tmp_path)) == 2


def test_where_there_is_no_file_nothing_is_made(tmp_path: Path) -> None:
    open_records(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_personal_is_taken_over(tmp_path: Path) -> None:
    said = "我的电话是13812345678"
    text = line(said, understood=said, word="长" * 295 + "13812345678")
    (tmp_path / FEEDBACK_FILE).write_text(text, "utf-8")
    (kept,) = FeedbackQueue(open_records(tmp_path)).load()
    assert "138" not in kept.question + kept.understood + kept.word
    assert "我的电话" in kept.question


@pytest.mark.parametrize(
    "bad", ["不是".encode(), b"5", b"null", b"{}", b"\xff\xfe", b"[]", "怎么罚".encode("gbk"),
            line("x", keys=None).strip().encode(), line("x", verdict="maybe").strip().encode()]
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_told_and_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, bad: bytes
) -> None:
    content = line("一").encode() + b"\n" + bad + b"\n" + line("二").encode()
    (tmp_path / FEEDBACK_FILE).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert questions(tmp_path) == ["一", "二"]
    assert "第 3 行读不懂" in caplog.text
    assert (tmp_path / "feedback.jsonl.taken").read_bytes() == content


@pytest.mark.parametrize("at", ["insert", "rename"])
def test_who_is_killed_meanwhile_loses_nothing_and_takes_nothing_twice(
    tmp_path: Path, repository: Path, at: str
) -> None:
    file = tmp_path / FEEDBACK_FILE
    file.write_text("".join(line(f"第{n}问") for n in range(50)), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path), at], cwd=repository, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert file.exists()
    assert questions(tmp_path) == [f"第{n}问" for n in range(50)]
    assert not file.exists()


def test_what_was_said_after_the_kill_is_taken_too(tmp_path: Path, repository: Path) -> None:
    file = tmp_path / FEEDBACK_FILE
    file.write_text(line("一") + line("二"), "utf-8")
    command = [sys.executable, "-c", _KILLED, str(tmp_path), "rename"]
    subprocess.run(command, cwd=repository, check=False)
    with file.open("a", encoding="utf-8") as log:
        log.write(line("二") + "坏\n" + line("三"))
    assert questions(tmp_path) == ["一", "二", "二", "三"]


def test_another_file_of_the_name_is_taken_as_well(tmp_path: Path) -> None:
    for question in ("一", "二", "三"):
        (tmp_path / FEEDBACK_FILE).write_text(line(question), "utf-8")
        open_records(tmp_path)
    assert questions(tmp_path) == ["一", "二", "三"]
    names = sorted(path.name for path in tmp_path.glob("*.taken*"))
    assert [(tmp_path / name).read_text("utf-8") for name in names] == list(map(line, "一二三"))


def test_those_who_open_at_once_take_it_once(tmp_path: Path) -> None:
    (tmp_path / FEEDBACK_FILE).write_text("".join(map(line, "一二三四五")), "utf-8")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(open_records, [tmp_path] * 8))
    assert questions(tmp_path) == list("一二三四五")
    assert len(list(tmp_path.glob("*.taken*"))) == 1
    assert (tmp_path / DATABASE_FILE).exists()


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / FEEDBACK_FILE).mkdir()
    with pytest.raises(OptionError, match="请检查权限"):
        open_records(tmp_path)
