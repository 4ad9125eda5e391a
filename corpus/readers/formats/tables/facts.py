"""A table → its facts: one line for each row, complete in itself and to the letter."""

from collections.abc import Iterator
from dataclasses import replace

from corpus.errors import DocumentError
from corpus.readers.formats.table import Table
from corpus.readers.formats.tables.cells import is_number, is_paragraph, is_value, sign
from corpus.readers.formats.tables.header import is_full, pairs_of
from corpus.readers.formats.tables.shape import DataRow, Shape, shape_of
from corpus.splitting import FACT_MARK

#: What nobody looks up row by row.
MAX_FACTS = 20_000


def facts(table: Table) -> list[str]:
    """A line for each row: 「表1 限值（单位：mg/L）　化学需氧量：直接排放 60；间接排放 200」.

    What names the table stands before the mark of a fact, where there is anything. None for a table
    that only lays out text. DocumentError above 20,000 rows.
    """
    if is_layout(table):
        return []
    return list(_facts(shape_of(table)))


def lines_of(table: Table) -> list[str]:
    """The facts, and the notes that the table itself holds."""
    shape = shape_of(table)
    return [*_facts(shape), *shape.notes]


def names_of(table: Table) -> tuple[str, str]:
    """The caption and the unit that the table itself has in its first rows."""
    shape = shape_of(replace(table, rows=table.rows[:10]))
    return shape.caption, shape.unit


def is_layout(table: Table) -> bool:
    """Whether the cells hold running text, set side by side or one below the other."""
    check_size(table)
    rows = [row for row in table.rows if any(text.strip() for text in row)]
    if all(len({text for text in row if text.strip()}) < 2 for row in rows) or table.width < 2:
        return True
    cells = [text for row in rows for text in dict.fromkeys(row) if text.strip()]
    running = sum(map(is_paragraph, cells))
    if len(rows) == 1:
        return running > 0 or any(text.strip().count("\n") > 1 for text in cells)
    return 2 * running >= len(cells)


def check_size(table: Table) -> None:
    """DocumentError for a table with more rows than are read."""
    if len(table.rows) > MAX_FACTS:
        name = f"《{table.caption}》" if table.caption else ""
        raise DocumentError(
            f"表格{name}有 {len(table.rows)} 行，最多读 {MAX_FACTS} 行，请拆成几个文件后再试。"
        )


def context_of(caption: str, unit: str) -> str:
    """The caption with the unit behind it, unless it has one."""
    if not unit or unit in caption:
        return caption
    return f"{caption}（单位：{unit}）"


def _facts(shape: Shape) -> Iterator[str]:
    context = context_of(shape.caption, shape.unit)
    before = f"{context}{FACT_MARK}" if context else ""
    return (before + line for line in _lines(shape))


def _lines(shape: Shape) -> Iterator[str]:
    last: list[str] = []
    for row in shape.body:
        if shape.is_form:
            yield from _form_lines(row)
            continue
        names = _names(shape, row, last)
        last = names
        head = "／".join(dict.fromkeys(name for name in names if name))
        values = list(_values(shape, row, head))
        extras = list(row.sections)
        if shape.serial is not None and row.cells[shape.serial]:
            extras.insert(0, f"序号 {row.cells[shape.serial]}")
        if extras:
            head += f"（{'，'.join(extras)}）"
        if line := "：".join(part for part in (head, "；".join(values)) if part):
            yield line


def _form_lines(row: DataRow) -> Iterator[str]:
    section = f"{row.sections[-1]}／" if row.sections else ""
    if is_full(row.cells):
        yield section + row.cells[0]
        return
    for name, content in pairs_of(row.cells):
        if content and name != content:
            yield f"{section}{name}：{content}" if name else section + content


def _names(shape: Shape, row: DataRow, last: list[str]) -> list[str]:
    """What names the row; a place left empty under a name of the row before is the same name."""
    names = [row.cells[i] for i in shape.heads]
    if len(names) > 1 and not names[0] and any(names[1:]) and len(last) == len(names):
        names[0] = last[0]
        return names
    labels = [shape.labels[i] if shape.labels else "" for i in shape.heads]
    return [
        f"{label} {name}" if label and is_number(name) else name
        for label, name in zip(labels, names, strict=True)
    ]


def _values(shape: Shape, row: DataRow, head: str) -> Iterator[str]:
    seen = set()
    unit = row.cells[shape.units] if shape.units is not None else ""
    for index, text in enumerate(row.cells):
        if not text or index in (*shape.heads, shape.serial, shape.units):
            continue
        label = shape.labels[index] if shape.labels else ""
        if (label, text) in seen or (not label and text == head):
            continue
        seen.add((label, text))
        value = f"{text} {unit}" if unit and is_value(text) and not sign("nothing", unit) else text
        yield f"{label} {value}" if label else value
