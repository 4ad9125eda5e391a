"""A limit asked for is quoted with its row, its column, its unit and what names the table."""

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl import Workbook

from assistant.pipeline import Assistant
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.readers import read_document_here
from index.build import build
from index.embedders import SentenceEmbedder
from index.opening import open_index
from index.state import IndexFolder
from tests.support import load_policy

TODAY = date(2026, 11, 23)
ROWS = [
    ["序号", "污染物项目", "限值", "限值", "污染物排放监控位置"],
    ["序号", "污染物项目", "直接排放", "间接排放", "污染物排放监控位置"],
    ["1", "pH值", "6～9", "6～9", "企业废水总排放口"],
    ["2", "悬浮物", "30", "100", "企业废水总排放口"],
    ["3", "化学需氧量（COD）", "60", "200", "企业废水总排放口"],
    ["4", "氨氮", "8", "40", "企业废水总排放口"],
    ["5", "总磷", "0.5", "3", "企业废水总排放口"],
    ["6", "总汞", "0.005", "0.005", "车间或生产设施废水排放口"],
]
NAMED = "表1 水污染物排放限值（单位：mg/L）　"
BULLETIN = [
    ["指标", "2023年", "2024年", "2025年"],
    ["细颗粒物（PM2.5）年均浓度（微克/立方米）", "41", "38", "35"],
    ["二氧化硫年均浓度（微克/立方米）", "11", "10", "9"],
    ["空气质量优良天数比例（%）", "68.2", "70.1", "73.4"],
]


def limits() -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_heading("某流域印染工业水污染物排放规定", 0)
    document.add_paragraph("本规定适用于某流域内印染企业的水污染物排放管理。")
    document.add_paragraph("企业的排放应当符合表1的要求。")
    document.add_paragraph("表1　水污染物排放限值")
    document.add_paragraph("单位：mg/L")
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for line, cells in zip(ROWS, table.rows, strict=True):
        for text, cell in zip(line, cells.cells, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3)).text = "限值"
    document.save(buffer)
    return buffer.getvalue()


def bulletin() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    sheet = book.active
    assert isinstance(sheet, openpyxl.worksheet.worksheet.Worksheet)
    sheet.title = "环境空气"
    for row in [["某市环境空气质量主要指标", *[None] * 3], *BULLETIN]:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Assistant:
    folder = tmp_path_factory.mktemp("tables")
    files = {"某流域印染工业水污染物排放规定.docx": limits(), "某市环境状况公报.xlsx": bulletin()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    read = [read_document_here(Path(folder / name)) for name in files]
    corpus = Corpus([load_policy(), *read], added=(document.title for document in read))
    index = IndexFolder(folder / "index")
    build(index, corpus, embedder, lambda done, total: None)
    retriever = open_index(index, corpus, embedder)
    return Assistant(lambda: retriever)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        (
            "化学需氧量直接排放限值是多少",
            f"{NAMED}化学需氧量（COD）（序号 3）：限值／直接排放 60；限值／间接排放 200；"
            "污染物排放监控位置 企业废水总排放口",
        ),
        (
            "印染企业氨氮间接排放限值是多少？",
            f"{NAMED}氨氮（序号 4）：限值／直接排放 8；限值／间接排放 40；"
            "污染物排放监控位置 企业废水总排放口",
        ),
        (
            "总汞的排放限值和监控位置是什么",
            f"{NAMED}总汞（序号 6）：限值／直接排放 0.005；限值／间接排放 0.005；"
            "污染物排放监控位置 车间或生产设施废水排放口",
        ),
        (
            "某市2024年PM2.5年均浓度是多少",
            "某市环境空气质量主要指标　细颗粒物（PM2.5）年均浓度（微克/立方米）：2023年 41；"
            "2024年 38；2025年 35",
        ),
    ],
)
def test_a_value_is_quoted_with_all_that_it_means(
    asked: Assistant, question: str, quoted: str
) -> None:
    answer = asked.answer(Query(question, TODAY))
    assert quoted in [citation.quote for citation in answer.citations]


def test_a_row_of_a_short_table_is_quoted_alone(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    path = tmp_path / "某市噪声规定.md"
    rows = "| 类别 | 昼间 | 夜间 |\n|---|---|---|\n| 医院周边 | 50 | 40 |\n| 工业园区 | 65 | 55 |\n"
    path.write_text(f"# 某市噪声规定\n\n表1 噪声排放限值 单位：dB(A)\n\n{rows}", "utf-8")
    document = read_document_here(path)
    corpus = Corpus([load_policy(), document], added=(document.title,))
    index = IndexFolder(tmp_path / "index")
    build(index, corpus, embedder, lambda done, total: None)
    retriever = open_index(index, corpus, embedder)
    answer = Assistant(lambda: retriever).answer(Query("工业园区夜间噪声限值是多少分贝", TODAY))
    named = "表1 噪声排放限值（单位：dB(A)）　工业园区"
    assert [citation.quote for citation in answer.citations] == [f"{named}：昼间 65；夜间 55"]


def test_a_limit_that_no_row_is_about_is_still_said_to_be_missing(asked: Assistant) -> None:
    answer = asked.answer(Query("夜间施工噪声的限值是多少", TODAY))
    assert not any(NAMED in citation.quote for citation in answer.citations)
