"""The file of staff and the list given in the environment: rows in, rows out."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from argon2 import extract_parameters
from argon2.exceptions import InvalidHashError
from filelock import FileLock, Timeout

from assistant.staff.person import Person, Role, checked_name
from corpus.errors import OptionError, RecordsError

_FILE = "staff.json"
#: Seconds that a change waits for another one.
_LOCK_S = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A person and the argon2 hash of the password."""

    person: Person
    hashed: str


class Roster:
    """The file ``staff.json`` of a folder, for the reader's own eyes (0600).

    It is read anew each time, so that somebody who was removed is out at once.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def load(self) -> list[Entry]:
        """All, oldest first; OptionError where the file cannot be read."""
        try:
            return _entries(json.loads(self._path.read_text("utf-8")))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError, RecursionError, OptionError) as error:
            raise OptionError(
                f"人员文件 {self._path} 读不懂，请恢复它，或删去它再添加。"
            ) from error

    @contextmanager
    def changing(self) -> Iterator[list[Entry]]:
        """The entries, to change in place: written when the block ends well, while everybody else
        who wants to change them waits. RecordsError where they cannot be written."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._path.with_name(f"{_FILE}.lock"), timeout=_LOCK_S)
            lock.acquire()
        except Timeout as error:
            raise RecordsError("别的命令正在改人员文件，请稍后再试。") from error
        except OSError as error:
            raise self._unwritable() from error
        try:
            entries = self.load()
            before = list(entries)
            yield entries
            if entries != before:
                self._write(entries)
        finally:
            lock.release()

    def _write(self, entries: Sequence[Entry]) -> None:
        """Whole or not at all, whenever the process or the machine stops."""
        text = json.dumps([_row(entry) for entry in entries], ensure_ascii=False, indent=1)
        new = self._path.with_name(f"{_FILE}.new")
        try:
            # What a stopped process left may have another mode.
            new.unlink(missing_ok=True)
            file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(file, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            new.replace(self._path)
            _keep_name(self._path.parent)
        except OSError as error:
            raise self._unwritable() from error

    def _unwritable(self) -> RecordsError:
        return RecordsError(f"人员文件 {self._path} 写不了，请检查磁盘空间和权限。")


def read_given(text: str) -> list[Entry]:
    """The entries of the environment variable (a JSON list); OptionError where it is none."""
    if not text.strip():
        return []
    try:
        return _entries(json.loads(text))
    except (ValueError, KeyError, TypeError, RecursionError, OptionError) as error:
        raise OptionError(
            "环境变量 ECOPOLICY_STAFF 读不懂，请写成 JSON 列表，"
            "其中各项用 ecopolicy staff hash 生成，姓名不能重复。"
        ) from error


def given_row(name: str, role: Role, hashed: str) -> dict[str, str]:
    """An entry for that list, as JSON has it."""
    return {"name": name, "role": role.value, "hash": hashed}


def _entries(rows: Any) -> list[Entry]:
    """ValueError, KeyError, TypeError or OptionError where a row is not as it must be."""
    if not isinstance(rows, list):
        raise TypeError
    entries = [_entry(row) for row in rows]
    if len({entry.person.name for entry in entries}) != len(entries):
        raise ValueError
    return entries


def _entry(row: Any) -> Entry:
    hashed, name = row["hash"], row["name"]
    if not isinstance(name, str) or not isinstance(hashed, str):
        raise TypeError
    try:
        extract_parameters(hashed)
    except InvalidHashError as error:
        raise ValueError from error
    # In the environment there is none: a new hash stands for a new password.
    stamp = row.get("stamp") or sha256(hashed.encode()).hexdigest()
    return Entry(Person(checked_name(name), Role(row["role"]), str(stamp)), hashed)


def _row(entry: Entry) -> dict[str, str]:
    person = entry.person
    return given_row(person.name, person.role, entry.hashed) | {"stamp": person.stamp}


def _keep_name(folder: Path) -> None:
    """The new name of a file stays after a power cut only when its folder is written too."""
    if os.name == "nt":  # a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
