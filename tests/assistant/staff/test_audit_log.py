"""The audit log: only added to, and tampering is found."""

import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.records import SqliteDatabase
from assistant.staff import AuditLog, Person, Role
from corpus.errors import RecordsError

TRIGGERS = ("audit_is_not_changed", "audit_is_not_removed", "audit_is_added_at_its_end")
WANG = Person("王五", Role.ADMIN)


@pytest.fixture
def log(database: SqliteDatabase) -> AuditLog:
    return AuditLog(database)


@pytest.fixture
def filled(log: AuditLog) -> AuditLog:
    for number in range(1, 8):
        log.add(WANG, "改标准问答", f"油烟扰民{number}", {"状态": "在用", "编号": number})
    return log


@pytest.fixture
def tamper(tmp_path: Path) -> Callable[..., None]:
    """Somebody with the file in hand and the triggers taken away."""

    def run(*statements: str) -> None:
        connection = sqlite3.connect(tmp_path / "records.sqlite3")
        with connection:
            for trigger in TRIGGERS:
                connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return run


def test_what_is_added_is_read_newest_first(log: AuditLog):
    when = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    assert log.add(WANG, "添加文件", "某市扬尘条例", {"条数": 40, "公布": True}, when) == 1
    assert log.add("命令行", "添加人员", "赵六") == 2
    newer, older = log.latest(10)
    assert (newer.id, newer.name, newer.role, newer.what) == (2, "命令行", "", "赵六")
    assert dict(newer.details) == {}
    assert (older.name, older.role, older.action) == ("王五", "管理员", "添加文件")
    assert older.time == "2026-11-27T09:30:00+00:00"
    assert dict(older.details) == {"条数": 40, "公布": True}
    assert datetime.fromisoformat(newer.time).tzinfo
    assert newer.hash != older.hash


def test_page_by_page(filled: AuditLog):
    assert [entry.id for entry in filled.latest(3)] == [7, 6, 5]
    assert [entry.id for entry in filled.latest(3, before=5)] == [4, 3, 2]
    assert [entry.id for entry in filled.latest(3, before=2)] == [1]
    assert [entry.id for entry in filled.latest(1, before=10**30)] == [7]
    assert filled.latest(3, before=-(10**30)) == filled.latest(3, before=1) == []
    assert filled.latest(0) == filled.latest(-1) == []


def test_nothing_is_broken_where_nobody_tampered(log: AuditLog, filled: AuditLog):
    assert filled.verify() is None


def test_an_empty_log_is_whole(log: AuditLog):
    assert log.verify() is None
    assert log.latest(5) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET what = 'x' WHERE id = 3",
        "UPDATE audit SET id = 9 WHERE id = 3",
        "DELETE FROM audit WHERE id = 7",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit VALUES (3, '', '', '', '', '', '', '')",
        "INSERT INTO audit VALUES (99, '', '', '', '', '', '', '')",
        "INSERT INTO audit VALUES (0, '', '', '', '', '', '', '')",
    ],
)
def test_sql_cannot_change_it(filled: AuditLog, database: SqliteDatabase, statement: str):
    before = filled.latest(10)
    with pytest.raises(RecordsError), database.transaction() as connection:
        connection.exec_driver_sql(statement)
    assert filled.latest(10) == before
    assert filled.verify() is None


@pytest.mark.parametrize("column", ["time", "name", "role", "action", "what", "details", "hash"])
@pytest.mark.parametrize("number", [1, 4, 7])
def test_a_changed_row_is_found(filled: AuditLog, tamper, column: str, number: int):
    tamper(f"UPDATE audit SET {column} = {column} || '改' WHERE id = {number}")
    assert filled.verify() == number


@pytest.mark.parametrize("number", [1, 4, 7])
def test_a_row_that_is_gone_is_found(filled: AuditLog, tamper, number: int):
    tamper(f"DELETE FROM audit WHERE id = {number}")
    assert filled.verify() == number


def test_all_gone_is_found(filled: AuditLog, tamper):
    tamper("DELETE FROM audit")
    assert filled.verify() == 1


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["UPDATE audit SET id = -1 WHERE id = 3"], 1),
        (["UPDATE audit SET id = 99 WHERE id = 3", "UPDATE audit SET id = 3 WHERE id = 4",
          "UPDATE audit SET id = 4 WHERE id = 99"], 3),
        (["DELETE FROM audit WHERE id = 3", "UPDATE audit SET id = id - 1 WHERE id > 3"], 3),
        (["UPDATE audit SET id = id + 10"], 1),
        (["UPDATE audit SET what = action, action = what WHERE id = 5"], 5),
        (["UPDATE audit SET name = name || role, role = '' WHERE id = 5"], 5),
        (["INSERT INTO audit SELECT 8, time, name, role, action, what, details, hash"
          " FROM audit WHERE id = 7"], 8),
        (["UPDATE audit SET what = x'ff00' WHERE id = 6"], 6),
    ],
)  # fmt: skip
def test_other_ways_are_found(filled: AuditLog, tamper, statements: list[str], broken: int):
    tamper(*statements)
    assert filled.verify() == broken


def test_a_row_with_a_hash_of_its_own_does_not_fit_the_next(filled: AuditLog, tamper):
    newest = filled.latest(7)
    third, second = newest[4], newest[5]
    texts = [third.time, third.name, third.role, third.action, "别的事", "{}"]
    forged = sha256(json.dumps([second.hash, 3, *texts]).encode()).hexdigest()
    tamper(
        "UPDATE audit SET what = '别的事', details = '{}' WHERE id = 3",
        f"UPDATE audit SET hash = '{forged}' WHERE id = 3",
    )
    assert filled.verify() == 4


def test_a_new_start_puts_the_triggers_back(filled: AuditLog, tamper, database: SqliteDatabase):
    tamper()
    AuditLog(database)
    with pytest.raises(RecordsError), database.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM audit")


@pytest.mark.parametrize("name", ["password", "Question", "token"])
def test_what_never_goes_in(log: AuditLog, name: str):
    with pytest.raises(ValueError, match="never"):
        log.add(WANG, "x", "y", {name: "z"})
    assert log.latest(1) == []


def test_texts_are_one_short_line(log: AuditLog):
    log.add("a\nb\x1b[2J", "\u202e动作", "标" * 5000, {"题": "一\r\n二\ud800" + "长" * 999})
    (entry,) = log.latest(1)
    assert entry.name == "a b[2J"
    assert entry.action == "动作"
    assert len(entry.what) == 300
    assert entry.what.endswith("标…")
    assert entry.details["题"].startswith("一 二?长")
    assert len(entry.details["题"]) == 300
    assert log.verify() is None


def test_many_threads_make_one_chain(log: AuditLog, tmp_path: Path):
    def add(number: int) -> int:
        return AuditLog(SqliteDatabase(tmp_path / "records.sqlite3")).add(WANG, "动作", str(number))

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(add, range(40)))
    assert sorted(ids) == list(range(1, 41))
    assert {entry.what for entry in log.latest(100)} == {str(number) for number in range(40)}
    assert log.verify() is None
