"""Matters (事项): common situations with what people ask about them, and what answers each ask.

Ours, written by reading the articles; a statement points to the 条, 款 or 项 that carry it and is
shown only with these quoted. Never shown as law. A bureau writes its own beside them (标准问答),
which are signed and may hold for a time.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.collections.field_names import field_name
from corpus.errors import CorpusError

MATTERS_FOLDER = "matters"
#: The ids of the texts that the statements were written from (``ecopolicy reviewed``).
REVIEWED = "reviewed.json"


class AskKind(StrEnum):
    """What is asked about a matter, in the words of its data."""

    PERMISSION = "可不可以"
    DUTY = "要办什么"
    OFFICE = "谁管"
    PENALTY = "怎么罚"
    REMEDY = "怎么办"
    TERM = "期限"
    EXCEPTION = "例外"
    MEANING = "是什么"
    LIABILITY = "谁负责"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a target was when a statement was signed: the id of its text (``text_id``), and of the
    document that it stands in."""

    text: str
    document: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A short sentence in plain words and what carries it: ``key`` or ``key|part``, as in
    ``Span.part``. ``of`` names those whom alone it concerns (个人, 单位 …); ``reviewed`` has what
    each of ``by`` was when a bureau's own statement was signed, empty where that isn't kept."""

    text: str
    by: tuple[str, ...]
    of: str = ""
    reviewed: tuple[Reviewed, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked about a matter.

    ``asked`` are short ways of asking it. Without ``statement`` the corpus does not say it:
    ``needs`` names the texts outside that do, ``near`` (``key`` or ``key|part``) what is nearest.
    ``always`` names what is asked alike whatever happened, and answered alike (赔偿, 举证, 免罚).
    """

    kind: AskKind
    asked: tuple[str, ...]
    statement: tuple[Statement, ...] = ()
    needs: tuple[str, ...] = ()
    near: str = ""
    always: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A situation as people tell it (``tellings``; ``unlike`` is near, but another one).

    The first of its asks is what somebody wants to know who only tells his story. ``needs`` are
    texts outside the corpus that any answer on it has to name. ``is_own`` tells that the bureau's
    staff wrote it, ``signed`` who and ``signed_on`` when; it holds from ``valid_from`` to
    ``valid_to``, both included, None where that is open.
    """

    id: str
    name: str
    who: tuple[str, ...]
    tellings: tuple[str, ...]
    ask: tuple[Ask, ...]
    unlike: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    signed: str = ""
    signed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    is_own: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` is in the time for which it was written."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


_READ = TypeAdapter(list[Matter])
#: So many files are remembered as they were read: with every document that staff add the corpus is
#: put together anew.
_REMEMBERED = 32


def targets_of(matters: Iterable[Matter]) -> list[str]:
    """All that the statements of matters point to, each once."""
    return list(
        dict.fromkeys(
            t for matter in matters for ask in matter.ask for s in ask.statement for t in s.by
        )
    )


def text_id(text: str) -> str:
    """A short id of a text's content."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def read_reviewed(collections: Iterable[Traversable]) -> dict[str, str]:
    """By target (as in ``Statement.by``) the id of the text that it had when it was reviewed."""
    found: dict[str, str] = {}
    for collection in collections:
        if (file := collection / REVIEWED).is_file():
            try:
                found |= json.loads(file.read_text("utf-8"))
            except (OSError, ValueError) as error:
                raise CorpusError(f"{REVIEWED} 读不懂（{error}），请恢复原文件。") from error
    return found


def read_matters(collections: Iterable[Traversable]) -> list[Matter]:
    """The matters of collections, in the order of the files' names."""
    files = [
        file
        for collection in collections
        if (folder := collection / MATTERS_FOLDER).is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    return [m for file in sorted(files, key=lambda f: f.name) for m in read_file(file)]


def read_own_matters(folder: Path) -> list[Matter]:
    """The matters that a bureau's staff wrote, in ``folder/matters/*.toml``."""
    return [replace(matter, is_own=True) for matter in read_matters([folder])]


def read_file(file: Traversable) -> list[Matter]:
    """The matters in one file; CorpusError says which field of which matter is wrong."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        raise CorpusError(f"事项文件 {file.name} 读不懂（{error}），请改正。") from error
    return parse_matters(text, file.name)


def parse_matters(text: str, name: str) -> list[Matter]:
    """The matters in the text of a file of this name; CorpusError says what is wrong in it."""
    return list(_parsed(text, name))


@lru_cache(maxsize=_REMEMBERED)
def _parsed(text: str, name: str) -> tuple[Matter, ...]:
    try:
        rows = tomllib.loads(text).get("matter", [])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorpusError(f"事项文件 {name} 读不懂（{error}），请改正。") from error
    try:
        return tuple(_READ.validate_python(rows))
    except ValidationError as error:
        number, *field = error.errors()[0]["loc"] or (0,)
        place = f"第 {number + 1} 个事项" if isinstance(number, int) else "里的事项"
        where = f"的 {field_name(field)} " if field else ""
        raise CorpusError(f"事项文件 {name} {place}{where}写得不对，请改正。") from error
