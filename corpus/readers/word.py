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
from corpus.readers.blocks import Block, Content, row
from corpus.readers.numbering import Numbering

#: A document unpacks to a few times its size; a "zip bomb" to thousands of times.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
_MAX_PARTS = 5000

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题)$", re.IGNORECASE)
#: What is not text of this place: deleted or moved away, a second form of it, or a note to it.
_NOT_TEXT = {qn(name) for name in ("w:del", "w:moveFrom", "w:pict", "w:object", "w:drawing")}
_NOT_TEXT.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}


def read_word(data: bytes, name: str) -> Content:
    """Read the body; text in boxes, notes, headers and footers is left out."""
    _check_archive(data, name)
    document = docx.Document(io.BytesIO(data))
    blocks = tuple(_blocks(document.element.body, document, Numbering(document)))
    title = next((block.clean for block in blocks if block.level == 1), "")
    return Content(blocks, title)


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
    if "[Content_Types].xml" not in archive.NameToInfo:
        raise DocumentError(f"「{name}」的内容不是 Word 文档（docx），请用 Word 或 WPS 另存为 docx。")


def _blocks(container: Any, document: WordDocument, numbering: Numbering) -> Iterator[Block]:
    for element in container:
        if element.tag == qn("w:p"):
            yield from _paragraph(Paragraph(element, document), numbering)
        elif element.tag == qn("w:tbl"):
            yield from _table(element, document, numbering)
        elif element.tag == qn("w:sdt") and not _is_contents(element):
            yield from _blocks(element.iter_sdt_content(), document, numbering)
        elif element.tag in (qn("w:ins"), qn("w:customXml"), qn("w:sdtContent")):
            yield from _blocks(element, document, numbering)
