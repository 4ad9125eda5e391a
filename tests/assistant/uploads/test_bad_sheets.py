"""Tables that staff upload: one far too long is refused soon, merged cells are read whole."""

import io
import time
import tracemalloc
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from assistant.uploads import State, Uploads
from assistant.uploads.files import UploadFiles
from corpus.errors import DocumentError
from corpus.readers.formats.sheet import read_sheet
from tests.assistant.uploads.conftest import wait_for

_ROWS = 100_000
#: Seconds of CPU, whatever else the machine does, and bytes.
_MOST_S, _MOST_BYTES = 4, 100 * 2**20


def book() -> Workbook:
    """Limits of two pollutants: cells merged over columns, rows and the title."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "排放限值"
    rows = (
        ("表1 屠宰场排水限值（mg/L）",),
        ("污染物", "新建", None, "现有"),
        (None, "直接排放", "间接排放", "直接排放"),
        ("氨氮", 12, 25, 18),
        ("总磷", 0.7, "1.5", None),
    )
    for row in rows:
        sheet.append(row)
    for merged in ("A1:D1", "A2:A3", "B2:C2", "C5:D5"):
        sheet.merge_cells(merged)
    return made


def saved(made: Workbook) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def long_sheet() -> bytes:
    """A hundred thousand rows: written as they stand in the file, a library takes too long."""
    name = '<c r="A{n}" t="inlineStr"><is><t>甲厂</t></is></c>'
    row = f'<row r="{{n}}">{name}<c r="B{{n}}"><v>{{n}}</v></c></row>'
    rows = "".join(row.format(n=n) for n in range(1, _ROWS + 1))
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(saved(book()))) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                head = data[: data.index(b"<sheetData")]
                data = head + f"<sheetData>{rows}</sheetData></worksheet>".encode()
            new.writestr(name, data)
    return buffer.getvalue()


def test_a_sheet_of_a_hundred_thousand_rows_is_refused_soon(
    uploads: Uploads, long_sheet: bytes
) -> None:
    upload = uploads.receive("台账.xlsx", long_sheet, "甲").id
    failed = wait_for(uploads, upload, State.FAILED)
    assert failed.message == (
        f"「台账.xlsx」的一张表有 {_ROWS} 行，最多读 20000 行，请拆成几个文件后再试。"
    )


def test_it_is_refused_before_its_rows_are_read(long_sheet: bytes) -> None:
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(DocumentError, match=f"{_ROWS} 行"):
            read_sheet(long_sheet, "台账.xlsx")
        assert time.process_time() - began < _MOST_S
        assert tracemalloc.get_traced_memory()[1] < _MOST_BYTES
    finally:
        tracemalloc.stop()


def test_a_table_with_merged_cells_is_read_whole(uploads: Uploads, tmp_path: Path) -> None:
    upload = uploads.receive("屠宰场排水限值.xlsx", saved(book()), "甲").id
    wait_for(uploads, upload, State.READY)
    assert uploads.preview(upload).tables == 1
    document = UploadFiles(tmp_path / "uploads").reading(upload).document
    text = "\n".join(a.text for a in document.articles)
    (ammonia,) = [line for line in text.split("\n") if "氨氮" in line]
    (phosphorus,) = [line for line in text.split("\n") if "总磷" in line]
    for words in (
        "屠宰场排水限值",
        "mg/L",
        "新建",
        "直接排放",
        "间接排放",
        "现有",
        "12",
        "25",
        "18",
    ):
        assert words in ammonia
    assert phosphorus.count("1.5") == 2
    assert "0.7" in phosphorus
