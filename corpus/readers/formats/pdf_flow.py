"""The pages of a file → its blocks: what runs along the edges is left out, lines are joined."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.formats.blocks import Block
from corpus.readers.formats.lines import Layout, Line, join_placed, measure
from corpus.readers.formats.pdf_columns import MIN_COLUMN
from corpus.readers.formats.pdf_page import Item
from corpus.readers.formats.pdf_tables import PlacedTable, goes_on, joined
from corpus.readers.formats.pdf_text import PlacedLine
from corpus.readers.formats.tables import Table, blocks_of

_PAGE_NUMBER = re.compile(
    r"^[-—–·\s]*第?\s*(\d{1,4})\s*页?\s*(?:[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–·\s]*$"
)
_COUNTED = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})$")
_DIGITS = re.compile(r"\d+")
#: What stands above a table and goes on in no line, and above the part of one that is overleaf.
_ABOVE_TABLE = re.compile(r"^附?表\s*[\d一二三四五六七八九十A-Z]|^[（(]?\s*(?:计量)?单位\s*[:：]")
_GOES_ON = re.compile(r"^[（(]?续\s*表|^附?表.{0,40}[（(]\s*续\s*(?:表)?\s*\d*[）)]$")


def flow(pages: Sequence[Sequence[Item]]) -> list[Block]:
    """The blocks of all pages in order, each with the page on which it begins."""
    items = _join_tables(_strip_edges(pages))
    lines = list(_set(items))
    placed = [x for x in lines if isinstance(x, PlacedLine)]
    layouts = {
        False: measure([x.line for x in placed if not x.in_column], is_set=True),
        True: measure([x.line for x in placed if x.in_column], True, MIN_COLUMN),
    }
    blocks: list[Block] = []
    run: list[PlacedLine] = []
    for item in lines:
        if isinstance(item, PlacedTable):
            blocks += _paragraphs(run, layouts)
            run = []
            table = Table(item.rows, header_rows=item.head)
            blocks += (replace(block, page=item.page) for block in blocks_of(table))
            continue
        if run and run[-1].in_column is not item.in_column:
            blocks += _paragraphs(run, layouts)
            run = []
        run.append(item)
    return blocks + list(_paragraphs(run, layouts))


def _paragraphs(run: Sequence[PlacedLine], layouts: dict[bool, Layout]) -> Iterator[Block]:
    if run:
        for text, lines in join_placed([x.line for x in run], layouts[run[0].in_column]):
            is_recognized = any(line.is_recognized for line in lines)
            yield Block(text, page=lines[0].page, is_recognized=is_recognized)


def _strip_edges(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Leave out page numbers, and what is repeated at the same place of several pages."""
    kept = [list(items) for items in pages]
    for edge in (0, -1):
        for _ in range(2):
            running = _running(kept, edge)
            for items, is_running in zip(kept, running, strict=True):
                if is_running:
                    items.pop(edge)
    return kept


def _running(pages: Sequence[Sequence[Item]], edge: int) -> list[bool]:
    """For each page: is its first (last) line a page number, or repeated on a third of all?"""
    found = [page[edge] if page else None for page in pages]
    lines = [x if isinstance(x, PlacedLine) else None for x in found]
    places = [(_DIGITS.sub("#", x.text), round(x.top / 3)) if x else None for x in lines]
    counts = Counter(place for place in places if place)
    enough = max(2, len(pages) / 3)
    numbers = [_PAGE_NUMBER.match(x.text) if x else None for x in lines]
    offsets = [int(number[1]) - i for i, number in enumerate(numbers) if number]
    is_counted = len(set(offsets)) == 1 and (len(offsets) > 1 or offsets[0] == 1)
    return [
        (number is not None and is_counted)
        or (place is not None and counts[place] >= enough)
        or (x is not None and _is_counted(x.text, index, len(pages)))
        for index, (x, place, number) in enumerate(zip(lines, places, numbers, strict=True))
    ]


def _is_counted(text: str, index: int, count: int) -> bool:
    """A browser's footer: 「file:///… 3/12」 on the third of twelve pages."""
    match = _COUNTED.search(text)
    return match is not None and (int(match[1]), int(match[2])) == (index + 1, count)


def _join_tables(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """A table at a page's foot and the rest of it at the top of the next become one."""
    kept = [list(items) for items in pages]
    last: tuple[list[Item], PlacedTable] | None = None
    for items in kept:
        at = next((i for i, x in enumerate(items) if isinstance(x, PlacedTable)), None)
        if last is not None and at is not None and _are_marks(items[:at]):
            below = items[at]
            if isinstance(below, PlacedTable) and goes_on(last[1], below):
                whole = joined(last[1], below)
                del items[: at + 1]
                last[0][-1] = whole
                if not items:  # it may go on once more
                    last = (last[0], whole)
                    continue
        end = items[-1] if items else None
        last = (items, end) if isinstance(end, PlacedTable) else None
    return kept


def _are_marks(items: Sequence[Item]) -> bool:
    """Nothing, or only 「续表1」."""
    return all(isinstance(x, PlacedLine) and _GOES_ON.match(x.text) for x in items)


def _set(pages: Sequence[Sequence[Item]]) -> Iterator[Item]:
    """The lines in ems, each told whether it stands apart from the one above."""
    every = [x for page in pages for x in page if isinstance(x, PlacedLine)]
    if not every:
        yield from (x for page in pages for x in page)
        return
    em = Counter(round(x.line.size, 1) for x in every).most_common(1)[0][0] or 1.0
    pitch = _pitch(pages, em)
    for page in pages:
        above: Item | None = None
        for index, x in enumerate(page):
            if isinstance(x, PlacedTable):
                yield x
            else:
                is_apart = _is_above_table(page[index:]) or _is_apart(above, x, pitch)
                yield replace(x, line=_scaled(x.line, em, is_apart))
            above = x


def _pitch(pages: Sequence[Sequence[Item]], em: float) -> float:
    """From the top of a line to that of the next, as a rule."""
    pitches = [
        b.top - a.top
        for page in pages
        for a, b in pairwise(page)
        if isinstance(a, PlacedLine) and isinstance(b, PlacedLine) and b.top > a.top
    ]
    return sorted(pitches)[len(pitches) // 5] if pitches else em


def _is_apart(above: Item | None, line: PlacedLine, pitch: float) -> bool | None:
    """None at the top of a page or of a column: there nobody can tell."""
    if above is None or line.top < above.top:
        return None
    return isinstance(above, PlacedTable) or line.top - above.top > 1.3 * pitch


def _is_above_table(items: Sequence[Item]) -> bool:
    """「表1 …」 or 「单位：…」, at most two lines above a table."""
    line = items[0]
    is_near = any(isinstance(x, PlacedTable) for x in items[1:3])
    return is_near and isinstance(line, PlacedLine) and bool(_ABOVE_TABLE.match(line.text))


def _scaled(line: Line, em: float, is_apart: bool | None) -> Line:
    return replace(
        line, left=line.left / em, right=line.right / em, size=line.size / em, apart=is_apart
    )
