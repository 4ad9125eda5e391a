"""A model's reply, read as it comes: one proposed sentence after the other.

Reads the JSON form, plain text with marks, and what models make of either: code fences, thoughts,
lists, marks before or after the full stop.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.language import strip_control

#: More than these are not read: a reply that goes on is cut off.
MAX_SENTENCES = 18
MAX_REPLY = 6_000
_MAX_SENTENCE = 300
#: So many characters tell which form a reply has.
_TELLS = 3

_BRACKETED_MARK = re.compile(r"\s*[\[【［〔]\^?\s*((?:[0-9]{1,3}\s*[,，、;；-]?\s*)+)[\]】］〕]")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_LEADING = re.compile(r"^(?:[-*•·>#\s]+|(?:回答|答案|答)[:：]\s*|[0-9]{1,2}[.、)）]\s*)+")
_DECORATION = re.compile(r"\*{1,3}|`+|^#+\s*")
_TRAILING_SOURCE = re.compile(
    r"[（(，,；;](?:依据|根据|参见|见|来源)[:：]?(?:原文)?(?:编号)?[）)]?$"
)
_ENDS = "。！？!?\n"
_CLOSERS = "」』”’\"'）)"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that a model proposes, the numbers that it names for it, and which ask of several
    it answers (from 1, 0 where it does not say)."""

    text: str
    marks: tuple[int, ...]
    ask: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """An ask that the passages don't answer, as a model says, and what it would search for."""

    ask: int
    query: str


def read_reply(pieces: Iterable[str]) -> Iterator[Proposal | Missing | None]:
    """The sentences of a reply and what it misses, each as soon as it is complete; None where a
    piece of it completes nothing, so that something else can be looked after."""
    buffer = ""
    read = 0
    done = 0
    reader: _JsonReader | _TextReader | None = None
    for piece in pieces:
        read += len(piece)
        buffer += piece
        if reader is None:
            buffer = _THOUGHT.sub("", buffer).lstrip() if "</think>" in buffer else buffer.lstrip()
            if len(buffer) < _TELLS or buffer.startswith("<think>"[: len(buffer)]):
                continue
            reader = _JsonReader() if _looks_like_json(buffer) else _TextReader()
        sentences, buffer = reader.read(buffer)
        for sentence in sentences:
            yield sentence
            done += 1
            if done >= MAX_SENTENCES:
                return
        if read > MAX_REPLY:
            return
        if not sentences:
            yield None
    buffer = _THOUGHT.sub("", buffer).strip()
    if buffer and reader is None:
        reader = _JsonReader() if _looks_like_json(buffer) else _TextReader()
        sentences, buffer = reader.read(buffer)
        yield from sentences
    if buffer and isinstance(reader, _TextReader) and (last := _proposal(buffer)):
        yield last


def read_proposals(pieces: Iterable[str]) -> Iterator[Proposal]:
    """The sentences of a reply alone."""
    return (each for each in read_reply(pieces) if isinstance(each, Proposal))


def _looks_like_json(buffer: str) -> bool:
    return buffer.startswith(("{", "```"))


class _JsonReader:
    """Finds the objects with a ``text`` in JSON that is still being written."""

    def read(self, buffer: str) -> tuple[list[Proposal | Missing], str]:
        """The complete objects of the buffer, and what is left of it."""
        found: list[Proposal | Missing] = []
        opened: list[int] = []
        in_string = escaped = False
        rest = 0
        for i, character in enumerate(buffer):
            if in_string:
                in_string = escaped or character != '"'
                escaped = character == "\\" and not escaped
            elif character == '"':
                in_string = True
            elif character == "{":
                opened.append(i)
            elif character == "}" and opened:
                start = opened.pop()
                found += _from_object(buffer[start : i + 1])
                rest = i + 1
        return found, buffer[rest:]


def _from_object(text: str) -> list[Proposal | Missing]:
    """The sentences of one object, each with the object's marks, or what it says is missing."""
    try:
        value = json.loads(text)
    except ValueError:
        return []
    if not isinstance(value, dict):
        return []
    ask = value.get("ask")
    ask = ask if isinstance(ask, int) else 0
    if not isinstance(value.get("text"), str):
        query = value.get("query")
        return [Missing(ask, query)] if ask and isinstance(query, str) else []
    given = value.get("units", value.get("passages", []))
    marks = [n for n in given if isinstance(n, int)] if isinstance(given, list) else []
    sentences, _ = _TextReader().read(value["text"].strip() + "\n")
    return [Proposal(s.text, tuple(dict.fromkeys((*marks, *s.marks))), ask) for s in sentences]


class _TextReader:
    """Cuts plain text at the ends of sentences, outside quotes; marks behind one belong to it."""

    def read(self, buffer: str) -> tuple[list[Proposal], str]:
        """The complete sentences of the buffer, and what is left of it."""
        found: list[Proposal] = []
        start = depth = i = 0
        while i < len(buffer):
            character = buffer[i]
            depth += (character in "「“") - (character in "」”")
            i += 1
            if character not in _ENDS or (depth > 0 and character != "\n"):
                continue
            while i < len(buffer) and buffer[i] in _CLOSERS:
                i += 1
            end = _after_marks(buffer, i)
            if end is None:
                break
            if proposal := _proposal(buffer[start:end]):
                found.append(proposal)
            start, i, depth = end, end, 0
        if len(buffer) - start > _MAX_SENTENCE:
            start = len(buffer)  # a sentence that does not end is none
        return found, buffer[start:]


def _after_marks(buffer: str, i: int) -> int | None:
    """Where the marks behind a sentence end; None where more of them may be on the way."""
    while match := _BRACKETED_MARK.match(buffer, i):
        i = match.end()
    rest = buffer[i:].lstrip(" ")
    if not rest or (rest[0] in "[【［〔" and len(rest) < 8 and not set("]】］〕") & set(rest)):
        return None
    return i


def _proposal(text: str) -> Proposal | None:
    """The sentence in a piece of a reply, without its marks and decoration."""
    marks: list[int] = []

    def take(match: re.Match[str]) -> str:
        digits = "".join(sign if sign.isdecimal() else " " for sign in match[1])
        marks.extend(map(int, digits.split()))
        return ""

    plain = _BRACKETED_MARK.sub(take, strip_control(text))
    plain = _DECORATION.sub("", _LEADING.sub("", plain.strip())).strip()
    plain = _TRAILING_SOURCE.sub("", plain.rstrip("。 ")).rstrip("，,；; ") if plain else ""
    if len(plain) < 2:
        return None
    return Proposal(plain if plain[-1] in "。！？」" else plain + "。", tuple(dict.fromkeys(marks)))
