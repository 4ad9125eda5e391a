"""The measures as a table to download: CSV, and a workbook."""

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from assistant.export.answers import corpus_line
from corpus.catalog import Corpus
from corpus.collections import Measure
from corpus.language import chinese_date

HEADER = ("主题", "动作", "对象", "数值", "单位", "举措", "原文", "出处", "引文键", "文本")
_WIDTHS = (8, 10, 44, 8, 8, 48, 72, 22, 16, 36)
NOTE = "由程序从政策文本中逐句摘出，每一格都是原文的字句。"

#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(measures: Sequence[Measure]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads Chinese; no cell is a formula."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for measure in measures:
        writer.writerow(map(_harmless, _row(measure)))
    return file.getvalue().encode("utf-8-sig")


def to_xlsx(measures: Sequence[Measure], corpus: Corpus, day: date) -> bytes:
    """A workbook: the measures with a filter, and a sheet that says where they come from."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("目标与措施")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:J{len(measures) + 1}"
    for letter, width in zip("ABCDEFGHIJ", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([cell(sheet, text, bold=True) for text in HEADER])
    for measure in measures:
        cells = [cell(sheet, text) for text in _row(measure)]
        if measure.figure:
            cells[3] = WriteOnlyCell(sheet, float(measure.figure))
            cells[3].number_format = "General"
        sheet.append(cells)
    about = book.create_sheet("说明")
    about.column_dimensions["A"].width = 100
    for line in (NOTE, corpus_line(corpus), f"导出日期：{chinese_date(day)}"):
        about.append([cell(about, line)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _row(m: Measure) -> tuple[str, ...]:
    return (
        m.theme,
        m.verb,
        m.object,
        m.figure,
        m.unit,
        m.clause,
        m.sentence,
        m.locator,
        m.key,
        m.title,
    )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def cell(sheet: WriteOnlyWorksheet, text: str, bold: bool = False) -> Cell:
    """A cell of words, whatever they begin with."""
    cell = WriteOnlyCell(sheet, _harmless(text))
    cell.data_type = "s"
    cell.font = Font(name="宋体", bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
