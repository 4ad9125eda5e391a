"""Spreadsheets (xlsx): a table for each sheet, as it is shown when the file is opened."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import DocumentError
from corpus.readers.formats.archive import check_archive
from corpus.readers.formats.blocks import Block, Content
from corpus.readers.formats.number_formats import shown
from corpus.readers.formats.table import Table
from corpus.readers.formats.tables import MAX_FACTS, begins_table, blocks_of

#: More cells than this, empty ones with a border among them, take too long to open.
_MAX_CELLS = 600_000
_MAX_COLUMNS = 200
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
#: A formula whose result the file does not hold: it was never calculated.
_NOT_CALCULATED = re.compile(
    rb'<c (?![^>]*t="str")[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_NAMED_BY_PROGRAM = re.compile(r"^(?:sheet|工作表|表)\s*\d*$", re.IGNORECASE)


def read_sheet(data: bytes, name: str) -> Content:
    """Read the sheets in order, each under its name; what is hidden is left out.

    Formulas give the results that the file holds. DocumentError for a file that is no xlsx, has
    a password, more than 20,000 rows in a sheet, or formulas that were never calculated.
    """
    archive = check_archive(data, name, "xl/", "xlsx 文件", "Excel 或 WPS ")
    _check_size(archive, name)
    # Merged cells and hidden rows are told only where the whole workbook is read.
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    blocks: list[Block] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            blocks += _blocks(sheet)
    return Content(tuple(blocks))


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    cells = 0
    for part in archive.namelist():
        if not _SHEET.match(part):
            continue
        xml = archive.read(part)
        cells += xml.count(b"<c ")
        rows = xml.count(b"<row ") if xml.count(b"<v") + xml.count(b"<is>") > MAX_FACTS else 0
        if rows > MAX_FACTS + 100:
            raise DocumentError(
                f"「{name}」的一张表有 {rows} 行，最多读 {MAX_FACTS} 行，请拆成几个文件后再试。"
            )
        if cells > _MAX_CELLS:
            raise DocumentError(
                f"「{name}」的单元格太多（超过 {_MAX_CELLS} 个），"
                "请删去空行空列，或拆成几个文件后再试。"
            )
        if _NOT_CALCULATED.search(xml):
            raise DocumentError(
                f"「{name}」里有还没算出结果的公式，请用 Excel 或 WPS 打开，保存后再试。"
            )


def _blocks(sheet: Worksheet) -> Iterator[Block]:
    rows = _rows(sheet)
    if not any(text for row in rows for text in row):
        return
    if not _NAMED_BY_PROGRAM.match(sheet.title):
        yield Block(sheet.title, 2)
    for part in _parts(rows):
        texts = [text for row in part for text in row if text]
        if len(texts) == 1:
            yield from (Block(line) for line in texts[0].split("\n") if line.strip())
        else:
            yield from blocks_of(Table(tuple(part)))


def _parts(rows: list[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """The tables of a sheet: after an empty row, a title or a header begins another one."""
    parts: list[list[tuple[str, ...]]] = []
    is_apart = True
    for row in rows:
        if not any(row):
            is_apart = True
            continue
        if is_apart and (not parts or begins_table(row)):
            parts.append([])
        parts[-1].append(row)
        is_apart = False
    return parts


def _rows(sheet: Worksheet) -> list[tuple[str, ...]]:
    """The shown rows and columns, merged cells filled in."""
    covered = _covered(sheet)
    width = min(sheet.max_column, _MAX_COLUMNS)
    columns = [i for i in range(1, width + 1) if not _is_hidden(sheet, i)]
    rows = []
    for number, cells in enumerate(sheet.iter_rows(max_col=width), 1):
        if sheet.row_dimensions[number].hidden:
            continue
        places = ((number, column) for column in columns)
        texts = (
            covered[place] if place in covered else shown_value(cells[place[1] - 1])
            for place in places
        )
        rows.append(tuple(texts))
    return rows


def _covered(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """The text of each place that a merged cell covers."""
    found = {}
    for merged in sheet.merged_cells.ranges:
        text = shown_value(sheet.cell(merged.min_row, merged.min_col))
        if not text:
            continue
        for row in range(merged.min_row, min(merged.max_row, sheet.max_row) + 1):
            for column in range(merged.min_col, min(merged.max_col, _MAX_COLUMNS) + 1):
                found[row, column] = text
    return found


def _is_hidden(sheet: Worksheet, column: int) -> bool:
    return (
        any(
            dimension.hidden and (dimension.min or 0) <= column <= (dimension.max or 0)
            for dimension in sheet.column_dimensions.values()
        )
        or sheet.column_dimensions[get_column_letter(column)].hidden
    )


def shown_value(cell: Any) -> str:
    """A cell as it is shown: 2026年3月1日, 0.50, 12.5%, 1,234."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime() if value.time() == time():
            return _day(value)
        case datetime():
            return f"{_day(value)} {value:%H:%M}"
        case date():
            return _day(value)
        case time():
            return f"{value:%H:%M}"
        case int() | float():
            return shown(value, cell.number_format or "General")
        case _:
            return str(value).strip()


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
