"""The SQLite file in which questions, feedback, sessions and the audit log are kept."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from corpus.errors import RecordsError

#: Where it is in the data folder.
DATABASE_FILE = "records.sqlite3"
_BUSY_S = 10


#: What stands in the places of a statement: in their order, or by name.
Values = Sequence[Any] | Mapping[str, Any]


class Rows(Protocol):
    """What a statement found; a row is read by column name, by place, and in order."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """The next row, None where there is none."""

    def fetchall(self) -> list[Any]:
        """All of them."""

    def __iter__(self) -> Iterator[Any]:
        """Row by row."""


class Connection(Protocol):
    """Runs statements, in the words of SQLite, within a transaction."""

    def execute(self, statement: str, values: Values = ..., /) -> Rows:
        """Run a statement."""

    def executemany(self, statement: str, values: Sequence[Sequence[Any]], /) -> Rows:
        """Run a statement for each of the values."""


class Database(Protocol):
    """Keeps tables; several processes and threads may write to it, one at a time.

    Whoever owns a table makes it: ``CREATE TABLE IF NOT EXISTS`` in a transaction of its own.
    """

    def transaction(self) -> AbstractContextManager[Connection]:
        """A connection whose changes are all kept, or none of them where something fails;
        RecordsError where the database cannot be used. Rows are read by column name."""

    def check(self) -> None:
        """RecordsError where it is damaged or cannot be used."""

    def overwrite_deleted(self, connection: Connection) -> None:
        """What is deleted in this transaction is gone for good, where that can be had."""

    def highest_ever(self, connection: Connection, table: str) -> int:
        """The highest id that the table ever had, 0 where it had none."""


class SqliteDatabase:
    """One file for all tables; several processes and threads may write to it.

    Whoever owns a table makes it: ``CREATE TABLE IF NOT EXISTS`` in a transaction of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are all kept, or none of them where something fails;
        RecordsError where the file cannot be used. Rows are read by column name."""
        try:
            connection = self._open()
        except (OSError, sqlite3.Error) as error:
            raise RecordsError(
                f"记录文件 {self._path} 打不开，请检查权限和磁盘；坏了就移走它再启动。"
            ) from error
        try:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
        except sqlite3.DatabaseError as error:
            raise RecordsError(
                f"记录文件 {self._path} 读写不了，请检查磁盘；坏了就移走它再启动。"
            ) from error
        finally:
            connection.close()

    def check(self) -> None:
        """RecordsError where the file is there and damaged: better told at the start than on the
        day that its page is read. What SQLite can't tell is a changed letter within a text."""
        if not self._path.exists():
            return
        with self.transaction() as connection:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise RecordsError(
                f"记录文件 {self._path} 已损坏，请先备份它，再用备份替换或移走它重新启动。"
            )

    def overwrite_deleted(self, connection: Connection) -> None:
        """The bytes of what is deleted in this transaction are overwritten."""
        connection.execute("PRAGMA secure_delete=ON")

    def highest_ever(self, connection: Connection, table: str) -> int:
        """The highest id that the table ever had, 0 where it had none."""
        found = connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
        ).fetchone()
        return int(found[0]) if found else 0

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Only for the reader's own eyes: questions may be personal.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection
