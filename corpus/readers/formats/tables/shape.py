"""A table's parts: title and notes, header, sections, and what each of its columns is for."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.formats.table import Table
from corpus.readers.formats.tables.cells import (
    cell,
    is_number,
    is_value,
    sign,
    title_and_unit,
    unit_of,
)
from corpus.readers.formats.tables.header import Row, count_header, is_form, is_full


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row below the header, and the rows that stand over it as headings."""

    cells: Row
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A table taken apart.

    ``labels`` are the columns' names, empty where there is no header. ``heads`` are the columns
    that name a row, ``serial`` the one that counts the rows, ``units`` the one with the units of
    the values; ``is_form`` tells that names and contents stand by turns in a row.
    """

    caption: str
    unit: str
    notes: tuple[str, ...]
    labels: Row
    body: tuple[DataRow, ...]
    is_form: bool = False
    heads: tuple[int, ...] = ()
    serial: int | None = None
    units: int | None = None


def shape_of(table: Table) -> Shape:
    """Take a table apart; its cells become single lines."""
    rows = _filled([tuple(cell(text) for text in row) for row in table.rows])
    known = None if table.header_rows is None else list(rows[: table.header_rows])
    rows, caption, unit = _without_title(rows, table.caption, table.unit)
    rows, notes = _without_notes(rows)
    if not rows:
        return Shape(caption, unit, (*notes, *table.notes), (), ())
    count = count_header(rows) if known is None else sum(row in known for row in rows[: len(known)])
    count = min(count, len(rows) - 1)
    header, rest = rows[:count], rows[count:]
    header, rest = _stacked(header, rest)
    labels = _labels(header, len(rest[0])) if header else ()
    body = _sections([row for row in rest if row not in header and not _counts_columns(row)])
    told = Shape(caption, unit, (*notes, *table.notes), labels, body)
    return _with_columns(told, not header and is_form(rows))


def _filled(rows: Sequence[Row]) -> list[Row]:
    """Without empty rows, empty columns, and columns that only repeat the one before."""
    kept = [row for row in rows if any(row)]
    if not kept:
        return []
    width = max(map(len, kept))
    kept = [row + ("",) * (width - len(row)) for row in kept]
    columns = list(zip(*kept, strict=True))
    used = [
        i
        for i, column in enumerate(columns)
        if any(column) and (i == 0 or column != columns[i - 1] or not any(columns[i - 1]))
    ]
    return [tuple(row[i] for i in used) for row in kept]


def _without_title(rows: list[Row], caption: str, unit: str) -> tuple[list[Row], str, str]:
    """Take what stands over the header off: the title, the line with the unit."""
    while len(rows) > 1:
        texts = list(dict.fromkeys(text for text in rows[0] if text))
        units = list(filter(None, map(unit_of, texts)))
        is_line_of_unit = bool(units) and len(texts) <= 2
        if not is_line_of_unit and not (is_full(rows[0]) and not sign("section", texts[0])):
            break
        if len(rows[0]) == 1:
            break
        unit = unit or next(iter(units), "")
        text, _ = title_and_unit(texts[0])
        if text not in caption:
            caption = f"{caption} {text}".strip()
        rows = rows[1:]
    return rows, caption, unit


def _without_notes(rows: list[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """Take the rows at the end off that hold notes."""
    start = len(rows)
    for index in range(len(rows) - 1, 0, -1):
        if len(set(rows[index]) - {""}) > 1:
            break
        if sign("note", next(text for text in rows[index] if text)):
            start = index
    notes = [next(text for text in row if text) for row in rows[start:]]
    return rows[:start], tuple(notes)


def _stacked(header: list[Row], rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Two halves with one header, set side by side, become one above the other."""
    width = len(rows[0])
    half = width // 2
    is_twice = width % 2 == 0 and half > 1 and bool(header)
    if not is_twice or any(row[:half] != row[half:] for row in header):
        return header, rows
    if len(set(header[-1][:half])) < half:
        return header, rows
    parts = [part for row in rows for part in _halves(row, half)]
    left = parts[::2] if all(len(list(_halves(row, half))) == 2 for row in rows) else parts
    right = parts[1::2] if left is not parts else []
    return [row[:half] for row in header], [row for row in (*left, *right) if any(row)]


def _halves(row: Row, half: int) -> list[Row]:
    return [row[:half]] if is_full(row) else [row[:half], row[half:]]


def _labels(header: Sequence[Row], width: int) -> Row:
    """The names of the columns, those of several rows joined by ／."""
    columns = (dict.fromkeys(row[i] for row in header if row[i]) for i in range(width))
    return tuple(_joined(list(names)) for names in columns)


def _joined(names: list[str]) -> str:
    """限值 and（mg/L）are 限值（mg/L）; other names are set apart."""
    text = ""
    for name in names:
        text += name if not text or name[0] in "（(" else f"／{name}"
    return text


def _counts_columns(row: Row) -> bool:
    """A row under the header that numbers the columns: 1 | 2 | 3."""
    return len(row) > 2 and list(row) == [str(n) for n in range(1, len(row) + 1)]


def _sections(rows: Sequence[Row]) -> tuple[DataRow, ...]:
    """Rows over the whole width head the rows below them; several in sequence head them together.

    Where a section row has nothing below it, it stays a row of its own.
    """
    found: list[DataRow] = []
    sections: list[str] = []
    is_open = False
    for row in rows:
        if not _is_section(row):
            found.append(DataRow(row, tuple(sections)))
            is_open = False
            continue
        if not is_open:
            sections = _above(sections, row[0])
        sections.append(row[0])
        is_open = True
    if is_open:
        found.append(DataRow((sections[-1],) + ("",) * (len(rows[0]) - 1), tuple(sections[:-1])))
    return tuple(found)


def _is_section(row: Row) -> bool:
    if len(row) < 2 or not is_full(row) or is_value(row[0]) or sign("nothing", row[0]):
        return False
    return row.count("") == 0 or sign("section", row[0])


def _above(sections: Sequence[str], text: str) -> list[str]:
    """The sections that still stand over a new one: 「一、」 over 「（一）」."""
    kept: list[str] = []
    for section in sections:
        if _rank(section) >= _rank(text):
            break
        kept.append(section)
    return kept


def _rank(section: str) -> int:
    marks = (section[0] == "第", section[0] not in "（(", True)
    return marks.index(True) if sign("section", section) else 0


def _with_columns(shape: Shape, is_a_form: bool) -> Shape:
    """Tell what the columns are for."""
    width = len(shape.body[0].cells) if shape.body else 0
    fields = (shape.caption, shape.unit, shape.notes, shape.labels, shape.body)
    if not width or is_a_form:
        return Shape(*fields, is_form=is_a_form)
    serial = next((i for i in range(min(2, width - 1)) if _is_serial(shape, i)), None)
    units = next((i for i in range(1, width) if sign("unit_column", _label(shape, i))), None)
    free = [i for i in range(width) if i not in (serial, units)]
    return Shape(*fields, heads=_heads(shape, free), serial=serial, units=units)


def _label(shape: Shape, column: int) -> str:
    return shape.labels[column].split("／")[-1] if shape.labels else ""


def _column(shape: Shape, column: int) -> list[str]:
    return [row.cells[column] for row in shape.body]


def _is_serial(shape: Shape, column: int) -> bool:
    """By its name, or because it counts 1, 2, 3 … beside a column of names."""
    if sign("serial", _label(shape, column)):
        return True
    numbers = [text for text in _column(shape, column) if text]
    named = [text for text in _column(shape, column + 1) if text]
    if column or not numbers or not all(map(is_number, numbers)) or any(map(is_value, named)):
        return False
    is_shared = bool(shape.labels) and shape.labels[0] == shape.labels[1]
    counted = list(dict.fromkeys(numbers))
    return is_shared or (len(counted) > 1 and counted == [str(n + 1) for n in range(len(counted))])


def _heads(shape: Shape, free: Sequence[int]) -> tuple[int, ...]:
    """The leftmost column, and the next ones as long as rows are not told apart by those before."""
    heads = [free[0]]
    for column in free[1:-1]:
        keys = [(row.sections, *(row.cells[i] for i in heads)) for row in shape.body]
        texts = [text for text in _column(shape, column) if text and not sign("nothing", text)]
        if len(set(keys)) == len(keys) or not texts or 2 * sum(map(is_value, texts)) >= len(texts):
            break
        heads.append(column)
    return tuple(heads)
