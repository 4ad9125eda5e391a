"""The characters of a PDF page → lines of text, measured in points."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from pdfplumber.utils.text import chars_to_textmap

from corpus.language import strip_control
from corpus.readers.formats.lines import Line

_RADICAL = re.compile(r"[\u2e80-\u2fdf]")
#: Radicals that Unicode does not fold by itself; fonts give them for the characters beside.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻃⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⼾",
        "母民虎西西见角贝车长长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its place on its page, in points from the top; its text and where it is set.

    In a column the line's ``left`` and ``right`` count from the column's left edge, ``column``.
    """

    line: Line
    top: float
    column: float | None = None

    @property
    def in_column(self) -> bool:
        """Whether it stands in one of several columns."""
        return self.column is not None

    @property
    def text(self) -> str:
        """What is written."""
        return self.line.text


def page_lines(
    characters: Sequence[Any], page: int | None = None, column: float | None = None
) -> list[PlacedLine]:
    """The lines from top to bottom; ``column`` is where their column begins."""
    if not characters:
        return []
    left = column or 0.0
    return [
        PlacedLine(
            Line(
                clean_text(found["text"]),
                found["x0"] - left,
                found["x1"] - left,
                size=_size(found["chars"]),
                page=page,
            ),
            found["top"],
            column,
        )
        for found in chars_to_textmap(list(characters)).extract_text_lines(return_chars=True)
        if found["text"].strip()
    ]


def _size(characters: Sequence[Any]) -> float:
    return float(median(character["size"] for character in characters))


def clean_text(text: str) -> str:
    """Characters that a font gives as radicals (⼀, ⻓) become the ones that are meant."""
    text = _RADICAL.sub(
        lambda m: _RADICALS.get(m[0]) or unicodedata.normalize("NFKC", m[0]), strip_control(text)
    )
    return text.strip()
