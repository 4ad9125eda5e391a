"""What every format is brought to: blocks of text, some of them headings."""

import re
from dataclasses import dataclass

from corpus.language import strip_control, strip_stray_spaces

_BLANKS = re.compile(r"[ \t\u3000\u2009\u00a0]{2,}|\t")
_CELL_MARK = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a table of the file.

    ``level`` is 1 … 6 where the format itself marks a heading, else 0. A table has one row a line.
    ``text`` keeps its spaces: they tell 「第三条 …」 (an article) from 「第三条的…」 (a reference).
    """

    text: str
    level: int = 0
    is_table: bool = False

    @property
    def clean(self) -> str:
        """The text without control characters and stray spaces; nothing else is changed."""
        lines = (tidy(line) for line in self.text.split("\n"))
        if self.is_table:
            lines = (_CELL_MARK.sub(" | ", line) for line in lines)
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of a file in reading order; ``title`` is the one that the format keeps apart."""

    blocks: tuple[Block, ...]
    title: str = ""


def tidy(text: str) -> str:
    """One line without control characters and stray spaces; a run of blanks is one."""
    return strip_stray_spaces(_BLANKS.sub(" ", strip_control(text)).strip())


def row(cells: list[str]) -> str:
    """The cells of a table's row as one line, empty ones at its end left out."""
    return " | ".join(" ".join(cell.split()) for cell in cells).rstrip(" |")
