"""The same records in PostgreSQL, for several servers: what the SQLite file is for one.

Transactions are one at a time over all servers, as they are with SQLite: what is read in one is
true until it ends.
"""

from assistant.records.database import Database
from corpus.errors import OptionError

#: Held by whoever has a transaction; any number that nobody else in the database uses.
_LOCK = 0x65636F70
_CONNECT_S = 3
#: A statement, and the wait for others' transactions, may take so long.
_STATEMENT_MS = 10_000


class PostgresDatabase(Database):
    """The database at an address ``postgresql://…``; OptionError where psycopg is not installed.

    It frees what is deleted when it cleans up (VACUUM), and can't be told to overwrite it; whether
    its files are whole is its own business.
    """

    def __init__(self, address: str) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise OptionError(
                "设置了 records_database，还要安装它用的包：pip install 'ecopolicy[cluster]'。"
            ) from error
        super().__init__(
            "postgresql+psycopg",
            # The address is read by PostgreSQL's own library: it knows forms that no other does.
            lambda: psycopg.connect(address, connect_timeout=_CONNECT_S),
            (
                f"SET statement_timeout = {_STATEMENT_MS}",
                f"SELECT pg_advisory_xact_lock({_LOCK})",
            ),
            "记录数据库（PostgreSQL）暂时连不上，请过一会儿再试；"
            "一直这样，请管理员检查它和设置 records_database。",
            "记录数据库（PostgreSQL）读写不了，请过一会儿再试；一直这样，请管理员检查它。",
        )
