"""What writing a matter (事项) begins with where a reader's feedback asks for one."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.records.verdict import Feedback
from assistant.types import NOT_COVERED

#: How an answer says that the texts which it names before decide what was asked.
_NOT_HELD = "，这里没有收录"
_OPENINGS = ("还要看", "由")
#: How a refusal says that a text which the question names is not there.
_ABSENT = f"{NOT_COVERED}《"
_TITLE = re.compile(r"《([^《》]+)》(?:（([^（）]*)）)?")


def to_matter_start(feedback: Feedback) -> dict[str, list[str]]:
    """By the names of a matter's fields: ``tellings`` with the question, ``by`` with the cited keys
    as candidates, ``needs`` with the texts that the kept answer names as not held, each in the form
    ``title（number）``."""
    needs = [need for text in _sentences(feedback.answer) for need in _needs(text)]
    return {
        "tellings": [feedback.asked],
        "by": list(feedback.keys),
        "needs": list(dict.fromkeys(needs)),
    }


def _sentences(answer: Mapping[str, Any] | None) -> Iterator[str]:
    """The answer's sentences, of which one may be several."""
    for sentence in (answer or {}).get("sentences", ()):
        yield from sentence["text"].split("。")


def _needs(text: str) -> Iterator[str]:
    if _ABSENT in text:
        yield from (_plain(match) for match in _TITLE.finditer(text))
    elif text.endswith(_NOT_HELD):
        told = text.removesuffix(_NOT_HELD).removesuffix("决定")
        opening = next((opening for opening in _OPENINGS if opening in told), "")
        yield from _names(told.partition(opening)[2] if opening else told)


def _names(told: str) -> Iterator[str]:
    """The texts of a list, those that have no title (当地的通告) in their words."""
    start = 0
    for match in _TITLE.finditer(told):
        yield from _described(told[start : match.start()])
        yield _plain(match)
        start = match.end()
    yield from _described(told[start:])


def _described(words: str) -> Iterator[str]:
    words = words.strip("、").removeprefix("和").removesuffix("和").strip("、")
    if words:
        yield words


def _plain(title: re.Match[str]) -> str:
    """A title without marks, with its number where it has one."""
    name = title[1].replace("〈", "《").replace("〉", "》")
    number = (title[2] or "").partition("，")[0]
    return f"{name}（{number}）" if any(c.isdigit() for c in number) else name
