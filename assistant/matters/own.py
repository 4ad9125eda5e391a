"""The matters that a bureau's staff writes (标准问答): a file each, kept only if it can be said."""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from filelock import FileLock

from assistant.matters.as_toml import to_toml
from assistant.matters.carrying import place_of
from assistant.matters.reviewing import find_problems
from corpus.catalog import Corpus
from corpus.collections import (
    MATTERS_FOLDER,
    Ask,
    Matter,
    Reviewed,
    Statement,
    parse_matters,
    read_own_matters,
    text_id,
)
from corpus.errors import MatterError, OptionError, Problem
from corpus.language import strip_control

#: A name that is safe as that of a file, and stands for no part of a matter.
_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_REMOVED = "removed"
_ALL = ("public", "enterprise", "staff")


class OwnMatters:
    """The folder of a bureau's own matters in its data folder; one writer at a time.

    Files that somebody wrote by hand are read along with the others, and never changed.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self.folder = data_dir / MATTERS_FOLDER

    def all(self) -> list[Matter]:
        """All that are kept, in the order of the files' names."""
        return read_own_matters(self._data_dir)

    def find(self, name: str) -> Matter | None:
        """The matter with this id, None where there is none."""
        return next((matter for matter in self.all() if matter.id == name), None)

    def save(self, matter: Matter, by: str, corpus: Corpus, day: date) -> Matter:
        """Keep a matter, signed ``by`` a person on ``day``, in place of the one of its id.

        Returns it as it is kept, with what its articles say; without an id it is given one.
        MatterError with every problem where it can't be said beside the matters of ``corpus``;
        then nothing has changed.
        """
        with self._lock():
            kept = self.all()
            matter = tidy(matter)
            if matter.id and not _SAFE.fullmatch(matter.id):
                says = "编号只能用小写字母、数字、“-”和“_”，最多 64 个，请改正或者不写。"
                raise MatterError([Problem("id", says)])
            matter = replace(matter, id=matter.id or _id_of(matter, kept))
            path = self._path_of(matter.id, kept)
            others = [m for m in corpus.matters if not m.is_own]
            others += [m for m in kept if m.id != matter.id]
            if problems := find_problems(matter, corpus, others, day):
                raise MatterError(problems)
            signed = replace(_reviewed(matter, corpus, day), signed=by, signed_on=day, is_own=True)
            write_whole(path, to_toml([signed]))
        return signed

    def remove(self, name: str, by: str) -> Matter:
        """Take the matter with this id out of use; OptionError where there is none.

        Its file goes to ``matters/removed``, with who did that in the first line.
        """
        with self._lock():
            kept = self.all()
            matter = next((m for m in kept if m.id == name), None)
            if matter is None:
                raise OptionError(f"没有编号是“{name}”的标准问答，请刷新后再试。")
            path = self._path_of(name, kept)
            told = f"# 移除：{strip_control(' '.join(by.split()))}\n"
            write_whole(self.folder / _REMOVED / path.name, told + path.read_text("utf-8"))
            path.unlink()
        return matter

    def contents(self) -> dict[Path, str]:
        """Every file with what is in it, for ``restore``."""
        return {path: path.read_text("utf-8") for path in self.folder.glob("*.toml")}

    def restore(self, contents: Mapping[Path, str]) -> None:
        """Put the files back as they were; what was written since is taken away."""
        with self._lock():
            for path, text in self.contents().items():
                if path not in contents:
                    path.unlink()
                elif text != contents[path]:
                    write_whole(path, contents[path])
            for path in contents.keys() - self.contents().keys():
                write_whole(path, contents[path])

    def _lock(self) -> FileLock:
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / ".lock")

    def _path_of(self, name: str, kept: Iterable[Matter]) -> Path:
        """The file of a matter; OptionError where it stands in one that was written by hand."""
        path = self.folder / f"{name}.toml"
        held = parse_matters(path.read_text("utf-8"), path.name) if path.exists() else []
        is_kept = any(matter.id == name for matter in kept)
        if [matter.id for matter in held] == ([name] if is_kept else []):
            return path
        raise OptionError(
            f"标准问答“{name}”写在 {self.folder} 里一个手写的文件中，请在那个文件里改。"
        )


def tidy(matter: Matter) -> Matter:
    """The matter without stray spaces, control characters and empty lines; for all where nobody is
    named."""
    asks = tuple(
        Ask(
            ask.kind,
            _lines(ask.asked),
            tuple(
                Statement(_line(s.text), _lines(s.by), _line(s.of), s.reviewed)
                for s in ask.statement
                if _line(s.text) or s.by
            ),
            _lines(ask.needs),
            _line(ask.near),
        )
        for ask in matter.ask
    )
    return replace(
        matter,
        id=matter.id.strip(),
        name=_line(matter.name),
        who=_lines(matter.who) or _ALL,
        tellings=_lines(matter.tellings),
        ask=asks,
        unlike=_lines(matter.unlike),
        needs=_lines(matter.needs),
    )


def write_whole(path: Path, text: str) -> None:
    """Write a file so that there is at any moment the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _line(text: str) -> str:
    return strip_control(" ".join(text.split()))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(_line, texts)))


def _id_of(matter: Matter, kept: Sequence[Matter]) -> str:
    """An id made of the name and, where another matter has that, of the rest as well."""
    name = f"own-{hashlib.sha256(matter.name.encode()).hexdigest()[:12]}"
    if all(other.id != name for other in kept):
        return name
    return f"own-{hashlib.sha256(repr(matter).encode()).hexdigest()[:12]}"


def _reviewed(matter: Matter, corpus: Corpus, day: date) -> Matter:
    """The matter with what each of its targets is on the day as of which it was checked."""
    day = max(day, matter.valid_from) if matter.valid_from else day

    def of(target: str) -> Reviewed:
        found = place_of(target, corpus, day)
        assert found is not None, "it was checked"
        document, article, (start, end) = found
        return Reviewed(text_id(article.text[start:end]), document.id)

    asks = tuple(
        replace(
            ask,
            statement=tuple(replace(s, reviewed=tuple(map(of, s.by))) for s in ask.statement),
        )
        for ask in matter.ask
    )
    return replace(matter, ask=asks)
