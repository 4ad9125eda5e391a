"""One page of a PDF file → its lines and tables in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.geometry import objects_to_bbox

from corpus.readers.formats.pdf_columns import Box, Gutter, Region, read_order
from corpus.readers.formats.pdf_tables import PlacedTable, find_tables
from corpus.readers.formats.pdf_text import PlacedLine, page_lines

Item = PlacedLine | PlacedTable


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page, and Chinese sentences on what is not sure of it."""

    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()
    gutter: Gutter | None = None


def read_page_items(page: Page, before: Gutter | None = None) -> PageContent:
    """The upright text of a page and its ruled tables, column by column where it has columns.

    ``before`` is the gutter of the page before.
    """
    upright = page.filter(lambda item: item.get("upright", True)).dedupe_chars()
    number = page.page_number
    tables, has_looked = find_tables(upright)
    outside = [c for c in upright.chars if not any(table.holds(c) for table in tables)]
    words = upright.filter(
        lambda item: item["object_type"] != "char" or not any(t.holds(item) for t in tables)
    ).extract_words(return_chars=True)
    boxes = [_word_box(word, index) for index, word in enumerate(words)]
    boxes += [_table_box(table, len(words) + index) for index, table in enumerate(tables)]
    order = read_order(boxes, before)
    warnings = [] if order.is_sure else [_unsure(number)]
    if not has_looked:
        warnings.append(f"第{number}页线条太多，其中如有表格，是逐行读入的，请对照原件核对。")
    if len(order.regions) == 1 and order.gutter is None and not tables:
        return PageContent(tuple(page_lines(outside, number)), tuple(warnings))
    blanks = [c for c in outside if c["text"].isspace()]
    items: list[Item] = []
    for region in order.regions:
        for characters, table in _runs(region, words, tables):
            spaced = characters + _within(blanks, characters)
            items += page_lines(spaced, number, region.column)
            items += [table] if table else []
    return PageContent(tuple(items), tuple(warnings), order.gutter)


def _unsure(number: int) -> str:
    return f"第{number}页排成两栏还是没有边线的表格分不清，是从左到右逐行读入的，请对照原件核对。"


def _word_box(word: Any, index: int) -> Box:
    return Box(word["x0"], word["x1"], word["top"], word["bottom"], index)


def _table_box(table: PlacedTable, index: int) -> Box:
    return Box(table.left, table.right, table.top, table.bottom, index, is_table=True)


def _runs(
    region: Region, words: Sequence[Any], tables: Sequence[PlacedTable]
) -> Iterator[tuple[list[Any], PlacedTable | None]]:
    """The characters of a region, cut where a table stands between them."""
    characters: list[Any] = []
    for box in region.boxes:
        if box.is_table:
            yield characters, tables[box.index - len(words)]
            characters = []
        else:
            characters += words[box.index]["chars"]
    yield characters, None


def _within(blanks: Sequence[Any], characters: Sequence[Any]) -> list[Any]:
    """The blanks among the characters: they belong to no word, and part words."""
    if not characters:
        return []
    left, top, right, bottom = objects_to_bbox(characters)
    return [c for c in blanks if left <= c["x0"] <= right and top <= c["top"] <= bottom]
