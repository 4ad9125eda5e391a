"""What every format is brought to: blocks of text, some of them headings."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.language import strip_control, strip_stray_spaces
from corpus.readers.formats.table import Table

_BLANKS = re.compile(r"[ \t\u3000\u2009\u00a0]{2,}|\t")
_CELL_MARK = re.compile(r"\s*\|\s*")

#: Said of a text that was read off a picture.
RECOGNIZED = "识别文字，请核对原件"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a table of the file.

    ``level`` is 1 … 6 where the format itself marks a heading, else 0. A table has one row a line.
    ``text`` keeps its spaces: they tell 「第三条 …」 (an article) from 「第三条的…」 (a reference).
    ``page`` counts from 1, where the format has pages; ``is_recognized`` tells that some of the
    text was read off a picture. ``table`` is a table's cells until they become ``facts``, its lines
    from then on.
    """

    text: str
    level: int = 0
    is_table: bool = False
    page: int | None = None
    is_recognized: bool = False
    table: Table | None = None
    facts: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """What is to be said wherever the text is shown."""
        return RECOGNIZED if self.is_recognized else ""

    @property
    def clean(self) -> str:
        """The text without control characters and stray spaces; nothing else is changed."""
        if self.facts:
            return "\n".join(self.facts)
        lines = (tidy(line) for line in self.text.split("\n"))
        if self.is_table:
            lines = (_CELL_MARK.sub(" | ", line) for line in lines)
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of a file in reading order; ``title`` is the one that the format keeps apart.

    ``warnings`` are Chinese sentences on what was perhaps not read as it is meant. ``issuer`` and
    ``published`` are what a page tells of itself beside its text; it is the day on which the site
    showed it, never the one from which it is in force.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    warnings: tuple[str, ...] = ()
    issuer: str = ""
    published: date | None = None


def tidy(text: str) -> str:
    """One line without control characters and stray spaces; a run of blanks is one."""
    return strip_stray_spaces(_BLANKS.sub(" ", strip_control(text)).strip())


def row(cells: list[str]) -> str:
    """The cells of a table's row as one line, empty ones at its end left out."""
    return " | ".join(" ".join(cell.split()) for cell in cells).rstrip(" |")
