"""Word documents (docx): paragraphs and tables in the order of the body."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from corpus.errors import DocumentError
from corpus.readers.formats.blocks import Block, Content, row
from corpus.readers.formats.numbering import Numbering

#: A document unpacks to a few times its size; a "zip bomb" to thousands of times.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
_MAX_PARTS = 5000

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
    _check_archive(data, name)
    document = docx.Document(io.BytesIO(data))
    return Content(tuple(_blocks(document.element.body, document, Numbering(document))))


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentError(f"文件「{name}」不完整或已损坏，请重新取得后再试。") from error
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError(f"文件「{name}」加了密码，请去掉密码后再试。")
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise DocumentError(f"文件「{name}」解压后大得不正常，请另存为新的 docx 文件后再试。")
    if not any(part.filename.startswith("word/") for part in parts):
        raise DocumentError(f"「{name}」的内容不是 docx 文件，请用 Word 或 WPS 另存为 docx。")


def _blocks(container: Any, document: WordDocument, numbering: Numbering) -> Iterator[Block]:
    for element in container:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            level = _level(paragraph)
            text = f"{numbering.label(paragraph)} {_text(element)}"
            lines = [text.replace("\n", " ")] if level else text.split("\n")
            yield from (Block(line.strip(), level) for line in lines if line.strip())
        elif element.tag == qn("w:tbl"):
            yield from _table(element)
        elif element.tag in _WRAPPERS and not _is_contents(element):
            yield from _blocks(element, document, numbering)


def _is_contents(element: Any) -> bool:
    galleries = element.findall(f"{qn('w:sdtPr')}//{qn('w:docPartGallery')}")
    return any(gallery.get(qn("w:val")) == _CONTENTS for gallery in galleries)


def _table(table: Any) -> Iterator[Block]:
    """A table as rows; one of a single column only frames its paragraphs."""
    rows = [
        ["\n".join(_text(p) for p in cell.iter(qn("w:p"))) for cell in line.iter(qn("w:tc"))]
        for line in table.iter(qn("w:tr"))
    ]
    if all(len(cells) < 2 for cells in rows):
        lines = (line.strip() for cells in rows for cell in cells for line in cell.split("\n"))
        yield from (Block(line) for line in lines if line)
        return
    lines = (row(cells) for cells in rows)
    if text := "\n".join(line for line in lines if line):
        yield Block(text, is_table=True)


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
