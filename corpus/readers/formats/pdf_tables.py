"""Ruled tables on the pages of a PDF file: their cells, also where a table goes on overleaf."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from operator import itemgetter
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table as FoundTable

from corpus.readers.formats.lines import glue
from corpus.readers.formats.pdf_text import page_lines

#: A drawing (a map, a chart) has more lines than the rules of any table.
_MAX_RULES = 3000
#: Rules at the same place are no further apart, in points.
_SAME = 3.0
#: The head of a table that is repeated overleaf has no more rows.
_MAX_HEAD = 5

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its place on its page, in points; ``rules`` are the left edges of its columns.

    It goes on to ``last_page``. ``head`` counts the rows that are known to be its head: they are
    repeated overleaf.
    """

    rows: Cells
    left: float
    right: float
    top: float
    bottom: float
    rules: tuple[float, ...]
    page: int
    last_page: int
    head: int | None = None

    def holds(self, item: Any) -> bool:
        """Whether the middle of a character lies within."""
        x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return bool(self.left <= x <= self.right and self.top <= y <= self.bottom)


def find_tables(page: Page) -> tuple[list[PlacedTable], bool]:
    """The tables of a page, and whether it was looked for them (not in a drawing)."""
    if len(page.edges) > _MAX_RULES:
        return [], False
    if len(page.edges) < 4:
        return [], True
    return [table for found in page.find_tables() if (table := _place(found, page))], True


def _place(found: FoundTable, page: Page) -> PlacedTable | None:
    """At least two rows and two columns with text; a frame around a text is no table."""
    left, top, right, bottom = found.bbox
    lefts = _distinct(cell[0] for cell in found.cells)
    tops = _distinct(cell[1] for cell in found.cells)
    if len(lefts) < 2 or len(tops) < 2:
        return None
    middles = (((char["top"] + char["bottom"]) / 2, char) for char in page.chars)
    characters = sorted(middles, key=itemgetter(0))
    texts = {cell: _cell_text(characters, cell) for cell in found.cells}
    rows = tuple(tuple(_at(texts, x + _SAME, y + _SAME) for x in lefts) for y in tops)
    rows = tuple(cells for cells in rows if any(cells))
    if sum(len(set(filter(None, cells))) > 1 for cells in rows) < 2:
        return None
    number = page.page_number
    return PlacedTable(rows, left, right, top, bottom, tuple(lefts), number, number)


def _distinct(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _SAME:
            kept.append(place)
    return kept


def _at(texts: dict[tuple[float, float, float, float], str], x: float, y: float) -> str:
    """The text of the cell that covers a point: a merged cell stands in all its rows."""
    return next((t for (x0, y0, x1, y1), t in texts.items() if x0 <= x < x1 and y0 <= y < y1), "")


def _cell_text(characters: Sequence[tuple[float, Any]], cell: tuple[float, ...]) -> str:
    """The text in a cell; ``characters`` are sorted by the heights of their middles."""
    x0, y0, x1, y1 = cell
    start = bisect_left(characters, y0, key=itemgetter(0))
    end = bisect_left(characters, y1, key=itemgetter(0))
    inside = [c for _, c in characters[start:end] if x0 <= (c["x0"] + c["x1"]) / 2 < x1]
    text = ""
    for line in page_lines(inside):
        text = glue(text, line.text) if text else line.text
    return text


def goes_on(above: PlacedTable, below: PlacedTable) -> bool:
    """Whether a table at the top of the next page has the columns of one at the foot of a page."""
    return (
        below.page == above.last_page + 1
        and len(above.rules) == len(below.rules)
        and abs(above.right - below.right) <= _SAME
        and all(abs(a - b) <= _SAME for a, b in zip(above.rules, below.rules, strict=True))
    )


def joined(above: PlacedTable, below: PlacedTable) -> PlacedTable:
    """One table of both; the head that is repeated overleaf is left out there."""
    head = _repeated(above.rows, below.rows)
    rows = above.rows + below.rows[head:]
    return replace(above, rows=rows, last_page=below.page, head=above.head or head or None)


def _repeated(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> int:
    pairs = zip(above[:_MAX_HEAD], below, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
