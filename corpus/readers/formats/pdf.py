"""PDF files: text and ruled tables in reading order; pages that are pictures are recognised."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from corpus.errors import DocumentError
from corpus.readers.formats.blocks import Content
from corpus.readers.formats.pdf_columns import Gutter
from corpus.readers.formats.pdf_flow import flow
from corpus.readers.formats.pdf_page import PageContent, read_page_items
from corpus.readers.formats.pdf_text import PlacedLine
from corpus.readers.formats.scans import ScanReader

_END = b"%%EOF"
_NO_CHARACTER = re.compile(r"\(cid:\d+\)|\ufffd")


def read_pdf(data: bytes, name: str) -> Content:
    """Read all pages; DocumentError for one without text, encrypted, scanned or cut off.

    A page without text is recognised where the extra ``ocr`` is installed.
    """
    if _END not in data.rstrip(b"\x00\r\n ")[-2048:]:
        raise DocumentError(f"文件「{name}」不完整（PDF 没有结尾），请重新取得后再试。")
    scans = ScanReader(data, name)
    try:
        with quiet(), pdfplumber.open(io.BytesIO(data)) as pdf:
            pages: list[PageContent] = []
            _check_pages(pdf, name)
            for page in pdf.pages:
                before = pages[-1].gutter if pages else None
                pages.append(_read(page, before, scans))
                page.close()
    except DocumentError:
        raise
    except Exception as error:
        if _is_locked(error):
            raise DocumentError(f"文件「{name}」加了密码，请去掉密码后再试。") from error
        raise
    finally:
        scans.close()
    blocks = flow([page.items for page in pages])
    if any(_NO_CHARACTER.search(block.text) for block in blocks):
        raise DocumentError(f"「{name}」里有认不出的文字（字体缺编码），请先做文字识别（OCR）。")
    warnings = [warning for page in pages for warning in page.warnings]
    return Content(tuple(blocks), warnings=tuple(warnings))


@contextmanager
def quiet() -> Iterator[None]:
    """The parsers warn of every oddity of a file; what matters to the user is an error here."""
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _is_locked(error: BaseException) -> bool:
    causes = (error, error.__cause__, error.__context__, *error.args)
    return any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes)


def _check_pages(pdf: PDF, name: str) -> None:
    """The parser passes over pages and contents that it cannot unpack; nothing may be lost so."""
    root = resolve1(pdf.doc.catalog.get("Pages"))
    promised = resolve1(root.get("Count")) if isinstance(root, dict) else None
    is_short = isinstance(promised, int) and len(pdf.pages) < promised
    streams = (resolve1(part) for page in pdf.pages for part in page.page_obj.contents)
    if is_short or any(_is_lost(stream) for stream in streams):
        raise DocumentError(f"文件「{name}」有损坏的页，读不全，请重新取得后再试。")


def _is_lost(stream: Any) -> bool:
    if not isinstance(stream, PDFStream):
        return True
    packed = len(stream.rawdata or b"")
    return packed > 20 and not stream.get_data()


def _read(page: Page, before: Gutter | None, scans: ScanReader) -> PageContent:
    """What is on a page; one that is a picture, or whose letters have no code, is recognised."""
    content = read_page_items(page, before)
    area = float(page.width) * float(page.height)
    is_picture = not content.items and any(
        image["width"] * image["height"] > area / 2 for image in page.images
    )
    is_garbled = any(
        isinstance(item, PlacedLine) and _NO_CHARACTER.search(item.text) for item in content.items
    )
    if is_picture or (is_garbled and scans.can_read):
        return scans.read(page.page_number)
    return content
