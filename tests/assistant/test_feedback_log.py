"""What readers say, line by line: nothing is lost, mixed up or shown to others."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from assistant.feedback import MAX_WORD, Feedback, FeedbackLog
from assistant.types import Sentence
from corpus.errors import OptionError
from tests.records import make_answer, make_citation

ANSWER = make_answer(Sentence("应当办证。", (1,)))
NOW = datetime(2026, 11, 24, 9, 30, 15, 999_999, tzinfo=UTC)
FIELDS: dict[str, Any] = {
    "question": "要不要许可证？",
    "understood": "",
    "outcome": "answered",
    "keys": ["某法#5"],
    "verdict": "useful",
    "word": "",
    "time": "2026-11-24T09:30:15+00:00",
    "as_of": "2026-11-23",
    "engine": "extractive",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "feedback.jsonl"


@pytest.fixture
def log(path: Path) -> FeedbackLog:
    return FeedbackLog(path)


def test_what_is_kept_is_what_is_told_of_the_answer(log: FeedbackLog) -> None:
    assert log.add(ANSWER, "useful", now=NOW) == Feedback.from_json(FIELDS)


def test_what_was_said_is_read_oldest_first(log: FeedbackLog) -> None:
    words = [f"第{number}句" for number in range(10)]
    for word in words:
        log.add(ANSWER, "useless", word)
    assert [feedback.word for feedback in log.load()] == words


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("", ""),
        (" 没说\n\n罚多少 ", "没说 罚多少"),
        ("没\x00说\u202e罚\u200b多少", "没说罚多少"),
        ('"}\n{"a": 1}', '"} {"a": 1}'),
        ("长" * MAX_WORD, "长" * MAX_WORD),
        ("长" * MAX_WORD + "短", "长" * MAX_WORD),
        (" \n" * 1_000 + "短", "短"),
    ],
)
def test_a_word_is_one_line_of_bounded_length(log: FeedbackLog, word: str, kept: str) -> None:
    assert log.add(ANSWER, "useful", word).word == kept
    assert log.load()[0].word == kept


def test_each_key_is_kept_once_in_the_order_of_the_citations(log: FeedbackLog) -> None:
    keys = ["某法#7", "某法#5", "某法#7", "plan:减污"]
    citations = tuple(make_citation(n, key=key) for n, key in enumerate(keys, 1))
    kept = log.add(make_answer(citations=citations), "useful")
    assert kept.keys == ("某法#7", "某法#5", "plan:减污")


def test_of_a_follow_up_it_is_kept_what_it_was_taken_for(log: FeedbackLog) -> None:
    answer = make_answer(question="情节严重呢？", understood="超标排放情节严重怎么罚")
    kept = log.add(answer, "useful")
    assert (kept.question, kept.understood) == ("情节严重呢？", "超标排放情节严重怎么罚")


@pytest.mark.parametrize(
    ("zone", "shown"),
    [(UTC, "2026-11-24T09:30:15+00:00"),
     (timezone(timedelta(hours=8)), "2026-11-24T17:30:15+08:00")],
)  # fmt: skip
def test_the_time_has_its_offset_and_no_fractions(
    log: FeedbackLog, zone: timezone, shown: str
) -> None:
    assert log.add(ANSWER, "useful", now=NOW.astimezone(zone)).time == shown


def test_where_no_time_is_given_it_is_now(log: FeedbackLog) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    time = datetime.fromisoformat(log.add(ANSWER, "useful").time)
    assert time.tzinfo is not None
    assert before <= time <= datetime.now(UTC)


def test_only_the_owner_can_read_it(log: FeedbackLog, path: Path) -> None:
    log.add(ANSWER, "useful")
    log.add(ANSWER, "useful")
    assert path.stat().st_mode & 0o777 == 0o600


def test_threads_do_not_write_into_each_other_s_lines(log: FeedbackLog) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: log.add(ANSWER, "useful", f"{n}号" + "长" * 250), range(80)))
    words = [feedback.word for feedback in log.load()]
    assert sorted(int(word.partition("号")[0]) for word in words) == list(range(80))


def test_an_empty_log_has_nothing(log: FeedbackLog, path: Path) -> None:
    path.parent.mkdir()
    path.write_text("\n \n", "utf-8")
    assert log.load() == []


@pytest.mark.parametrize("content", [b"\xff\xfe", "怎么罚".encode("gbk")])
def test_a_file_of_another_encoding_is_told(log: FeedbackLog, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(OptionError, match="读不了"):
        log.load()


@pytest.mark.parametrize("name", list(FIELDS))
def test_a_field_that_is_missing_is_an_error(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        Feedback.from_json({key: value for key, value in FIELDS.items() if key != name})


@pytest.mark.parametrize("verdict", ["", "maybe", None, 1])
def test_a_verdict_that_is_none_is_an_error(verdict: object) -> None:
    with pytest.raises(ValueError, match="Verdict"):
        Feedback.from_json(FIELDS | {"verdict": verdict})


@pytest.mark.parametrize(
    "bad", ["不是", "5", "null", "{}", json.dumps(FIELDS | {"keys": None}),
            json.dumps(FIELDS | {"verdict": "maybe"})]
)  # fmt: skip
def test_the_number_of_a_bad_line_counts_the_empty_ones(
    log: FeedbackLog, path: Path, bad: str
) -> None:
    log.add(ANSWER, "useful")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n\n{bad}\n")
    with pytest.raises(OptionError, match="第 4 行读不懂"):
        log.load()


def test_a_line_separator_in_a_question_breaks_no_line(path: Path):
    log = FeedbackLog(path)
    log.add(
        make_answer(Sentence("应当办证。", (1,)), question="要不要\u2028许可证"), "useful", "", NOW
    )
    assert [feedback.question for feedback in log.load()] == ["要不要\u2028许可证"]
