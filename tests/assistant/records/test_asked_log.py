"""What is kept of a question: how long, how coarse, and nothing of who asked."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.records import AskedLog, Fate, SqliteDatabase
from assistant.types import HEDGE, NOT_COVERED, Answer, Audience, Outcome, Sentence
from tests.records import make_answer

NOW = datetime(2026, 11, 24, 9, 47, 31, tzinfo=UTC)
PERSONAL = "我叫王建华，电话13800001111，楼下烧烤店油烟谁管"


def make(question: str = "油烟谁管", **fields: object) -> Answer:
    return make_answer(Sentence("归某部门管。", (1,)), question=question, **fields)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "records.sqlite3"


@pytest.fixture
def log(path: Path) -> AskedLog:
    return AskedLog(SqliteDatabase(path), 30, NOW)


def content(path: Path) -> bytes:
    """All bytes that lie on the disk."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_what_is_kept_is_what_became_of_it(log: AskedLog):
    answer = make(
        confidence=0.83, needs=("饮食业油烟排放标准",), matter="fumes", engine="llm:small"
    )
    log.add(answer, Audience.ENTERPRISE, NOW)
    (row,) = log.rows(NOW.date())
    assert (row.day, row.hour, row.question) == (date(2026, 11, 24), 9, "油烟谁管")
    assert (row.outcome, row.confidence, row.engine) == (Outcome.ANSWERED, 0.83, "llm:small")
    assert (row.needs, row.matter) == (("饮食业油烟排放标准",), "fumes")
    assert (row.audience, row.fate) == (Audience.ENTERPRISE, Fate.ANSWERED)
    assert row.keys == tuple(dict.fromkeys(c.key for c in answer.citations))


def test_nothing_personal_and_no_minute_is_on_the_disk(log: AskedLog, path: Path):
    log.add(make(PERSONAL, needs=("王建华的合同",)), Audience.PUBLIC, NOW)
    log.add(make("那呢", understood=f"{PERSONAL}；罚多少"), Audience.PUBLIC, NOW)
    kept = content(path)
    for personal in ("王建华", "13800001111", "47:31", "09:47"):
        assert personal.encode() not in kept
    assert [row.question.count("〔") for row in log.rows(NOW.date())] == [2, 2]


def test_a_follow_up_is_kept_as_it_was_understood(log: AskedLog):
    log.add(make("那罚多少", understood="烧烤店油烟罚多少"), Audience.PUBLIC, NOW)
    assert [row.question for row in log.rows(NOW.date())] == ["烧烤店油烟罚多少"]


def test_what_is_only_nearest_is_doubted(log: AskedLog):
    hedged = make_answer(Sentence(f"{HEDGE}规定：某某。", (1,)), question="一")
    declined = make_answer(
        Sentence(f"{NOT_COVERED}这个。", ()), question="二", outcome=Outcome.DECLINED
    )
    for answer in (hedged, declined, make("三")):
        log.add(answer, Audience.PUBLIC, NOW)
    fates = [row.fate for row in log.rows(NOW.date())]
    assert fates == [Fate.ANSWERED, Fate.DECLINED, Fate.DOUBTED]
    assert [r.question for r in log.rows(NOW.date(), Outcome.DECLINED)] == ["二"]
    assert log.count_by_day(NOW.date()) == {
        NOW.date(): {Fate.ANSWERED: 1, Fate.DOUBTED: 1, Fate.DECLINED: 1}
    }


def test_rows_are_bounded_newest_first_and_not_before_the_day(log: AskedLog):
    for i in range(5):
        log.add(make(f"问{i}"), Audience.PUBLIC, NOW + timedelta(days=i))
    since = (NOW + timedelta(days=2)).date()
    assert [row.question for row in log.rows(since, limit=2)] == ["问4", "问3"]
    assert sorted(log.count_by_day(since)) == [since + timedelta(days=i) for i in range(3)]


def test_what_is_too_old_is_gone_from_the_disk_when_opened(log: AskedLog, path: Path):
    log.add(make("很久以前的油烟问题"), Audience.PUBLIC, NOW)
    database = SqliteDatabase(path)
    AskedLog(database, 30, NOW + timedelta(days=30))
    assert len(log.rows(date.min)) == 1
    AskedLog(database, 30, NOW + timedelta(days=31))
    assert log.rows(date.min) == []
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "很久以前".encode() not in content(path)


def test_what_is_too_old_is_looked_for_at_most_once_an_hour(path: Path):
    log = AskedLog(SqliteDatabase(path), 1, NOW)
    log.add(make("旧"), Audience.PUBLIC, NOW - timedelta(days=9))
    log.add(make("新"), Audience.PUBLIC, NOW + timedelta(minutes=59))
    assert [row.question for row in log.rows(date.min)] == ["新", "旧"]
    log.add(make("更新"), Audience.PUBLIC, NOW + timedelta(minutes=61))
    assert [row.question for row in log.rows(date.min)] == ["更新", "新"]


def test_a_log_that_is_off_touches_nothing(path: Path):
    log = AskedLog(SqliteDatabase(path), 0, NOW)
    log.add(make(), Audience.PUBLIC, NOW)
    assert not log.is_on
    assert log.rows(date.min) == []
    assert log.count_by_day(date.min) == {}
    assert not path.exists()


def test_it_can_be_cleared_when_it_was_switched_off(log: AskedLog, path: Path):
    log.add(make(), Audience.PUBLIC, NOW)
    AskedLog(SqliteDatabase(path), 0, NOW).clear()
    assert log.rows(date.min) == []


def test_less_than_no_day_is_refused(path: Path):
    with pytest.raises(ValueError, match="-1"):
        AskedLog(SqliteDatabase(path), -1)
