"""Staff of a folder of the test's own, with hashes that are made at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.records import SqliteDatabase
from assistant.staff import People

PASSWORD = "潍坊 correct horse"


@pytest.fixture
def hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def make_people(tmp_path: Path, hasher: PasswordHasher) -> Callable[..., People]:
    def make(given: str = "") -> People:
        return People(tmp_path, given, hasher)

    return make


@pytest.fixture
def people(make_people: Callable[..., People]) -> People:
    return make_people()


@pytest.fixture
def database(tmp_path: Path) -> SqliteDatabase:
    return SqliteDatabase(tmp_path / "records.sqlite3")
