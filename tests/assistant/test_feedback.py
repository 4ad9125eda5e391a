import json
import multiprocessing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.feedback import MAX_WORD, FeedbackLog, Verdict
from corpus.errors import OptionError
from tests.assistant.export.test_export import ANSWER, CODE

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def _add_many(path: Path, count: int) -> None:
    for _ in range(count):
        FeedbackLog(path).add(ANSWER, Verdict.USEFUL, "很" * 200)


def test_a_verdict_is_one_json_line(tmp_path: Path):
    path = tmp_path / "var" / "feedback.jsonl"
    FeedbackLog(path).add(ANSWER, "useless", " 没说\n罚多少\u202e ", NOW)
    assert json.loads(path.read_text("utf-8")) == {
        "question": ANSWER.question,
        "understood": ANSWER.understood,
        "outcome": "answered",
        "keys": [f"{CODE}#176", "policy:减污"],
        "verdict": "useless",
        "word": "没说 罚多少",
        "time": "2026-11-24T09:30:00+00:00",
        "as_of": "2026-11-24",
        "engine": "extractive",
    }
    assert path.stat().st_mode & 0o077 == 0


def test_what_was_added_is_read_again(tmp_path: Path):
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    kept = [log.add(ANSWER, Verdict.USEFUL), log.add(ANSWER, Verdict.USELESS, "长" * 1000)]
    assert log.load() == kept
    assert len(kept[1].word) == MAX_WORD


def test_an_unknown_verdict_is_not_kept(tmp_path: Path):
    log = FeedbackLog(tmp_path / "feedback.jsonl")
    with pytest.raises(ValueError, match="maybe"):
        log.add(ANSWER, "maybe")
    with pytest.raises(OptionError, match="读不了"):
        log.load()


def test_many_writers_keep_every_line_whole(tmp_path: Path):
    path = tmp_path / "feedback.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_many, args=(path, 25)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(FeedbackLog(path).load()) == 100


@pytest.mark.parametrize("line", ["{", "[]", '{"question": "x"}'])
def test_a_bad_line_is_named(tmp_path: Path, line: str):
    path = tmp_path / "feedback.jsonl"
    FeedbackLog(path).add(ANSWER, Verdict.USEFUL)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(OptionError, match="第 3 行"):
        FeedbackLog(path).load()
