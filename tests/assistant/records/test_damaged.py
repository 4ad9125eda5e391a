"""A damaged file of records is told at the start, and never replaced in silence."""

from pathlib import Path

import pytest

from assistant.records import DATABASE_FILE, open_records
from corpus.errors import RecordsError

ROWS = 400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    database = open_records(tmp_path)
    with database.transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (words TEXT)")
        connection.exec_driver_sql(
            "INSERT INTO kept VALUES (?)", [(f"第{n}句" * 20,) for n in range(ROWS)]
        )
    return tmp_path / DATABASE_FILE


def truncate(data: bytes) -> bytes:
    return data[: len(data) // 2]


def scramble(data: bytes) -> bytes:
    """A page in the middle of another file."""
    start = len(data) // 2 // 4096 * 4096
    return data[:start] + bytes(range(256)) * 16 + data[start + 4096 :]


@pytest.mark.parametrize("harm", [truncate, scramble, lambda data: b"x" * len(data)])
def test_damage_is_told_in_one_sentence_and_the_file_stays(path: Path, harm: object) -> None:
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    damaged = path.read_bytes()
    with pytest.raises(RecordsError, match=r"^记录文件 .*。$") as told:
        open_records(path.parent)
    assert "移走它" in str(told.value)
    assert path.read_bytes() == damaged


def test_a_whole_one_is_opened(path: Path) -> None:
    with open_records(path.parent).transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM kept").scalar() == ROWS
