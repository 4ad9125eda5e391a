"""Matters handed on as TOML and as a spreadsheet, and read back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assistant.matters import from_toml, from_xlsx, to_toml, to_xlsx
from corpus.collections import Ask, AskKind, Matter, Reviewed, Statement
from corpus.errors import OptionError
from corpus.language import strip_control

SEEN = (Reviewed("a", "甲法"), Reviewed("b", "甲法@2020-01-01"))
FULL = Matter(
    id="own-1",
    name="夜间装卸",
    who=("public", "staff"),
    tellings=("码头半夜装卸吵人", '货场夜里"咣当"响'),
    ask=(
        Ask(
            AskKind.PERMISSION,
            ("夜里能装卸吗", "几点后不准"),
            (
                Statement("不得装卸。", ("甲法#1|2", "甲法#3"), "装卸单位", SEEN),
                Statement("=1+1", ("乙法#4",)),
            ),
        ),
        Ask(AskKind.TERM, ("多少分贝",), needs=("排放标准（GB 1）",), near="甲法#2"),
    ),
    unlike=("楼上半夜装修",),
    needs=("装卸规程",),
    signed="周敏",
    signed_on=date(2026, 11, 20),
    valid_from=date(2026, 12, 1),
    valid_to=date(2027, 6, 30),
)
BARE = Matter("own-2", "空的", ("enterprise",), ("只有讲法",), ())


def without_reviewed(matter: Matter) -> Matter:
    asks = (
        replace(a, statement=tuple(replace(s, reviewed=()) for s in a.statement))
        for a in matter.ask
    )
    return replace(matter, ask=tuple(asks))


def test_toml_there_and_back():
    assert from_toml(to_toml([FULL, BARE])) == [FULL, BARE]


line = (
    st.text(min_size=1, max_size=20).map(lambda t: strip_control(" ".join(t.split()))).filter(bool)
)
lines = st.lists(line, min_size=1, max_size=3).map(tuple)
statement = st.builds(Statement, line, lines, st.just("") | line)
asked = st.builds(Ask, st.sampled_from(AskKind), lines, st.lists(statement, max_size=2).map(tuple))
matter = st.builds(
    Matter,
    id=st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
    name=line,
    who=st.just(("public",)),
    tellings=lines,
    ask=st.lists(asked, max_size=2).map(tuple),
    signed=st.just("") | line,
    valid_to=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)


@settings(max_examples=60, deadline=None)
@given(matter)
def test_any_words_are_read_back_from_toml(any_matter: Matter):
    assert from_toml(to_toml([any_matter])) == [any_matter]


def test_a_workbook_there_and_back():
    read = from_xlsx(to_xlsx([FULL, BARE]))
    assert read == [without_reviewed(FULL), BARE]


def test_no_cell_of_a_workbook_is_a_formula():
    sheet = load_workbook(BytesIO(to_xlsx([FULL]))).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def changed(change: Callable[[object], None]) -> bytes:
    """The workbook of ``FULL`` after somebody worked on it."""
    book = load_workbook(BytesIO(to_xlsx([FULL])))
    change(book.active)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def put(name: str, row: int, value: object) -> Callable[[object], None]:
    def change(sheet: object) -> None:
        header = [cell.value for cell in sheet[1]]  # type: ignore[index]
        sheet.cell(row, header.index(name) + 1).value = value  # type: ignore[attr-defined]

    return change


DATES = ["2027年6月30日", "2027/6/30", "2027-06-30", datetime(2027, 6, 30)]


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read_as_people_write_it(written: object):
    (read,) = from_xlsx(changed(put("失效", 2, written)))
    assert read.valid_to == date(2027, 6, 30)


def test_cells_that_were_filled_down_are_the_same_matter():
    def fill(sheet: object) -> None:
        for column in range(1, 15):
            above = sheet.cell(2, column).value  # type: ignore[attr-defined]
            sheet.cell(3, column).value = above  # type: ignore[attr-defined]

    assert from_xlsx(changed(fill)) == [without_reviewed(FULL)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (put("问的是", 4, "多少钱"), "第 4 行的“问的是”写了“多少钱”"),
        (put("生效", 2, "明年"), "第 2 行的“生效”不是日期"),
        (put("生效", 2, "2026-02-30"), "第 2 行的“生效”不是日期"),
        (put("名称", 2, None), "第 2 行没有名称"),
        (put("依据", 1, "根据"), "第 1 行没有“依据”"),
        (put("回答", 5, "有回答而没有问"), None),
    ],
)
def test_a_bad_sheet_is_told_by_its_row(change: Callable[[object], None], says: str | None):
    if says is None:
        assert from_xlsx(changed(change))[0].ask[-1].statement[0].text == "有回答而没有问"
        return
    with pytest.raises(OptionError, match=says):
        from_xlsx(changed(change))


def test_a_first_row_without_an_ask_is_told():
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["名称", "讲法", "问的是", "问法", "回答", "依据"])
    sheet.append([])
    sheet.append(["甲", "乙", None, None, "丙。", "丁法#1"])
    file = BytesIO()
    book.save(file)
    with pytest.raises(OptionError, match="第 3 行没有写问的是什么"):
        from_xlsx(file.getvalue())


def test_too_many_rows_are_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["名称", "讲法", "问的是", "问法", "回答", "依据"])
    for number in range(6_000):
        sheet.append([f"名{number}"])
    file = BytesIO()
    book.save(file)
    with pytest.raises(OptionError, match="行以上"):
        from_xlsx(file.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"name,asked\n", b"\xd0\xcf\x11\xe0" * 9])
def test_what_is_no_workbook_is_told(content: bytes):
    with pytest.raises(OptionError, match="xlsx"):
        from_xlsx(content)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有事项"),
        ("[[matter", "读不懂"),
        ('matter = "甲"', "写得不对"),
        ('[[matter]]\nid = "a"\nname = "甲"\nwho = []\ntellings = "乙"\nask = []', "tellings"),
        ('[[matter]]\nid = "a"', "第 1 个事项"),
    ],
)
def test_bad_toml_is_told(text: str, says: str):
    with pytest.raises(OptionError, match=says):
        from_toml(text)
