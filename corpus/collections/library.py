"""The documents that users added, kept as JSON files named by their content.

Which of them are in use is not decided here but by the state of the index folder, so that corpus
and index change in one step.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from corpus.collection import Kind
from corpus.errors import LibraryError
from corpus.types import Article, Document


class Library:
    """A folder of added documents."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, document: Document) -> str:
        """Keep a document and return its id; the same content has the same id."""
        fields = asdict(document)
        del fields["collection"]  # told by the rest
        text = json.dumps(fields, ensure_ascii=False, default=date.isoformat, indent=1)
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        path = self._folder / f"{name}.json"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}.tmp")
            try:
                with temporary.open("w", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
        return name

    def load(self, names: Iterable[str]) -> list[Document]:
        """The documents with these ids; LibraryError where one cannot be read."""
        return [self._load(name) for name in names]

    def _load(self, name: str) -> Document:
        try:
            fields = json.loads((self._folder / f"{name}.json").read_text("utf-8"))
            return Document(
                title=fields["title"],
                kind=Kind(fields["kind"]),
                issuer=fields["issuer"],
                adopted=_day(fields["adopted"]),
                effective=_day(fields["effective"]),
                url=fields["url"],
                articles=tuple(
                    Article(a["key"], a["label"], tuple(a["path"]), a["text"], a["note"])
                    for a in fields["articles"]
                ),
                byline=tuple((k, v) for k, v in fields["byline"]),
                repairs=tuple((k, v) for k, v in fields["repairs"]),
                received=_day(fields.get("received")),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryError(
                f"添加的文件 {name} 读不出来，请用 ecopolicy corpus remove {name} 移除后重新添加。"
            ) from error

    def prune(self, keep: Iterable[str]) -> None:
        """Delete files of documents that are in use nowhere any more."""
        kept = set(keep)
        for path in self._folder.glob("*.json"):
            if path.stem not in kept:
                path.unlink()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
