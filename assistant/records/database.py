"""Where questions, feedback, sessions and the audit log are kept: in one SQLite file."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, NullPool, Text, create_engine
from sqlalchemy.exc import DBAPIError

from corpus.errors import RecordsError

#: Where it is in the data folder.
DATABASE_FILE = "records.sqlite3"
_BUSY_S = 10

#: A whole number of eight bytes; SQLite gives ids only to what is called INTEGER.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def texts(*names: str) -> Iterator[Column[str]]:
    """Columns of a table that always hold a text."""
    return (Column(name, Text, nullable=False) for name in names)


class Database:
    """Keeps tables; several processes and threads may write to it, one at a time.

    Whoever owns a table makes it: ``MetaData.create_all`` in a transaction of its own.
    """

    def __init__(
        self, dialect: str, connect: Callable[[], Any], begin: Sequence[str], away: str, broken: str
    ) -> None:
        """``begin`` are the statements with which a transaction begins, ``away`` is told where
        there is no connection, ``broken`` where it cannot be read or written."""
        # A connection for each transaction: none is left over from before a restart.
        self._engine = create_engine(
            f"{dialect}://", creator=connect, poolclass=NullPool, hide_parameters=True
        )
        self._begin = begin
        self._away = away
        self._broken = broken

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose changes are all kept, or none of them where something fails;
        RecordsError where the database cannot be used."""
        try:
            connection = self._engine.connect()
        except (OSError, DBAPIError) as error:
            raise RecordsError(self._away) from error
        try:
            with connection, connection.begin():
                for statement in self._begin:
                    connection.exec_driver_sql(statement)
                yield connection
        except DBAPIError as error:
            raise RecordsError(self._broken) from error

    def check(self) -> None:
        """RecordsError where it is damaged or cannot be used."""
        with self.transaction():
            pass

    def overwrite_deleted(self, connection: Connection) -> None:
        """What is deleted in this transaction is gone for good, where that can be had."""


class SqliteDatabase(Database):
    """One file for all tables."""

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__(
            "sqlite",
            self._open,
            ("BEGIN IMMEDIATE",),
            f"记录文件 {path} 打不开，请检查权限和磁盘；坏了就移走它再启动。",
            f"记录文件 {path} 读写不了，请检查磁盘；坏了就移走它再启动。",
        )

    def check(self) -> None:
        """RecordsError where the file is there and damaged: better told at the start than on the
        day that its page is read. What SQLite can't tell is a changed letter within a text."""
        if not self._path.exists():
            return
        with self.transaction() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise RecordsError(
                f"记录文件 {self._path} 已损坏，请先备份它，再用备份替换或移走它重新启动。"
            )

    def overwrite_deleted(self, connection: Connection) -> None:
        """The bytes of what is deleted in this transaction are overwritten."""
        connection.exec_driver_sql("PRAGMA secure_delete=ON")

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Only for the reader's own eyes: questions may be personal.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        # Without an isolation level Python begins no transaction of its own.
        connection = sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection
