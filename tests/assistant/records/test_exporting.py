"""What was asked as a workbook and as a question set."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from assistant.records import to_question_set, to_xlsx
from assistant.types import Outcome
from eval.metrics import UNKNOWN, failures
from eval.runner import load_questions
from tests.assistant.records.asked_rows import make_row

ROWS = (
    make_row(3, "=1+1 油烟谁管", outcome=Outcome.ANSWERED, keys=("某法#1", "某法#2")),
    make_row(2, "危废代码是多少", needs=("国家危险废物名录",)),
    make_row(1, "=1+1 油烟谁管"),
)


def test_the_workbook_has_a_row_for_each_and_no_formula():
    book = load_workbook(BytesIO(to_xlsx(ROWS)))
    header, *rows = book["问过什么"].iter_rows()
    assert [c.value for c in header][:4] == ["日期", "时", "问题", "结果"]
    assert len(rows) == len(ROWS)
    assert rows[0][2].value == "'=1+1 油烟谁管"
    assert "f" not in {c.data_type for row in rows for c in row}
    assert rows[1][6].value == "国家危险废物名录"
    assert (rows[0][1].value, rows[0][4].value) == (9, 0.2)
    assert "〔姓名〕" in str(book["说明"]["A1"].value)


def test_an_empty_log_makes_a_workbook_too():
    assert load_workbook(BytesIO(to_xlsx(())))["问过什么"].max_row == 1


def test_the_question_set_is_one_that_the_evaluation_reads(tmp_path: Path):
    path = tmp_path / "asked.jsonl"
    path.write_text(to_question_set(ROWS), "utf-8")
    questions = load_questions(path)
    assert [(q.id, q.question) for q in questions] == [
        ("asked-3", "=1+1 油烟谁管"),
        ("asked-2", "危废代码是多少"),
    ]
    assert {(q.gold, q.expect) for q in questions} == {((), UNKNOWN)}
    assert questions[1].needs == ("国家危险废物名录",)


def test_of_an_unknown_question_neither_outcome_is_wrong(tmp_path: Path):
    path = tmp_path / "asked.jsonl"
    path.write_text(to_question_set(ROWS), "utf-8")
    question = load_questions(path)[0]
    for outcome in ("answered", "declined"):
        answer = {"question": "", "answer": "", "outcome": outcome, "citations": []}
        assert failures(answer, question, {}) == []


def test_no_row_makes_an_empty_set():
    assert to_question_set(()) == ""
