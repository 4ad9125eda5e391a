"""How the file of the records is opened, and that one of an earlier version goes on being used."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from assistant.records import DATABASE_FILE, PostgresDatabase, SqliteDatabase, open_records
from corpus.errors import OptionError, RecordsError
from tests.assistant.records.before import go_on_with, statements_of


def test_a_file_of_before_goes_on_being_used(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as connection:
        connection.executescript(statements_of("sqlite"))
        before = schema(connection)
    go_on_with(open_records(tmp_path), tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as connection:
        assert schema(connection) == before


def schema(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_every_change_is_on_the_disk_and_writers_wait_for_each_other(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / DATABASE_FILE)
    with (
        database.transaction() as connection,
        closing(sqlite3.connect(tmp_path / DATABASE_FILE, timeout=0)) as other,
    ):
        pragmas = ("journal_mode", "synchronous", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
        assert found == ["wal", 2, 10_000]
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_what_fails_is_told_without_the_values(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / DATABASE_FILE)
    with pytest.raises(RecordsError) as told, database.transaction() as connection:
        connection.execute(text("INSERT INTO nothing VALUES (:question)"), {"question": "秘密"})
    assert "秘密" not in f"{told.value}{told.value.__cause__}"


def test_without_psycopg_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(OptionError, match=r"ecopolicy\[cluster\]"):
        PostgresDatabase("postgresql://wang:secret@127.0.0.1/none")
