"""Spreadsheets: what is shown when the file is opened becomes tables."""

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import DocumentError
from corpus.readers.formats.sheet import read_sheet
from corpus.readers.formats.tables import settle


def saved(fill: Callable[[Worksheet], None], name: str = "Sheet1") -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    fill(sheet)
    book.save(buffer)
    return buffer.getvalue()


def lines(data: bytes) -> list[str]:
    content = read_sheet(data, "表.xlsx")
    return [line for block in settle(content.blocks) for line in block.clean.split("\n")]


def appended(*rows: tuple[object, ...]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def test_merged_cells_a_title_and_a_unit() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ("大气污染物排放限值", None, None, None),
            (None, None, None, "单位：mg/m3"),
            ("设施", "污染物", "限值", None),
            (None, None, "现有", "新建"),
            ("锅炉", "颗粒物", 30, 20),
            (None, "二氧化硫", 100, 50),
        ):
            sheet.append(row)
        for merged in ("A1:D1", "A3:A4", "B3:B4", "C3:D3", "A5:A6"):
            sheet.merge_cells(merged)

    named = "大气污染物排放限值（单位：mg/m3）　锅炉／"
    assert lines(saved(fill)) == [
        f"{named}颗粒物：限值／现有 30；限值／新建 20",
        f"{named}二氧化硫：限值／现有 100；限值／新建 50",
    ]


def test_sheets_are_under_their_names_and_what_is_hidden_is_left_out() -> None:
    book, buffer = Workbook(), io.BytesIO()
    for name, row in (
        ("河流", ("甲河", "三类")),
        ("湖泊", ("乙湖", "二类")),
        ("草稿", ("丙", "丁")),
    ):
        sheet = book.create_sheet(name)
        sheet.append(("水体", "类别", "内部备注"))
        sheet.append((*row, "不公开"))
        sheet.append(("不公开", "五类", ""))
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
    book["草稿"].sheet_state = "hidden"
    book.save(buffer)
    assert lines(buffer.getvalue()) == [
        "河流", "河流　甲河：类别 三类", "湖泊", "湖泊　乙湖：类别 二类"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (date(2026, 3, 1), "yyyy-mm-dd", "2026年3月1日"),
        (datetime(2026, 3, 1, 9, 5), "yyyy-mm-dd hh:mm", "2026年3月1日09:05"),
        (35, "General", "35"),
        (35.0, "General", "35"),
        (0.1 + 0.2, "General", "0.3"),
        (0.005, "General", "0.005"),
        (35.04, "0.0", "35.0"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0.00", "0.13"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234567, "#,##0", "1,234,567"),
        (3.5, '0.0"万吨"', "3.5万吨"),
        (-3, "0.0;(0.0)", "(3.0)"),
        (7, "0.##", "7"),
        (True, "General", "是"),
        ("00123", "@", "00123"),
        (12, "@", "12"),
    ],
)
def test_a_value_as_it_is_shown(value: object, number_format: str, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(("名称", "内容", "备注"))
        sheet.append(("甲项", value, "乙"))
        sheet["B2"].number_format = number_format

    assert lines(saved(fill)) == [f"表　甲项：内容 {shown}；备注 乙"]


def test_an_empty_row_parts_two_tables_but_does_not_break_one() -> None:
    found = lines(
        saved(
            appended(
                ("企业名称", "许可证编号", "排放量"),
                ("甲厂", "A1", 5),
                (None, None, None),
                ("乙厂", "A2", 6),
                (None, None, None),
                ("表2 名录", None, None),
                ("监测点", "类别", "面积"),
                ("丙点", "一类", 7),
            )
        )
    )
    assert found == [
        "表　甲厂：许可证编号 A1；排放量 5",
        "表　乙厂：许可证编号 A2；排放量 6",
        "表2 名录　丙点：类别 一类；面积 7",
    ]


def test_results_of_formulas_that_were_never_calculated_are_asked_for() -> None:
    with pytest.raises(DocumentError, match=r"公式.*保存后再试"):
        read_sheet(saved(appended(("甲", "乙"), (1, "=A2*2"))), "表.xlsx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 cut off", "不完整或已损坏"),
        (saved(appended(*(("甲", n) for n in range(20_200)))), "最多读 20000 行"),
        (saved(appended(*(("甲",) * 40 for _ in range(15_100)))), "单元格太多"),
    ],
    ids=["broken", "rows", "cells"],
)
def test_what_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read_sheet(data, "表.xlsx")
    assert str(caught.value).endswith("。")
