"""PDF files that hold text: lines joined into paragraphs, page numbers and headers left out."""

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from corpus.errors import DocumentError
from corpus.language import strip_control
from corpus.readers.formats.blocks import Block, Content
from corpus.readers.formats.lines import Line, join_lines, measure

_END = b"%%EOF"
_PAGE_NUMBER = re.compile(
    r"^[-—–·\s]*第?\s*(\d{1,4})\s*页?\s*(?:[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–·\s]*$"
)
_COUNTED = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})$")
_DIGITS = re.compile(r"\d+")
_NO_CHARACTER = re.compile(r"\(cid:\d+\)|\ufffd")
_RADICAL = re.compile(r"[\u2e80-\u2fdf]")
#: Radicals that Unicode does not fold by itself; fonts give them for the characters beside.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻃⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⼾",
        "母民虎西西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class _PageLine:
    """A line with its place on its page, in points from the top."""

    line: Line
    top: float


def read_pdf(data: bytes, name: str) -> Content:
    """Read all pages; DocumentError for one without text, encrypted, scanned or cut off."""
    if _END not in data.rstrip(b"\x00\r\n ")[-2048:]:
        raise DocumentError(f"文件「{name}」不完整（PDF 没有结尾），请重新取得后再试。")
    try:
        with _quiet(), pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = []
            _check_pages(pdf, name)
            for page in pdf.pages:
                pages.append(_read_lines(page))
                _check_scan(page, pages[-1], name)
                page.close()
    except DocumentError:
        raise
    except Exception as error:
        if _is_locked(error):
            raise DocumentError(f"文件「{name}」加了密码，请去掉密码后再试。") from error
        raise
    lines = list(_flow(_strip_edges(pages)))
    if any(_NO_CHARACTER.search(line.text) for line in lines):
        raise DocumentError(f"「{name}」里有认不出的文字（字体缺编码），请先做文字识别（OCR）。")
    layout = measure(lines, is_set=True)
    return Content(tuple(Block(text) for text, _ in join_lines(lines, layout)))


@contextmanager
def _quiet() -> Iterator[None]:
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
    root = resolve1(pdf.doc.catalog.get("Pages")) or {}
    promised = resolve1(root.get("Count"))
    is_short = isinstance(promised, int) and len(pdf.pages) < promised
    streams = (resolve1(part) for page in pdf.pages for part in page.page_obj.contents)
    if is_short or any(_is_lost(stream) for stream in streams):
        raise DocumentError(f"文件「{name}」有损坏的页，读不全，请重新取得后再试。")


def _is_lost(stream: Any) -> bool:
    if not isinstance(stream, PDFStream):
        return True
    packed = len(stream.rawdata or b"")
    return packed > 20 and not stream.get_data()


def _check_scan(page: Page, lines: Sequence[_PageLine], name: str) -> None:
    """A page that is a picture would be lost in silence."""
    area = float(page.width) * float(page.height)
    covers = any(i["width"] * i["height"] > area / 2 for i in page.images)
    if covers and not lines:
        raise DocumentError(
            f"「{name}」第{page.page_number}页是扫描图片，没有文字，请先做文字识别（OCR）。"
        )


def _read_lines(page: Page) -> list[_PageLine]:
    """The lines of a page from top to bottom, measured in points."""
    upright = page.filter(lambda item: item.get("upright", True)).dedupe_chars()
    return [
        _PageLine(
            Line(_plain(found["text"]), found["x0"], found["x1"], size=_size(found["chars"])),
            found["top"],
        )
        for found in upright.extract_text_lines(return_chars=True)
        if found["text"].strip()
    ]


def _size(characters: Sequence[Any]) -> float:
    return float(median(character["size"] for character in characters))


def _plain(text: str) -> str:
    """Characters that a font gives as radicals (⼀, ⻓) become the ones that are meant."""
    text = _RADICAL.sub(
        lambda m: _RADICALS.get(m[0]) or unicodedata.normalize("NFKC", m[0]), strip_control(text)
    )
    return text.strip()


def _strip_edges(pages: Sequence[Sequence[_PageLine]]) -> list[list[_PageLine]]:
    """Leave out page numbers, and what is repeated at the same place of several pages."""
    kept = [list(lines) for lines in pages]
    for edge in (0, -1):
        for _ in range(2):
            running = _running(kept, edge)
            for lines, is_running in zip(kept, running, strict=True):
                if is_running:
                    lines.pop(edge)
    return kept


def _running(pages: Sequence[Sequence[_PageLine]], edge: int) -> list[bool]:
    """For each page: is its first (last) line a page number, or repeated on a third of all?"""
    lines = [page[edge] if page else None for page in pages]
    places = [(_DIGITS.sub("#", x.line.text), round(x.top / 3)) if x else None for x in lines]
    counts = Counter(place for place in places if place)
    enough = max(2, len(pages) / 3)
    numbers = [_PAGE_NUMBER.match(x.line.text) if x else None for x in lines]
    offsets = [int(number[1]) - i for i, number in enumerate(numbers) if number]
    is_counted = len(set(offsets)) == 1 and (len(offsets) > 1 or offsets[0] == 1)
    return [
        (number is not None and is_counted)
        or (place is not None and counts[place] >= enough)
        or (x is not None and _is_counted(x.line.text, index, len(pages)))
        for index, (x, place, number) in enumerate(zip(lines, places, numbers, strict=True))
    ]


def _is_counted(text: str, index: int, count: int) -> bool:
    """A browser's footer: 「file:///… 3/12」 on the third of twelve pages."""
    match = _COUNTED.search(text)
    return match is not None and (int(match[1]), int(match[2])) == (index + 1, count)


def _flow(pages: Sequence[Sequence[_PageLine]]) -> Iterator[Line]:
    """The lines of all pages in ems, each told whether it stands apart from the one above."""
    every = [line for page in pages for line in page]
    if not every:
        return
    em = Counter(round(x.line.size, 1) for x in every).most_common(1)[0][0] or 1.0
    pitches = [b.top - a.top for page in pages for a, b in pairwise(page)]
    pitch = sorted(pitches)[len(pitches) // 5] if pitches else em
    for page in pages:
        above: _PageLine | None = None
        for x in page:
            is_apart = None if above is None else x.top - above.top > 1.3 * pitch
            line = replace(x.line, left=x.line.left / em, right=x.line.right / em)
            yield replace(line, apart=is_apart, size=x.line.size / em)
            above = x
