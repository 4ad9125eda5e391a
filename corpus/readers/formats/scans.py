"""Pictures of text → its lines, by the optional text recognition (OCR).

The recogniser and its models come with the extra ``ocr``; nothing is downloaded.
"""

import importlib.util
import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from statistics import median
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from corpus.errors import DocumentError
from corpus.readers.formats.blocks import Content
from corpus.readers.formats.lines import Line, text_line
from corpus.readers.formats.pdf_columns import Box, read_order
from corpus.readers.formats.pdf_flow import flow
from corpus.readers.formats.pdf_page import PageContent
from corpus.readers.formats.pdf_text import PlacedLine, clean_text

#: So many pages of one file are recognised, so finely drawn, and of no picture more pixels.
MAX_PAGES = 200
_DPI = 200
_POINTS = 72
_MAX_PIXELS = 60_000_000
#: The longer side of what the recogniser takes, in pixels: A4 at 170 dpi.
_MAX_SIDE = 2000
_LOOKED_THROUGH = 1280
#: Letters of one line are measured a little apart; of a title they are so much larger.
_LARGER = 1.2
_NO_EXTRA = "「{name}」第{page}页是扫描图片，没有文字，请安装文字识别（OCR，运行 make ocr）后再试。"


class ScanReader:
    """Recognises pages of one PDF file; ``close`` lets go of it."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        self._file: pypdfium2.PdfDocument | None = None
        self._count = 0

    @property
    def can_read(self) -> bool:
        """Whether the extra is installed."""
        return is_installed()

    def read(self, number: int) -> PageContent:
        """The lines of a page (from 1); DocumentError without the extra or past the limit."""
        if not self.can_read:
            raise DocumentError(_NO_EXTRA.format(name=self._name, page=number))
        self._count += 1
        _check_count(self._count, self._name)
        if self._file is None:
            self._file = pypdfium2.PdfDocument(self._data)
        page = self._file[number - 1]
        try:
            scale = min(_DPI / _POINTS, _MAX_SIDE / max(page.get_size()))
            picture = page.render(scale=scale).to_pil()
        finally:
            page.close()
        return _recognise(picture, number, 1 / scale)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def read_image(data: bytes, name: str) -> Content:
    """Recognise a png, jpg or tif picture, each picture of the file a page.

    DocumentError without the extra, for a broken or too large picture, or too many pages.
    """
    if not is_installed():
        raise DocumentError(f"「{name}」是图片，请安装文字识别（OCR，运行 make ocr）后再试。")
    with Image.open(io.BytesIO(data)) as file:
        pages = [
            _recognise(_fitted(frame, name), number, _POINTS / _DPI)
            for number, frame in enumerate(_frames(file, name), 1)
        ]
    warnings = [warning for page in pages for warning in page.warnings]
    return Content(tuple(flow([page.items for page in pages])), warnings=tuple(warnings))


def is_installed() -> bool:
    """Whether the extra ``ocr`` is there."""
    return importlib.util.find_spec("rapidocr") is not None


def _frames(file: Image.Image, name: str) -> Iterator[Image.Image]:
    for count, frame in enumerate(ImageSequence.Iterator(file), 1):
        _check_count(count, name)
        if frame.width * frame.height > _MAX_PIXELS:
            raise DocumentError(f"图片「{name}」太大，请缩小到六千万像素以内后再试。")
        yield frame


def _check_count(count: int, name: str) -> None:
    if count > MAX_PAGES:
        raise DocumentError(
            f"「{name}」要做文字识别的超过 {MAX_PAGES} 页，请拆成小一些的文件后再试。"
        )


def _fitted(picture: Image.Image, name: str) -> Image.Image:
    """The picture upright, without transparency, and no larger than it need be."""
    try:
        upright = ImageOps.exif_transpose(picture)
        white = Image.new("RGBA", upright.size, "white")
        flat = Image.alpha_composite(white, upright.convert("RGBA")).convert("RGB")
    except (OSError, ValueError) as error:
        raise DocumentError(f"图片「{name}」已损坏，请重新取得后再试。") from error
    flat.thumbnail((_MAX_SIDE, _MAX_SIDE))
    return flat


@lru_cache(maxsize=1)
def _recogniser() -> Any:
    params = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        # Lines are looked for in a smaller picture, and read in the whole one.
        "Det.limit_type": "max",
        "Det.limit_side_len": _LOOKED_THROUGH,
        # More at once take much memory, and hardly less time.
        "Rec.rec_batch_num": 1,
    }
    try:
        from rapidocr import RapidOCR

        return RapidOCR(params=params)
    except MemoryError:
        raise
    except Exception as error:  # whatever another version, or half of one, comes to grief with
        raise DocumentError("文字识别（OCR）装得不对，请重新运行 make ocr 后再试。") from error


def _recognise(picture: Image.Image, number: int, points: float) -> PageContent:
    """The lines of a picture in reading order; ``points`` is the size of a pixel."""
    pixels = np.asarray(picture.convert("RGB"))[:, :, ::-1]
    result = _recogniser()(pixels)
    if result.boxes is None or result.txts is None:
        return PageContent(())
    texts = [clean_text(text) for text in result.txts]
    boxes = [
        Box(
            points * float(corners[:, 0].min()),
            points * float(corners[:, 0].max()),
            points * float(corners[:, 1].min()),
            points * float(corners[:, 1].max()),
            index,
        )
        for index, corners in enumerate(np.asarray(result.boxes))
    ]
    order = read_order(boxes)
    em = median(_size(box, texts) for box in boxes)
    lines = [
        _line(row, texts, region.column, number, em)
        for region in order.regions
        for row in _rows(region.boxes)
    ]
    unsure = f"第{number}页的文字识别后分不清是不是两栏，是从左到右逐行读入的，请对照原件核对。"
    return PageContent(tuple(lines), () if order.is_sure else (unsure,))


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes beside each other make a line."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.middle):
        if rows and box.top < rows[-1][0].middle < box.bottom:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _size(box: Box, texts: Sequence[str]) -> float:
    """How wide a Chinese letter is: a box is higher than what stands in it."""
    ems = text_line(texts[box.index]).right
    return (box.right - box.left) / ems if ems >= 1 else box.bottom - box.top


def _line(
    row: Sequence[Box], texts: Sequence[str], column: float | None, page: int, em: float
) -> PlacedLine:
    left = column or 0.0
    size = median(_size(box, texts) for box in row)
    line = Line(
        " ".join(texts[box.index] for box in row),
        row[0].left - left,
        row[-1].right - left,
        size=float(size if size > _LARGER * em else em),
        page=page,
        is_recognized=True,
    )
    # The middles are level; how high a box reaches depends on the letters in it.
    return PlacedLine(line, median(box.middle for box in row) - em / 2, column)
