"""Tables of Word documents: merged cells, tables in tables, frames around text."""

import io

import docx
from docx.document import Document as WordDocument
from docx.table import Table as WordTable

from corpus.readers.formats.tables import settle
from corpus.readers.formats.word import read_word


def filled(document: WordDocument, rows: list[list[str]]) -> WordTable:
    table: WordTable = document.add_table(len(rows), len(rows[0]))
    for line, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            cell.text = text
    return table


def merge(table: WordTable, start: tuple[int, int], end: tuple[int, int]) -> None:
    text = table.cell(*start).text
    table.cell(*start).merge(table.cell(*end)).text = text


def lines(document: WordDocument) -> list[str]:
    buffer = io.BytesIO()
    document.save(buffer)
    blocks = settle(read_word(buffer.getvalue(), "表.docx").blocks)
    return [line for block in blocks for line in block.clean.split("\n")]


def test_cells_merged_sideways_and_downwards() -> None:
    document = docx.Document()
    document.add_paragraph("前文。")
    document.add_paragraph("表 2-3　噪声排放限值　单位：dB(A)", style="Caption")
    table = filled(
        document,
        [
            ["功能区", "", "时段", ""],
            ["类别", "范围", "昼间", "夜间"],
            ["4类", "4a类", "70", "55"],
            ["", "4b类", "70", "60"],
            ["备注", "说明：按区划执行", "", ""],
        ],
    )
    for start, end in (((0, 0), (0, 1)), ((0, 2), (0, 3)), ((2, 0), (3, 0)), ((4, 1), (4, 3))):
        merge(table, start, end)
    named = "表2-3 噪声排放限值（单位：dB(A)）　"
    assert lines(document) == [
        "前文。",
        f"{named}4类／4a类：时段／昼间 70；时段／夜间 55",
        f"{named}4类／4b类：时段／昼间 70；时段／夜间 60",
        f"{named}备注／说明：按区划执行：时段／昼间 说明：按区划执行；时段／夜间 说明：按区划执行",
    ]


def test_a_table_in_a_frame_is_a_table_of_its_own() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "左边的说明。"
    inner = outer.cell(0, 1).add_table(2, 3)
    for cell, text in zip(
        inner._cells, ["指标", "2024年", "2025年", "臭氧", "160", "158"], strict=True
    ):
        cell.text = text
    assert lines(document) == ["左边的说明。", "表　臭氧：2024年 160；2025年 158"]


def test_a_small_table_in_a_cell_is_part_of_the_cell() -> None:
    document = docx.Document()
    table = filled(
        document,
        [
            ["工序名称", "管理要求", "责任部门"],
            ["投料", "密闭投料并收集废气，保存记录不少于五年", "生产部"],
            ["出料", "见下", "安环部"],
        ],
    )
    inner = table.cell(2, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "风量", "50"
    assert lines(document) == [
        "表　投料：管理要求 密闭投料并收集废气，保存记录不少于五年；责任部门 生产部",
        "表　出料：管理要求 见下风量50；责任部门 安环部",
    ]


def test_a_frame_of_one_column_is_its_paragraphs() -> None:
    document = docx.Document()
    filled(document, [["甲文。\n乙文。"], ["丙文。"]])
    assert lines(document) == ["甲文。", "乙文。", "丙文。"]
