"""Opens the records of a data folder; the file in which feedback was kept before is taken over."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Column, MetaData, Table, Text

from assistant.records.database import DATABASE_FILE, NUMBER, Database, SqliteDatabase
from assistant.records.feedback import clean_word, insert, opened
from assistant.records.postgres import PostgresDatabase
from assistant.records.verdict import Feedback
from assistant.redacting import redact
from corpus.errors import OptionError

#: Where it is in the data folder, and what its name ends with when it is done.
FEEDBACK_FILE = "feedback.jsonl"
_DONE = ".taken"
_TABLES = MetaData()
_TAKEN = Table(
    "feedback_taken",
    _TABLES,
    Column("digest", Text, primary_key=True),
    Column("length", NUMBER, nullable=False),
)
_log = logging.getLogger(__name__)


def database_of(folder: Path, address: str = "") -> Database:
    """The database of a data folder, or the one at the address of several servers."""
    return PostgresDatabase(address) if address else SqliteDatabase(folder / DATABASE_FILE)


def open_records(folder: Path, address: str = "") -> Database:
    """``database_of``, after ``take_over_feedback``; RecordsError where it is damaged or cannot be
    used."""
    database = database_of(folder, address)
    database.check()
    take_over_feedback(database, folder)
    return database


def take_over_feedback(database: Database, folder: Path) -> int:
    """Put what a data folder's file of feedback holds into the queue, name the file anew, and
    return how many were taken; OptionError where the file cannot be read or named.

    Lines that cannot be read are told in the log and stay in the file. What was taken is noted
    with it in one transaction: whoever is stopped before the file has its new name takes nothing
    twice afterwards.
    """
    path = folder / FEEDBACK_FILE
    if not path.exists():
        return 0
    # The lock that those hold who write to it.
    with FileLock(path.with_name(path.name + ".lock")):
        try:
            content = path.read_bytes() if path.exists() else b""
            count = _take(database, content, path)
            if path.exists():
                name = _free_name(path)
                path.rename(name)
                _log.warning(
                    "反馈已收进队列；原文件改名为 %s，里面有个人信息，核对后请删去。", name
                )
        except OSError as error:
            raise OptionError(f"反馈文件 {path} 读不了或改不了名，请检查权限。") from error
    return count


def _take(database: Database, content: bytes, path: Path) -> int:
    with opened(database) as connection:
        _TABLES.create_all(connection)
        marks = connection.execute(_TAKEN.select()).all()
    taken = max(
        (length for digest, length in marks if _digest(content, length) == digest), default=0
    )
    found = list(_read(content, taken, path))
    with opened(database) as connection:
        insert(connection, found)
        digest = _digest(content, len(content))
        # Another server may have noted the same.
        connection.execute(_TAKEN.delete().where(_TAKEN.c.digest == digest))
        connection.execute(_TAKEN.insert(), {"digest": digest, "length": len(content)})
    return len(found)


def _read(content: bytes, start: int, path: Path) -> Iterator[Feedback]:
    """What the lines from ``start`` on say, with nothing personal."""
    first = content.count(b"\n", 0, start) + 1
    for number, line in enumerate(content[start:].split(b"\n"), first):
        if not line.strip():
            continue
        try:
            found = Feedback.from_json(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            _log.warning("反馈文件 %s 第 %d 行读不懂，没有收进反馈队列。", path, number)
            continue
        question, understood = redact(found.question), redact(found.understood)
        word = clean_word(found.word)
        yield replace(found, question=question, understood=understood, word=word, answer=None)


def _digest(content: bytes, length: int) -> str:
    return sha256(content[:length]).hexdigest()


def _free_name(path: Path) -> Path:
    """The name for the file that was taken; a file of an earlier time is never lost."""
    name, number = path.with_name(path.name + _DONE), 1
    while name.exists():
        number += 1
        name = path.with_name(f"{path.name}{_DONE}.{number}")
    return name
