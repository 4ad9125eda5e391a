"""Tables of pages: cells over several places, captions, tables that lay out the page."""

import pytest

from corpus.readers.formats.tables import settle
from corpus.readers.formats.web import html_blocks


def lines(html: str) -> list[str]:
    return [line for block in settle(html_blocks(html)) for line in block.clean.split("\n")]


def test_spans_a_head_and_a_caption() -> None:
    html = """<table><caption>表4 恶臭污染物排放标准</caption>
        <thead><tr><th rowspan="2">控制项目</th><th rowspan=2>排气筒高度（m）</th>
        <th colspan=2>排放量（kg/h）</th></tr><tr><th>现有</th><th>新建</th></tr></thead>
        <tbody><tr><td rowspan="2">硫化氢</td><td>15</td><td>0.33</td><td>0.30</td></tr>
        <tr><td>20</td><td>0.58</td><td>0.50</td></tr></tbody></table>"""
    named = "表4 恶臭污染物排放标准　硫化氢：排气筒高度（m）"
    assert lines(html) == [
        f"{named} 15；排放量（kg/h）／现有 0.33；排放量（kg/h）／新建 0.30",
        f"{named} 20；排放量（kg/h）／现有 0.58；排放量（kg/h）／新建 0.50",
    ]


def test_a_table_within_a_layout_of_tables() -> None:
    html = """<table><tr><td><table><tr><td><p>表1 监测结果</p>
        <table><tr><td>点位</td><td>结果</td><td>评价</td></tr>
        <tr><td>甲<br>断面</td><td>0.2</td><td>达标</td></tr></table></td></tr></table></td>
        <td>旁边</td></tr></table>"""
    assert lines(html) == ["表1监测结果", "表1 监测结果　甲断面：结果 0.2；评价 达标", "旁边"]


def test_a_column_of_th_names_the_rows() -> None:
    rows = {"索引号": "X-1", "文号": "甲〔2026〕1号"}
    html = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows.items())
    assert lines(f"<table>{html}</table>") == ["表　索引号：X-1", "表　文号：甲〔2026〕1号"]


@pytest.mark.parametrize("span", ["0", "-1", "abc", "99999", "1e9", ""])
def test_spans_that_are_nonsense(span: str) -> None:
    html = (
        f"<table><tr><th>项目</th><th>值</th><th>备注</th></tr>"
        f"<tr><td rowspan='{span}'>甲项</td><td>1</td><td>无</td></tr></table>"
    )
    assert lines(html) == ["表　甲项：值 1；备注 无"]


def test_a_wide_span_is_bounded() -> None:
    html = "<table><tr><td colspan=99999>题目文字</td></tr><tr><td>甲</td><td>1</td></tr></table>"
    assert lines(html) == ["题目文字　甲：1"]
