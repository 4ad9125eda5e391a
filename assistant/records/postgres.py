"""The same records in PostgreSQL, for several servers: what the SQLite file is for one.

The tables' statements are those for SQLite, put into PostgreSQL's words as ``dialect.toml`` says.
Transactions are one at a time over all servers, as they are with SQLite: what is read in one is
true until it ends.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from assistant.records.database import Connection, Rows, Values
from corpus.errors import OptionError, RecordsError

if TYPE_CHECKING:
    import psycopg

#: Held by whoever has a transaction; any number that nobody else in the database uses.
_LOCK = 0x65636F70
_CONNECT_S = 3
#: A statement, and the wait for others' transactions, may take so long.
_STATEMENT_MS = 10_000
_MARK = re.compile(r"\?|(?<!:):([a-z_]+)")


class PostgresDatabase:
    """The database at an address ``postgresql://…``; OptionError where psycopg is not installed."""

    def __init__(self, address: str) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise OptionError(
                "设置了 records_database，还要安装它用的包：pip install 'ecopolicy[cluster]'。"
            ) from error
        self._psycopg = psycopg
        self._address = address

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection whose changes are all kept, or none of them where something fails;
        RecordsError where the database cannot be used. Rows are read by column name."""
        # A connection for each transaction: none is left over from before a restart.
        try:
            connection = self._connect()
        except self._psycopg.Error as error:
            raise RecordsError(
                "记录数据库（PostgreSQL）暂时连不上，请过一会儿再试；"
                "一直这样，请管理员检查它和设置 records_database。"
            ) from error
        try:
            with connection:
                connection.execute(f"SET statement_timeout = {_STATEMENT_MS}")
                connection.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield _Words(connection)
        except self._psycopg.Error as error:
            raise RecordsError(
                "记录数据库（PostgreSQL）读写不了，请过一会儿再试；一直这样，请管理员检查它。"
            ) from error

    def check(self) -> None:
        """RecordsError where it cannot be used; whether its files are whole is its own business."""
        with self.transaction() as connection:
            connection.execute("SELECT 1")

    def overwrite_deleted(self, connection: Connection) -> None:
        """PostgreSQL frees what is deleted when it cleans up (VACUUM), and can't be told to
        overwrite it."""

    def highest_ever(self, connection: Connection, table: str) -> int:
        """The highest id that the table ever had, 0 where it had none."""
        found = connection.execute(f"SELECT highest FROM {table}_end").fetchone()  # noqa: S608
        return int(found[0]) if found else 0

    def _connect(self) -> "psycopg.Connection[Any]":
        # Values are put in by the client: the server can't tell the type of "? IS NULL".
        return self._psycopg.connect(
            self._address,
            connect_timeout=_CONNECT_S,
            cursor_factory=self._psycopg.ClientCursor,
            row_factory=_row_factory,
        )


class _Words:
    """A connection that is spoken to in SQLite's words."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def execute(self, statement: str, values: Values = (), /) -> Rows:
        """Run a statement; what it finds."""
        found: Rows = self._connection.execute(_translated(statement), values or None)
        return found

    def executemany(self, statement: str, values: Sequence[Sequence[Any]], /) -> Rows:
        """Run a statement for each of the values."""
        cursor = self._connection.cursor()
        cursor.executemany(_translated(statement), values)
        return cursor


class Row:
    """A row by column name and by place, like SQLite's."""

    def __init__(self, names: Sequence[str], values: Sequence[Any]) -> None:
        self._names = names
        self._values = values

    def __getitem__(self, name: str | int) -> Any:
        """The value of a column."""
        return self._values[name if isinstance(name, int) else self._names.index(name)]

    def __iter__(self) -> Iterator[Any]:
        """The values: a row can be taken apart."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self._values)

    def keys(self) -> Sequence[str]:
        """The columns."""
        return self._names


def _row_factory(cursor: "psycopg.Cursor[Any]") -> Any:
    names = [column.name for column in cursor.description or ()]
    return lambda values: Row(names, values)


@cache
def _dialect() -> Mapping[str, Any]:
    text = (resources.files("assistant.records") / "dialect.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _translated(statement: str) -> str:
    """A statement in PostgreSQL's words; one whose beginning stands in ``dialect.toml`` as it
    stands there."""
    told = " ".join(statement.split())
    for whole in _dialect()["whole"]:
        if told.startswith(whole["begins"]):
            return str(whole["is"])
    for word in _dialect()["word"]:
        told = told.replace(word["of"], word["is"])
    return _MARK.sub(lambda m: f"%({m[1]})s" if m[1] else "%s", told.replace("%", "%%"))
