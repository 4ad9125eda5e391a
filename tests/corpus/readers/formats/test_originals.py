"""The page of an original with the cited words marked."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.platypus import PageBreak

from corpus.errors import DocumentError
from corpus.readers.formats.originals import page_image
from tests.corpus.readers.formats.printed import columns, paragraphs, prose, single, style

TEXTS = [prose(seed, 3) for seed in range(12)]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    story = [*paragraphs(TEXTS[:6], style()), PageBreak(), *paragraphs(TEXTS[6:], style())]
    path.write_bytes(single(story))
    return path


def marked(png: bytes) -> np.ndarray:
    """Which pixels are marked."""
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    marks: np.ndarray = (pixels[:, :, 0] > 200) & (pixels[:, :, 2] < 180)
    return marks


def test_nothing_is_marked_without_words_and_the_page_is_drawn_at_110_dpi(pdf: Path) -> None:
    png = page_image(pdf, 1, [])
    width, height = Image.open(io.BytesIO(png)).size
    assert (width, height) == (pytest.approx(595 * 110 / 72, abs=2), pytest.approx(1286, abs=2))
    assert not marked(png).any()


def test_words_are_marked_over_the_ends_of_lines_whatever_their_spaces(pdf: Path) -> None:
    rows = marked(page_image(pdf, 1, [TEXTS[2][:20] + " " + TEXTS[2][20:]])).any(axis=1)
    heights = np.flatnonzero(rows)
    lines = 1 + int((np.diff(heights) > 1).sum())
    assert lines == -(-(len(TEXTS[2]) + 2) // 45)
    assert heights.min() > 60 * 110 / 72


def test_what_stands_elsewhere_is_not_marked(pdf: Path) -> None:
    assert not marked(page_image(pdf, 1, [TEXTS[9]])).any()
    assert marked(page_image(pdf, 2, [TEXTS[9]])).any()


def test_the_part_of_a_passage_that_is_on_this_page_is_marked(pdf: Path) -> None:
    passage = TEXTS[5] + TEXTS[6]
    for page in (1, 2):
        assert marked(page_image(pdf, page, [passage])).any()


def test_in_columns_only_the_column_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(columns(paragraphs([prose(seed, 4) for seed in range(30)], style())))
    marks = marked(page_image(path, 1, [prose(3, 4)]))
    assert marks[:, : marks.shape[1] // 2].any()
    assert not marks[:, marks.shape[1] // 2 :].any()


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_is_told(pdf: Path, page: int) -> None:
    with pytest.raises(DocumentError, match="没有第"):
        page_image(pdf, page, [])


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(DocumentError, match="打不开"):
        page_image(path, 1, ["字"])
