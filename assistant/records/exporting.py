"""What was asked, taken out: a workbook, and a question set that ``ecopolicy eval`` runs."""

import json
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from assistant.export import cell
from assistant.records.asked import Asked

HEADER = (
    "日期", "时", "问题", "结果", "把握", "引文键", "还要看的文件", "事项", "提问者", "引擎",
)  # fmt: skip
_WIDTHS = (12, 6, 64, 8, 8, 44, 44, 20, 10, 16)
NOTE = "姓名、电话、证件、住址、车牌、账号写入前已经去掉，代之以〔姓名〕等记号；不记录是谁问的。"
#: Where the numbers stand among the columns.
_HOUR, _CONFIDENCE = 1, 4


def to_xlsx(rows: Sequence[Asked]) -> bytes:
    """A workbook with a row for each question and a filter; no cell is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("问过什么")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:J{len(rows) + 1}"
    for letter, width in zip("ABCDEFGHIJ", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([cell(sheet, text, bold=True) for text in HEADER])
    for row in rows:
        cells = [cell(sheet, text) for text in _row(row)]
        cells[_HOUR] = WriteOnlyCell(sheet, row.hour)
        cells[_CONFIDENCE] = WriteOnlyCell(sheet, row.confidence)
        sheet.append(cells)
    about = book.create_sheet("说明")
    about.column_dimensions["A"].width = 100
    about.append([cell(about, NOTE)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _row(row: Asked) -> tuple[str, ...]:
    return (
        row.day.isoformat(),
        "",
        row.question,
        row.fate.value,
        "",
        "\n".join(row.keys),
        "、".join(row.needs),
        row.matter,
        row.audience.shown,
        row.engine,
    )


def to_question_set(rows: Sequence[Asked]) -> str:
    """JSON lines for ``ecopolicy eval --dataset``, each question once, the newest row of it.

    Nobody has looked yet at what is right: ``gold`` is empty and ``expect`` is ``unknown``, to be
    filled in; ``cited`` and ``was`` tell what was answered.
    """
    latest: dict[str, Asked] = {}
    for row in rows:
        held = latest.get(row.question)
        if held is None or row.id > held.id:
            latest[row.question] = row
    return "".join(
        json.dumps(
            {
                "id": f"asked-{row.id}",
                "question": row.question,
                "gold": [],
                "expect": "unknown",
                "category": "asked",
                "split": "dev",
                "needs": list(row.needs),
                "cited": list(row.keys),
                "was": row.fate.value,
            },
            ensure_ascii=False,
        )
        + "\n"
        for row in latest.values()
    )
