"""A check as a Word document with comments, and as a workbook."""

from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from assistant.checking import Report, check_text
from assistant.export import to_commented_docx, to_findings_xlsx
from corpus.catalog import Corpus
from corpus.readers import read_plain

DAY = date(2026, 11, 28)
TEXT = (
    "关于执法的通知\n依据《大气污染防治法》第九十九条和《水法》第三条处罚。\n"
    "《水法》第九百条也要执行。"
)


@pytest.fixture(scope="module")
def report(corpus: Corpus) -> Report:
    return check_text(TEXT, corpus, DAY)


def own_docx() -> bytes:
    """A document whose citation runs over pieces of different form, and stands in a table."""
    document = docx.Document()
    paragraph = document.add_paragraph("依据《大气")
    paragraph.add_run("污染防治法》第九").bold = True
    paragraph.add_run("十九条和《水法》第三条处罚。")
    table = document.add_table(1, 2)
    table.cell(0, 1).text = "《水法》第九百条也要执行。"
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_comments_stand_at_the_places(report: Report) -> None:
    document = docx.Document(BytesIO(to_commented_docx(report, None, False)))
    comments = list(document.comments)
    assert [c.author for c in comments] == ["核验"] * 2
    assert "所引已废止" in comments[0].text
    assert "没有这一处" in comments[1].text
    assert [p.text for p in document.paragraphs] == TEXT.split("\n")


def test_a_docx_of_the_users_keeps_what_it_has(corpus: Corpus) -> None:
    original = own_docx()
    report = check_text(read_plain("稿.docx", original), corpus, DAY)
    document = docx.Document(BytesIO(to_commented_docx(report, original, False)))
    assert document.paragraphs[0].text == "依据《大气污染防治法》第九十九条和《水法》第三条处罚。"
    assert document.tables[0].cell(0, 1).text == "《水法》第九百条也要执行。"
    assert any(run.bold for run in document.paragraphs[0].runs)
    assert len(list(document.comments)) == 2


def test_a_replacement_is_a_tracked_change(corpus: Corpus) -> None:
    original = own_docx()
    report = check_text(read_plain("稿.docx", original), corpus, DAY)
    changed = to_commented_docx(report, original, True)
    body = docx.Document(BytesIO(changed)).element.body
    deleted = "".join(t.text or "" for t in body.iter(qn("w:delText")))
    inserted = "".join(t.text or "" for i in body.iter(qn("w:ins")) for t in i.iter(qn("w:t")))
    (instead,) = [f.instead for f in report.findings if f.instead]
    assert deleted == "《大气污染防治法》第九十九条"
    assert inserted == instead
    # What is read again is the text with the change.
    assert f"依据{instead}和《水法》第三条处罚。" in read_plain("新.docx", changed)
    (told,) = [c.text for c in docx.Document(BytesIO(changed)).comments if "已改为" in c.text]
    assert instead in told


def test_a_workbook_has_a_row_for_each_finding(report: Report) -> None:
    book = load_workbook(BytesIO(to_findings_xlsx(report)))
    rows = list(book["核验结果"].iter_rows(values_only=True))
    assert len(rows) == len(report.findings) + 1
    assert rows[1][1:3] == ("所引已废止", "《大气污染防治法》第九十九条")
    assert any("2026年11月28日" in str(r[0]) for r in book["说明"].iter_rows(values_only=True))
