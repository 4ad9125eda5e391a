"""Batches: a question a line in, an answer a line out."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.intake import read_day
from assistant.types import Audience, Query
from corpus.errors import BatchLineError, OptionError, UserError


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One line as read; ``problem`` says why it cannot be a query."""

    id: str
    fields: dict[str, Any]
    problem: str = ""

    def query(self, audience: Audience, day: date) -> Query:
        """The query of this line; BatchLineError where it is unfit."""
        if self.problem:
            raise BatchLineError(self.problem)
        turns = self.fields.get("turns") or [self.fields.get("question")]
        if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
            raise BatchLineError("这一行没有 question（文字）或 turns（文字列表），请补上。")
        try:
            audience = Audience(self.fields.get("audience", audience))
        except ValueError as error:
            raise BatchLineError("audience 只能是 public、enterprise 或 staff。") from error
        try:
            day = read_day(str(self.fields["as_of"])) if "as_of" in self.fields else day
        except OptionError as error:
            raise BatchLineError(str(error)) from error
        return Query(turns[-1], day, audience, tuple(turns[:-1]), self.id)


def read_batch(path: Path) -> Iterator[BatchLine]:
    """Check that the file can be read, then yield its lines; OptionError where it cannot."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise OptionError(f"文件 {path} 不是 UTF-8 编码，请另存为 UTF-8 再试。") from error
    except OSError as error:
        raise OptionError(f"读不了文件 {path}，请检查路径和权限。") from error
    return (_parse(number, line) for number, line in enumerate(lines, 1) if line.strip())


def _parse(number: int, line: str) -> BatchLine:
    fallback = f"line-{number}"
    try:
        fields = json.loads(line)
    except ValueError:
        return BatchLine(fallback, {}, f"第 {number} 行不是 JSON，请改正。")
    if not isinstance(fields, dict):
        return BatchLine(fallback, {}, f"第 {number} 行不是 JSON 对象，请改正。")
    return BatchLine(str(fields.get("id", fallback)), fields)


def write_batch(
    out: Path, lines: Iterator[BatchLine], answer: Callable[[BatchLine], dict[str, Any]]
) -> None:
    """Write one JSON line an input line; a bad line becomes ``{"id", "error"}``.

    The file appears under its name only when it is complete.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    except OSError as error:
        raise OptionError(f"写不了文件 {out}，请检查路径和权限。") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            for line in lines:
                try:
                    result = answer(line)
                except UserError as error:
                    result = {"id": line.id, "error": str(error)}
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
        Path(temporary).replace(out)
    finally:
        Path(temporary).unlink(missing_ok=True)
