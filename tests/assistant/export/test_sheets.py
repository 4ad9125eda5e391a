import csv
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from assistant.export.sheets import HEADER, to_csv, to_xlsx
from corpus.catalog import Corpus
from corpus.collections.measures import find_measures
from tests.support import load_policy

DAY = date(2026, 11, 24)
MEASURES = find_measures(load_policy())
CORPUS = Corpus([load_policy()])


def test_csv_has_every_measure_and_a_byte_order_mark():
    content = to_csv(MEASURES)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == len(MEASURES) + 1
    assert rows[12][:6] == ["降碳", "完成", "支撑项目", "36", "个", "完成支撑项目36个"]


def test_the_workbook_has_every_measure_and_its_origin():
    book = load_workbook(BytesIO(to_xlsx(MEASURES, CORPUS, DAY)))
    rows = list(book["目标与措施"].iter_rows(values_only=True))
    assert len(rows) == len(MEASURES) + 1
    assert [row[3] for row in rows[1:] if row[3] is not None] == [36, 126, 100, 34]
    assert book["目标与措施"].auto_filter.ref == "A1:J50"
    about = [row[0] for row in book["说明"].iter_rows(values_only=True)]
    assert CORPUS.fingerprint()[:12] in about[1]
    assert about[2] == "导出日期：2026年11月24日"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(text: str):
    hostile = [replace(MEASURES[0], object=text, clause=text)]
    rows = list(csv.reader(StringIO(to_csv(hostile).decode("utf-8-sig"))))
    assert rows[1][2] == f"'{text}"
    sheet = load_workbook(BytesIO(to_xlsx(hostile, CORPUS, DAY)))["目标与措施"]
    assert sheet["C2"].data_type == "s"
    assert str(sheet["C2"].value).strip().startswith("'")
