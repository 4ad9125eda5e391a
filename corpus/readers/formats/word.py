"""Word documents (docx): paragraphs and tables in the order of the body."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from corpus.readers.formats.archive import check_archive
from corpus.readers.formats.blocks import Block, Content
from corpus.readers.formats.numbering import Numbering, number_of
from corpus.readers.formats.tables import Table, blocks_of, is_layout

#: No table is wider. One with fewer rows that holds other tables only places them.
_MAX_WIDTH, _MIN_ROWS = 200, 3

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-6])", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题)$", re.IGNORECASE)
_CONTENTS = "Table of Contents"
#: What is no text of this place: deleted or moved away, set in a box, or a reading aid.
_NOT_TEXT = {
    qn(name) for name in ("w:del", "w:moveFrom", "w:pict", "w:object", "w:drawing", "w:rt")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
_SIGNS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_WRAPPERS = {qn(name) for name in ("w:ins", "w:moveTo", "w:customXml", "w:sdtContent", "w:sdt")}


def read_word(data: bytes, name: str) -> Content:
    """Read the body; text in boxes, notes, headers and footers is left out."""
    check_archive(data, name, "word/", "docx 文件", "Word 或 WPS ")
    document = docx.Document(io.BytesIO(data))
    return Content(tuple(_blocks(document.element.body, document, Numbering(document))))


def _blocks(container: Any, document: WordDocument, numbering: Numbering) -> Iterator[Block]:
    for element in container:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            level = _level(paragraph)
            text = f"{numbering.label(paragraph)} {_text(element)}"
            lines = [text.replace("\n", " ")] if level else text.split("\n")
            yield from (Block(line.strip(), level) for line in lines if line.strip())
        elif element.tag == qn("w:tbl"):
            yield from _table(element, document, numbering)
        elif element.tag in _WRAPPERS and not _is_contents(element):
            yield from _blocks(element, document, numbering)


def _is_contents(element: Any) -> bool:
    galleries = element.findall(f"{qn('w:sdtPr')}//{qn('w:docPartGallery')}")
    return any(gallery.get(qn("w:val")) == _CONTENTS for gallery in galleries)


def _table(table: Any, document: WordDocument, numbering: Numbering) -> Iterator[Block]:
    """A table with its merged cells filled in; of one that only frames text, its paragraphs."""
    lines = list(_children(table, "w:tr"))
    cells = [list(_children(line, "w:tc")) for line in lines]
    found = Table(_rows(lines, cells))
    if not is_layout(found) and not _frames_tables(table, len(lines)):
        yield from blocks_of(found)
        return
    for cell in (cell for line in cells for cell in line):
        yield from _blocks(cell, document, numbering)


def _children(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, and not those of a table within."""
    for child in element:
        if child.tag == qn(name):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _rows(lines: Sequence[Any], cells: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
    """The texts of the cells in all places that they cover."""
    rows: list[list[str]] = []
    for line, row in zip(lines, cells, strict=True):
        above = rows[-1] if rows else []
        texts: dict[int, str] = {}
        for column, (cell, width) in _placed(line, row).items():
            goes_on = _continues(cell) and column < len(above)
            text = above[column] if goes_on else _cell_text(cell)
            texts |= dict.fromkeys(range(column, column + width), text)
        rows.append([texts.get(i, "") for i in range(max(texts, default=-1) + 1)])
    width = max(map(len, rows), default=0)
    return tuple(tuple(texts + [""] * (width - len(texts))) for texts in rows)


def _cell_text(cell: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))


def _continues(cell: Any) -> bool:
    """Whether a cell only carries the one above it on."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _frames_tables(table: Any, rows: int) -> bool:
    """Whether a table holds others, and little beside them."""
    within = [inner for inner in table.iter(qn("w:tbl")) if inner is not table]
    if not within or rows < _MIN_ROWS:
        return bool(within)
    return 2 * sum(len(_cell_text(inner)) for inner in within) >= len(_cell_text(table))


def _placed(line: Any, row: Sequence[Any]) -> dict[int, tuple[Any, int]]:
    """The cells of a row by their columns, with their widths."""
    before = line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    column = number_of(before.get(qn("w:val")), 0) if before is not None else 0
    column = min(column, _MAX_WIDTH)
    found = {}
    for cell in row:
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        width = number_of(span.get(qn("w:val")), 1) if span is not None else 1
        width = max(1, min(width, _MAX_WIDTH - column))
        found[column] = (cell, width)
        column += width
    return found


def _text(element: Any) -> str:
    """The text of a paragraph, with tracked insertions and without tracked deletions."""
    parts: list[str] = []
    for child in element:
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif isinstance(child.tag, str) and child.tag not in _NOT_TEXT:
            parts.append(_text(child))
    return "".join(parts)


def _level(paragraph: Paragraph) -> int:
    """The level of a heading by its style or one that this is based on, else 0."""
    style = paragraph.style
    for _ in range(10):
        if style is None:
            return 0
        name = style.name or ""
        if _TITLE.match(name):
            return 1
        if match := _HEADING.match(name):
            return int(match[1])
        style = getattr(style, "base_style", None)
    return 0
