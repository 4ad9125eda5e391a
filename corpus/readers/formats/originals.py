"""The original at the cited place: a page of the PDF file, with the words marked."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from PIL import Image, ImageDraw

from corpus.errors import DocumentError
from corpus.readers.formats.pdf import quiet
from corpus.readers.formats.pdf_columns import Box, read_order
from corpus.readers.formats.pdf_text import clean_text

_DPI = 110
_POINTS = 72
#: The longer side of a picture, in pixels: a plan on A0 is not drawn in full.
_MAX_SIDE = 2400
_MARK = (255, 213, 0, 96)
#: Letters of a line are no further apart in height, by their own.
_SAME_LINE = 0.5
#: A part of a text that is marked has at least so many letters.
_LEAST = 6
#: So many letters may stand in a header above it, or in a footer below.
_EDGE = 80

#: Left, top, right and bottom in points.
Place = tuple[float, float, float, float]


def page_image(path: Path, page: int, words: Sequence[str]) -> bytes:
    """A PNG of a page (from 1) of a PDF file at 110 dpi, ``words`` marked wherever they stand on
    it, also over the ends of lines; of a passage that begins or ends on another page, the part on
    this one.

    DocumentError where there is no such page, or where the file can't be opened.
    """
    try:
        with quiet(), pypdfium2.PdfDocument(path) as file:
            if not 1 <= page <= len(file):
                raise DocumentError(f"原文件没有第 {page} 页，请核对页码。")
            picture, scale = _render(file[page - 1])
        letters = _letters(path, page)
        places = [place for text in words for place in _find(letters, text)]
    except DocumentError:
        raise
    except Exception as error:  # the parsers raise anything for a broken file
        raise DocumentError("原文件打不开，请移除后重新添加这份文件。") from error
    return _png(_marked(picture, places, scale))


def _letters(path: Path, number: int) -> list[tuple[str, Place]]:
    """The letters of a page in reading order, each with its place in the picture's points."""
    with quiet(), pdfplumber.open(path, pages=[number]) as pdf:
        page = pdf.pages[0]
        left, top = page.cropbox[:2]
        upright = page.filter(lambda item: item.get("upright", True)).dedupe_chars()
        words = upright.extract_words(return_chars=True)
    boxes = [Box(w["x0"], w["x1"], w["top"], w["bottom"], i) for i, w in enumerate(words)]
    return [
        (letter, (c["x0"] - left, c["top"] - top, c["x1"] - left, c["bottom"] - top))
        for region in read_order(boxes).regions
        for box in region.boxes
        for c in words[box.index]["chars"]
        for letter in clean_text(c["text"])
        if letter.strip()
    ]


def _find(letters: Sequence[tuple[str, Place]], text: str) -> list[Place]:
    """Where a text stands, a box for each line of it; none where it is not there."""
    found = _span("".join(letter for letter, _ in letters), "".join(text.split()))
    return _lines([place for _, place in letters[found[0] : found[1]]]) if found else []


def _span(there: str, wanted: str) -> tuple[int, int] | None:
    """Where the text is; of one that goes on overleaf, or begins there, the part on this page."""
    if wanted and (start := there.find(wanted)) >= 0:
        return start, start + len(wanted)
    for length in range(len(wanted) - 1, _LEAST - 1, -1):
        lower = max(0, len(there) - length - _EDGE)
        if (start := there.find(wanted[:length], lower)) >= 0:
            return start, start + length
        if (start := there.find(wanted[-length:], 0, length + _EDGE)) >= 0:
            return start, start + length
    return None


def _lines(letters: Sequence[Place]) -> list[Place]:
    places: list[Place] = []
    for place in letters:
        if places and _is_beside(places[-1], place):
            x0, top, x1, bottom = places[-1]
            places[-1] = (x0, min(top, place[1]), max(x1, place[2]), max(bottom, place[3]))
        else:
            places.append(place)
    return places


def _is_beside(last: Place, place: Place) -> bool:
    height = last[3] - last[1]
    is_level = abs(last[1] - place[1]) <= _SAME_LINE * height
    return is_level and -height <= place[0] - last[2] <= 2 * height


def _render(page: Any) -> tuple[Image.Image, float]:
    try:
        scale = min(_DPI / _POINTS, _MAX_SIDE / max(page.get_size()))
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture, scale
    finally:
        page.close()


def _marked(picture: Image.Image, places: Sequence[Place], scale: float) -> Image.Image:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for x0, top, x1, bottom in places:
        draw.rectangle(
            (scale * x0 - 1, scale * top - 1, scale * x1 + 1, scale * bottom + 1), fill=_MARK
        )
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
