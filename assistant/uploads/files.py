"""The folder of uploads: a folder each, for the file's bytes and what was read of it."""

import json
import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus.document_json import from_json, to_json
from corpus.errors import RecordsError
from corpus.readers import Reading
from corpus.types import Document

_ORIGINAL, _READING, _DOCUMENT = "original", "reading.json", "document.json"
#: Where it is noted who works on what.
_CLAIMED = ".claimed"
#: Who has just ended with an upload lets go of it within so many seconds.
_LETS_GO_S = 2.0
#: So old is what no server is about to make a row for.
_FORGOTTEN_S = 3600.0


class UploadFiles:
    """What is kept of uploads beside their rows; only for the eyes of whoever runs the service."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def original(self, name: str) -> Path:
        """Where the bytes of an upload are."""
        return self._root / name / _ORIGINAL

    def document(self, name: str) -> Path:
        """Where the document of an upload is kept once it was in use."""
        return self._root / name / _DOCUMENT

    def keep_original(self, name: str, data: bytes) -> None:
        """Keep the bytes for good before anybody is told that they were received."""
        self._write(self.original(name), data)

    def keep_reading(self, name: str, reading: Reading) -> None:
        """Keep what was read."""
        fields = {"document": to_json(reading.document), "notes": reading.notes}
        self._write(self._root / name / _READING, _encoded(fields))

    def keep_document(self, name: str, document: Document) -> None:
        """Keep what is in use, for the time when it is not any longer."""
        self._write(self.document(name), _encoded(to_json(document)))

    def reading(self, name: str) -> Reading:
        """What was read; RecordsError where it cannot be read any more."""
        path = self._root / name / _READING
        try:
            fields = json.loads(path.read_bytes())
            return Reading(from_json(fields["document"]), tuple(fields["notes"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RecordsError(f"上传的文件 {name} 读不出来了，请放弃它，重新上传。") from error

    def remove(self, name: str) -> None:
        """Delete all that is kept of an upload."""
        shutil.rmtree(self._root / name, ignore_errors=True)
        for path in (self._root / _CLAIMED).glob(f"{name}.*"):
            path.unlink(missing_ok=True)

    def remove_others(self, names: Collection[str]) -> None:
        """Delete what is kept of uploads that have no row: they were never told as received. What
        is new stays: another server over this folder may be about to make its row."""
        if not self._root.is_dir():
            return
        before = time.time() - _FORGOTTEN_S
        for path in self._root.iterdir():
            if path.name not in {*names, _CLAIMED} and path.stat().st_mtime < before:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def claimed(self, name: str, work: str) -> Iterator[bool]:
        """Whether the work on an upload is ours until this ends: another server over this folder
        may be at it. Whoever is killed lets go."""
        folder = self._root / _CLAIMED
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.{work}")
        try:
            lock.acquire(timeout=_LETS_GO_S)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary = path.with_suffix(".tmp")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            for folder in (path.parent, path.parent.parent):
                _sync(folder)
        except OSError as error:
            raise RecordsError(f"上传的文件存不进 {self._root}，请检查磁盘空间和权限。") from error


def read_document(path: Path) -> Document:
    """A document that was kept; RecordsError where it cannot be read any more."""
    try:
        return from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordsError("移除的文件读不出来了，不能恢复，请重新上传。") from error


def _encoded(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
