"""Matters (事项): common situations with what people ask about them, and what answers each ask.

Ours, written by reading the articles; a statement points to the 条, 款 or 项 that carry it and is
shown only with these quoted. Never shown as law.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable

from pydantic import TypeAdapter, ValidationError

from corpus.errors import CorpusError

FOLDER = "matters"
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
class Statement:
    """A short sentence in plain words and what carries it: ``key`` or ``key|part``, as in
    ``Span.part``. ``of`` names those whom alone it concerns (个人, 单位 …)."""

    text: str
    by: tuple[str, ...]
    of: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is asked about a matter.

    ``asked`` are short ways of asking it. Without ``statement`` the corpus does not say it:
    ``needs`` names the texts outside that do, ``near`` (``key`` or ``key|part``) what is nearest.
    """

    kind: AskKind
    asked: tuple[str, ...]
    statement: tuple[Statement, ...] = ()
    needs: tuple[str, ...] = ()
    near: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A situation as people tell it (``tellings``; ``unlike`` is near, but another one).

    The first of its asks is what somebody wants to know who only tells his story. ``needs`` are
    texts outside the corpus that any answer on it has to name.
    """

    id: str
    name: str
    who: tuple[str, ...]
    tellings: tuple[str, ...]
    ask: tuple[Ask, ...]
    unlike: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


_READ = TypeAdapter(list[Matter])


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
        if (folder := collection / FOLDER).is_dir()
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    return [m for file in sorted(files, key=lambda f: f.name) for m in read_file(file)]


def read_file(file: Traversable) -> list[Matter]:
    """The matters in one file; CorpusError says which field of which matter is wrong."""
    try:
        rows = tomllib.loads(file.read_text("utf-8")).get("matter", [])
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise CorpusError(f"事项文件 {file.name} 读不懂（{error}），请改正。") from error
    try:
        return _READ.validate_python(rows)
    except ValidationError as error:
        first = error.errors()[0]
        number, *field = first["loc"]
        place = ".".join(map(str, field))
        raise CorpusError(
            f"事项文件 {file.name} 第 {int(number) + 1} 个事项的 {place} 写得不对，请改正。"
        ) from error
