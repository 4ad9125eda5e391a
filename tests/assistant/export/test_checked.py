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
    "关于执法的通知\n依据《大气污染防治法》第九十五条和《水法》第三条处罚。\n"
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
    paragraph.add_run("十五条和《水法》第三条处罚。")
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
    assert document.paragraphs[0].text == "依据《大气污染防治法》第九十五条和《水法》第三条处罚。"
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
    assert deleted == "《大气污染防治法》第九十五条"
    assert inserted == instead
    # What is read again is the text with the change.
    assert f"依据{instead}和《水法》第三条处罚。" in read_plain("新.docx", changed)
    (told,) = [c.text for c in docx.Document(BytesIO(changed)).comments if "已改为" in c.text]
    assert instead in told


def test_a_workbook_has_a_row_for_each_finding(report: Report) -> None:
    book = load_workbook(BytesIO(to_findings_xlsx(report)))
    rows = list(book["核验结果"].iter_rows(values_only=True))
    assert len(rows) == len(report.findings) + 1
    assert rows[1][1:3] == ("所引已废止", "《大气污染防治法》第九十五条")
    assert any("2026年11月28日" in str(r[0]) for r in book["说明"].iter_rows(values_only=True))


def test_places_that_are_alike_are_each_their_own(corpus: Corpus) -> None:
    document = docx.Document()
    document.add_paragraph("依据《大气污染防治法》第九十五条和《水污染防治法》第八十二条处罚。")
    document.add_paragraph(
        "再依据《大气污染防治法》第九十五条，又依据《大气污染防治法》第九十五条。"
    )
    file = BytesIO()
    document.save(file)
    report = check_text(read_plain("稿.docx", file.getvalue()), corpus, DAY)
    changed = to_commented_docx(report, file.getvalue(), True)
    body = docx.Document(BytesIO(changed)).element.body
    assert not body.findall(f".//{qn('w:ins')}//{qn('w:ins')}")
    assert not body.findall(f".//{qn('w:ins')}//{qn('w:del')}")
    deleted = [
        "".join(t.text or "" for t in d.iter(qn("w:delText"))) for d in body.iter(qn("w:del"))
    ]
    assert deleted == [f.text for f in report.wrong]
    instead = [f.instead for f in report.wrong]
    assert read_plain("新.docx", changed).split("\n") == [
        f"依据{instead[0]}和{instead[1]}处罚。",
        f"再依据{instead[2]}，又依据{instead[3]}。",
    ]


def test_what_else_is_in_a_run_stays_where_it_was(corpus: Corpus) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("头\n依据《大气污染防治法》第九十五条。\t尾")
    file = BytesIO()
    document.save(file)
    report = check_text(read_plain("稿.docx", file.getvalue()), corpus, DAY)
    for is_replaced in (False, True):
        changed = docx.Document(BytesIO(to_commented_docx(report, file.getvalue(), is_replaced)))
        body = changed.element.body
        assert len(body.findall(f".//{qn('w:br')}")) == 1
        assert len(body.findall(f".//{qn('w:tab')}")) == 1
    plain = docx.Document(BytesIO(to_commented_docx(report, file.getvalue(), False)))
    assert plain.paragraphs[0].text == "头\n依据《大气污染防治法》第九十五条。\t尾"
