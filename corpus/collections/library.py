"""The documents that users added, kept as JSON files named by their content.

Which of them are in use is not decided here but by the state of the index folder, so that corpus
and index change in one step.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from corpus.document_json import from_json, to_json
from corpus.errors import LibraryError
from corpus.types import Document, Original

_ID = re.compile(r"[0-9a-f]{16}")
_NOT_ORIGINAL = (".json", ".tmp")
_LONGEST_SUFFIX = 10


class Library:
    """A folder of added documents."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self._folder

    def save(self, document: Document, original: Original | None = None) -> str:
        """Keep a document, and the file that it was read from, and return its id; the same content
        has the same id, and the first file given with it is kept."""
        text = json.dumps(to_json(document), ensure_ascii=False, indent=1)
        name = _name_of(text.encode())
        if original is not None and self.original(name) is None:
            self._write(f"{name}{_suffix(original.name)}", original.data)
        if not (self._folder / f"{name}.json").exists():
            self._write(f"{name}.json", text.encode())
        return name

    def original(self, name: str) -> Path | None:
        """The file that the document with this id was read from, where it was kept."""
        if not _ID.fullmatch(name):
            return None
        found = sorted(self._folder.glob(f"{name}.*"))
        return next((p for p in found if p.stem == name and p.suffix not in _NOT_ORIGINAL), None)

    def added_on(self, name: str) -> date | None:
        """The day on which the document with this id was first kept; None where it is not."""
        if not _ID.fullmatch(name):
            return None
        try:
            return date.fromtimestamp((self._folder / f"{name}.json").stat().st_mtime)
        except FileNotFoundError:
            return None

    def _write(self, file_name: str, data: bytes) -> None:
        """A whole file or none, for this user alone."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / file_name
        temporary = self._folder / f"{file_name}.{os.getpid()}.tmp"
        try:
            with open(temporary, "wb", opener=_private) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    def load(self, names: Iterable[str]) -> list[Document]:
        """The documents with these ids; LibraryError where one cannot be read, or is not what was
        kept under its id."""
        return [self._load(name) for name in names]

    def _load(self, name: str) -> Document:
        try:
            data = (self._folder / f"{name}.json").read_bytes()
            if _name_of(data) != name:
                raise ValueError("another content than its name says")
            return from_json(json.loads(data))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryError(
                f"添加的文件 {name} 已损坏或丢失，请从备份放回 {self._folder}，"
                f"或用 ecopolicy corpus remove {name} 移除后重新添加。"
            ) from error

    def prune(self, keep: Iterable[str]) -> None:
        """Delete files of documents that are in use nowhere any more."""
        kept = set(keep)
        for path in self._folder.glob("*"):
            is_ours = path.suffix == ".json" or _ID.fullmatch(path.stem)
            if is_ours and path.stem not in kept:
                path.unlink()


def _name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _suffix(name: str) -> str:
    """The ending of a file's name where it is a plain one, in small letters."""
    suffix = Path(name).suffix.lower()
    is_plain = suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= _LONGEST_SUFFIX
    return suffix if is_plain and suffix not in _NOT_ORIGINAL else ".bin"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
