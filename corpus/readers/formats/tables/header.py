"""Where a table's header ends: by what is merged, by what is a value, by what is a label."""

from collections.abc import Sequence

from corpus.readers.formats.tables.cells import is_value, sign

Row = tuple[str, ...]

#: A header has no more rows than this; what is longer than this is no column's name.
_MAX_ROWS, _MAX_NAME = 5, 60
#: The share of names among the cells of a form's columns of names, and of its columns of contents.
_NAMES, _CONTENTS = 0.6, 0.35


def is_full(row: Row) -> bool:
    """Whether one text stands over the whole width, or alone in the first place."""
    return bool(row[0]) and len(set(row) - {""}) == 1 and (row.count("") in (0, len(row) - 1))


def begins_table(row: Row) -> bool:
    """Whether a row behind an empty one is a title, a note or a header rather than one more row."""
    filled = [text for text in row if text]
    if len(set(filled)) == 1:
        return True
    return len(filled) > 1 and 2 * sum(sign("label", text) for text in filled) >= len(filled)


def count_header(rows: Sequence[Row]) -> int:
    """How many rows at the top are the header; 0 for a form, or where there is none."""
    if len(rows) < 2 or is_form(rows) or not _is_header(rows):
        return 0
    count = 1
    while count < min(len(rows) - 1, _MAX_ROWS) and _goes_on(rows[count - 1], rows[count]):
        count += 1
    return count


def is_form(rows: Sequence[Row]) -> bool:
    """Names and contents by turns: 项目名称 | … | 建设单位 | …."""
    width = len(rows[0])
    if width % 2 or width > 6:
        return False
    if width == 2:
        return not _is_header(rows)
    pairs = [pair for row in rows if not is_full(row) for pair in pairs_of(row)]
    names = [sign("label", name) for name, _ in pairs]
    contents = [sign("label", content) for _, content in pairs if content]
    # A table's header names every column; a form's first row is as the others are.
    named_through = all(sign("label", cell) for cell in rows[0] if cell)
    return (
        not named_through
        and sum(names) >= _NAMES * max(1, len(names))
        and sum(contents) <= _CONTENTS * max(1, len(contents))
    )


def pairs_of(row: Row) -> list[tuple[str, str]]:
    """The names of a form's row with their contents; a content may cover several places."""
    distinct: list[str] = []
    for index, text in enumerate(row):
        if index == 0 or text != row[index - 1] or not text:
            distinct.append(text)
    if len(distinct) % 2:
        distinct.append("")
    found = zip(distinct[::2], distinct[1::2], strict=True)
    return [(name, content) for name, content in found if name or content]


def _is_header(rows: Sequence[Row]) -> bool:
    first, rest = rows[0], rows[1:]
    filled = [text for text in first if text]
    if len(set(filled)) < 2 or any(len(text) > _MAX_NAME for text in filled):
        return _is_merged_over(first, rest[0]) if rest else False
    if any(is_value(text) for text in filled):
        return bool(rest) and _is_merged_over(first, rest[0])
    if len(first) > 2:
        return True
    return _is_header_of_two(first, rest)


def _is_header_of_two(first: Row, rest: Sequence[Row]) -> bool:
    """Whether the first row of two columns names them, and is no line of a form."""
    if sign("column_name", first[1]):
        return True
    below = [row[1] for row in rest if row[1] and not sign("nothing", row[1])]
    names = [sign("label", row[0]) for row in rest if row[0]]
    has_values = 2 * sum(map(is_value, below)) > len(below)
    has_names = sign("label", first[0]) or sign("label", first[1]) or sign("period", first[1])
    is_filled_in = 2 * sum(names) > len(names)
    return has_names and (has_values or (sign("label", first[1]) and not is_filled_in))


def _is_merged_over(first: Row, second: Row) -> bool:
    """The first place is merged downwards, and another one sideways."""
    return bool(first[0]) and first[0] == second[0] and bool(_merged(first)) and not is_full(first)


def _merged(row: Row) -> set[int]:
    """The places of a row that one text covers together with a neighbour."""
    pairs = [i for i in range(len(row) - 1) if row[i] and row[i] == row[i + 1]]
    return {place for i in pairs for place in (i, i + 1)}


def _goes_on(above: Row, row: Row) -> bool:
    """Whether the row below a header's row belongs to the header as well."""
    if is_full(row):
        return False
    if above[0] and row[0] == above[0]:
        return True
    merged = _merged(above)
    others = [i for i in range(len(row)) if i not in merged]
    if any(row[i] and row[i] != above[i] for i in others):
        return _is_row_of_units(above, row)
    names = [row[i] for i in sorted(merged) if row[i] and row[i] != above[i]]
    return (bool(names) and not any(map(is_value, names))) or _is_row_of_units(above, row)


def _is_row_of_units(above: Row, row: Row) -> bool:
    """Nothing new but units in brackets: 「（mg/L）」."""
    new = [text for text, over in zip(row, above, strict=True) if text and text != over]
    return bool(new) and all(
        len(text) < 20 and text[0] in "（(" and text[-1] in "）)" and not text[1:-1].isdigit()
        for text in new
    )
