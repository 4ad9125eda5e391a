"""Matters as TOML: the form in which they are kept, handed on and written by hand."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from corpus.collections import Ask, Matter, Statement, parse_matters
from corpus.errors import CorpusError, OptionError


def to_toml(matters: Iterable[Matter]) -> str:
    """The matters in the form that ``from_toml`` and the collections read."""
    return "\n".join(line for matter in matters for line in _matter(matter))


def from_toml(text: str, name: str = "TOML") -> list[Matter]:
    """The matters in a text; OptionError says what is wrong in it, and where there are none."""
    try:
        matters = parse_matters(text, name)
    except CorpusError as error:
        raise OptionError(str(error)) from error
    if not matters:
        raise OptionError(f"{name} 里没有事项，请照说明写成 [[matter]] 开头的段落。")
    return matters


def _matter(matter: Matter) -> Iterator[str]:
    yield "[[matter]]"
    yield from _fields(id=matter.id, name=matter.name, who=matter.who, tellings=matter.tellings)
    yield from _fields(unlike=matter.unlike, needs=matter.needs, signed=matter.signed)
    for field in ("signed_on", "valid_from", "valid_to"):
        day: date | None = getattr(matter, field)
        if day:
            yield f"{field} = {day.isoformat()}"
    yield ""
    if not matter.ask:
        # Without it the field would be missing, which is not the same as empty.
        yield from ("ask = []", "")
    for ask in matter.ask:
        yield from _ask(ask)


def _ask(ask: Ask) -> Iterator[str]:
    yield "[[matter.ask]]"
    yield f"kind = {_text(ask.kind.value)}"
    yield f"asked = {_texts(ask.asked)}"
    yield from _fields(needs=ask.needs, near=ask.near, always=ask.always)
    yield ""
    for statement in ask.statement:
        yield from _statement(statement)


def _statement(statement: Statement) -> Iterator[str]:
    yield "[[matter.ask.statement]]"
    yield from _fields(of=statement.of)
    yield f"text = {_text(statement.text)}"
    yield f"by = {_texts(statement.by)}"
    if statement.reviewed:
        held = (
            f"    {{ text = {_text(r.text)}, document = {_text(r.document)} }},"
            for r in statement.reviewed
        )
        yield from ("reviewed = [", *held, "]")
    yield ""


def _fields(**fields: str | tuple[str, ...]) -> Iterator[str]:
    """What must be there, and what is not empty."""
    for name, value in fields.items():
        if value or name in ("id", "name", "who", "tellings"):
            yield f"{name} = {_text(value) if isinstance(value, str) else _texts(value)}"


def _texts(texts: tuple[str, ...]) -> str:
    if len(texts) < 2:
        return f"[{', '.join(map(_text, texts))}]"
    return "\n".join(("[", *(f"    {_text(text)}," for text in texts), "]"))


def _text(text: str) -> str:
    """A basic string: JSON writes its escapes as TOML does, but for this one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
