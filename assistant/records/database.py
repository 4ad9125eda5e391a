"""The SQLite file in which questions, feedback, sessions and the audit log are kept."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import RecordsError

#: Where it is in the data folder.
DATABASE_FILE = "records.sqlite3"
_BUSY_S = 10


class Database:
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

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Only for the reader's own eyes: questions may be personal.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection
