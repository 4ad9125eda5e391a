"""Matters as a spreadsheet: a statement a row, what it belongs to once above."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any, NoReturn
from zipfile import BadZipFile, ZipFile

from corpus.collections import Ask, AskKind, Matter, Statement
from corpus.errors import OptionError
from corpus.language import strip_control

#: The columns and how wide each is.
_COLUMNS = {
    "名称": 20,
    "讲法": 44,
    "不是这件事": 24,
    "面向": 12,
    "生效": 12,
    "失效": 12,
    "署名": 10,
    "署名日期": 12,
    "编号": 18,
    "都要点名的文件": 24,
    "问的是": 10,
    "问法": 36,
    "由什么文件决定": 24,
    "最接近的条文": 30,
    "对谁说": 10,
    "回答": 48,
    "依据": 40,
}
_NEEDED = ("名称", "讲法", "问的是", "问法", "回答", "依据")
_OF_MATTER = tuple(_COLUMNS)[:10]
_OF_ASK = tuple(_COLUMNS)[10:14]
_WHO = {"public": "公众", "enterprise": "企业", "staff": "工作人员"}
_MOST_ROWS = 5_000
#: So much a workbook may take, packed and unpacked.
_MOST_BYTES, _MOST_UNPACKED = 10 << 20, 100 << 20

Row = dict[str, Any]


@dataclass(slots=True)
class _Ask:
    """An ask while its rows are read."""

    row: int
    cells: Row
    statements: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class _Matter:
    """A matter while its rows are read."""

    row: int
    cells: Row
    asks: list[_Ask] = field(default_factory=list)


def to_xlsx(matters: Iterable[Matter]) -> bytes:
    """A workbook of matters; what several rows have in common stands in the first of them."""
    from openpyxl import Workbook  # takes a moment to import
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("标准问答")
    sheet.freeze_panes = "B2"
    for number, width in enumerate(_COLUMNS.values()):
        sheet.column_dimensions[chr(ord("A") + number)].width = width

    def cell(value: str | date, is_bold: bool = False) -> Any:
        # A text stays one, whatever it begins with.
        made = WriteOnlyCell(sheet, strip_control(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"
        else:
            made.number_format = "yyyy-mm-dd"
        made.font = Font(name="宋体", bold=is_bold)
        made.alignment = Alignment(wrap_text=True, vertical="top")
        return made

    sheet.append([cell(name, is_bold=True) for name in _COLUMNS])
    for matter in matters:
        for row in _rows_of(matter):
            sheet.append([cell(row[name]) if row.get(name) else None for name in _COLUMNS])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _rows_of(matter: Matter) -> Iterator[Row]:
    row: Row = {
        "名称": matter.name,
        "讲法": "\n".join(matter.tellings),
        "不是这件事": "\n".join(matter.unlike),
        "面向": "\n".join(_WHO.get(name, name) for name in matter.who),
        "生效": matter.valid_from,
        "失效": matter.valid_to,
        "署名": matter.signed,
        "署名日期": matter.signed_on,
        "编号": matter.id,
        "都要点名的文件": "\n".join(matter.needs),
    }
    for ask in matter.ask:
        row |= {
            "问的是": ask.kind.value,
            "问法": "\n".join(ask.asked),
            "由什么文件决定": "\n".join(ask.needs),
            "最接近的条文": ask.near,
        }
        for statement in ask.statement:
            told = {"对谁说": statement.of, "回答": statement.text}
            yield row | told | {"依据": "\n".join(statement.by)}
            row = {}
        if row:
            yield row
        row = {}
    if row:
        yield row


def from_xlsx(content: bytes) -> list[Matter]:
    """The matters of a workbook's first sheet; OptionError names the row that can't be taken.

    A row with another name begins a matter, one with another kind or other ways of asking an ask;
    cells left empty are as above.
    """
    found: list[_Matter] = []
    for number, row in _read(content):
        _take(row, number, found)
    if not found:
        raise OptionError("表里没有标准问答，请照导出的表填写后再导入。")
    return [_to_matter(each) for each in found]


def _read(content: bytes) -> Iterator[tuple[int, Row]]:
    """The rows that are not empty, with their numbers as the spreadsheet shows them."""
    from openpyxl import load_workbook

    try:
        if len(content) > _MOST_BYTES or _unpacked(content) > _MOST_UNPACKED:
            raise OptionError("表太大了，请分成几个 10 MB 以内的文件导入。")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = list(_first_rows(book.worksheets[0].iter_rows(values_only=True)))
    except (BadZipFile, KeyError, ValueError, TypeError, IndexError, OSError) as error:
        raise OptionError("这不是能读的 xlsx 文件，请另存为 xlsx 后再导入。") from error
    header = [str(name or "").strip() for name in (rows[0] if rows else ())]
    if missing := [name for name in _NEEDED if name not in header]:
        raise OptionError(f"第 1 行没有“{missing[0]}”这一列，请照导出的表写表头。")
    for number, cells in enumerate(rows[1:], 2):
        row = {n: v for n, v in zip(header, cells, strict=False) if n in _COLUMNS}
        if any(not _is_empty(value) for value in row.values()):
            yield number, row


def _unpacked(content: bytes) -> int:
    with ZipFile(BytesIO(content)) as packed:
        return sum(part.file_size for part in packed.infolist())


def _first_rows(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows, 1):
        if number > _MOST_ROWS:
            raise OptionError(f"表有 {_MOST_ROWS} 行以上，请分成几个文件导入。")
        yield row


def _take(row: Row, number: int, found: list[_Matter]) -> None:
    """Add a row to what was read above it."""
    name = _text(row.get("名称"))
    if name and (not found or name != _text(found[-1].cells.get("名称"))):
        found.append(_Matter(number, {n: row.get(n) for n in _OF_MATTER}))
    if not found:
        _refuse(number, "没有名称，请在这一行或者上面写明是哪件事项")
    asks = found[-1].asks
    cells = {n: row.get(n) for n in _OF_ASK}
    is_told = any(not _is_empty(cells[n]) for n in ("问的是", "问法"))
    if is_told and (not asks or cells != asks[-1].cells):
        asks.append(_Ask(number, cells))
    text, by = _text(row.get("回答")), _lines(row.get("依据"))
    if not (text or by):
        return
    if not asks:
        _refuse(number, "没有写问的是什么，请填“问的是”和“问法”")
    asks[-1].statements.append(Statement(text, by, _text(row.get("对谁说"))))


def _to_matter(read: _Matter) -> Matter:
    cells, shown = read.cells, {told: name for name, told in _WHO.items()}
    return Matter(
        id=_text(cells["编号"]),
        name=_text(cells["名称"]),
        who=tuple(shown.get(name, name) for name in _lines(cells["面向"])) or tuple(_WHO),
        tellings=_lines(cells["讲法"]),
        ask=tuple(map(_to_ask, read.asks)),
        unlike=_lines(cells["不是这件事"]),
        needs=_lines(cells["都要点名的文件"]),
        signed=_text(cells["署名"]),
        signed_on=_day(cells["署名日期"], read.row, "署名日期"),
        valid_from=_day(cells["生效"], read.row, "生效"),
        valid_to=_day(cells["失效"], read.row, "失效"),
    )


def _to_ask(read: _Ask) -> Ask:
    kind = _text(read.cells["问的是"])
    kinds = [each.value for each in AskKind]
    if kind not in kinds:
        _refuse(read.row, f"的“问的是”写了“{kind}”，请从 {'、'.join(kinds)} 里选")
    return Ask(
        AskKind(kind),
        _lines(read.cells["问法"]),
        tuple(read.statements),
        _lines(read.cells["由什么文件决定"]),
        _text(read.cells["最接近的条文"]),
    )


def _day(value: Any, row: int, name: str) -> date | None:
    """A date as a spreadsheet has it, or written: 2026-11-20, 2026年11月20日, 2026/11/20."""
    if _is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    written = _text(value).translate(str.maketrans("年月/.", "----", "日 "))
    try:
        year, month, day = map(int, written.split("-"))
        return date(year, month, day)
    except ValueError:
        _refuse(row, f"的“{name}”不是日期，请写成 2026-11-20 这样")


def _is_empty(value: Any) -> bool:
    return not _text(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(filter(None, (line.strip() for line in _text(value).splitlines())))


def _refuse(row: int, says: str) -> NoReturn:
    raise OptionError(f"表的第 {row} 行{says}。")
