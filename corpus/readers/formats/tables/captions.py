"""What stands around a table, for all formats alike: its caption, its unit, its notes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language import strip_control
from corpus.readers.formats.blocks import Block, row
from corpus.readers.formats.table import Table
from corpus.readers.formats.tables.cells import match_of, sign, title_and_unit
from corpus.readers.formats.tables.facts import is_layout, lines_of, names_of
from corpus.splitting import FACT_MARK

#: A caption without a number has so many characters; one with a number may be longer.
_FEW, _SHORT, _LONG = 4, 40, 90
#: A table that nothing names.
_NAMELESS = "表"


@dataclass(slots=True)
class _Around:
    """What was found around one table, and the places of the blocks that go into its facts."""

    caption: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()


def blocks_of(table: Table) -> list[Block]:
    """The block of a table; of one that only lays out text, the text."""
    if is_layout(table):
        texts = (text for cells in table.rows for text in dict.fromkeys(cells))
        lines = (line.strip() for text in texts for line in text.split("\n"))
        return [Block(line) for line in lines if line]
    rows = filter(None, (row(list(cells)) for cells in table.rows))
    return [Block("\n".join(rows), is_table=True, table=table)]


def settle(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Every table becomes its facts, under the caption and the unit found beside it.

    A numbered caption and a line with the unit go into the facts and stand nowhere else; the
    file's first block, a heading, 「附表1 …」 and a short line without a number stay where they are
    as well. Notes below become lines of the table. DocumentError for a table that is too large.
    """
    below = _captions_stand_below(blocks)
    found: dict[int, Block] = {}
    used: set[int] = set()
    heading = ""
    for index, block in enumerate(blocks):
        if block.table is None:
            heading = _text(block) if _is_heading(block) else heading
            continue
        around = _around(blocks, index, used, below)
        used |= around.used
        found[index] = _settled(block, block.table, around, heading)
    return tuple(found.get(i, block) for i, block in enumerate(blocks) if i not in used)


def _settled(block: Block, table: Table, around: _Around, heading: str) -> Block:
    own, unit = names_of(table)
    named = replace(
        table,
        caption=around.caption or table.caption or ("" if own else heading or _NAMELESS),
        unit=around.unit or unit,
    )
    lines = [*lines_of(named), *around.notes]
    return replace(block, table=None, facts=tuple(dict.fromkeys(lines)))


def _around(blocks: Sequence[Block], index: int, used: set[int], below: bool) -> _Around:
    own, unit = names_of(blocks[index].table or Table(()))
    around = _Around(unit=unit)
    places: list[int] = []
    at = index - 1
    while at >= 0 and (text := _unit_line(blocks[at])) and index - at < 3:
        around.unit = around.unit or text
        places.append(at)
        at -= 1
    behind = index + 1
    if below and _is_caption(blocks, behind):
        _name(around, blocks[behind])
        places.append(behind)
        behind += 1
    elif at >= 0 and at not in used and _names_table(blocks[at], is_named=bool(own)):
        _name(around, blocks[at])
        if _may_go(blocks, at):
            places.append(at)
    while behind < len(blocks) and sign("note", _text(blocks[behind])) and _is_text(blocks[behind]):
        around.notes += (_text(blocks[behind]),)
        places.append(behind)
        behind += 1
    around.used = frozenset(places)
    return around


def _name(around: _Around, block: Block) -> None:
    """The caption to the letter; a unit behind it without brackets is taken off."""
    raw = " ".join(strip_control(block.text).split())
    around.caption, unit = title_and_unit(raw)
    around.unit = around.unit or unit


def _captions_stand_below(blocks: Sequence[Block]) -> bool:
    """Whether the file's first table has a numbered caption below it and none above it."""
    first = next((i for i, block in enumerate(blocks) if block.table is not None), None)
    if first is None:
        return False
    above = [i for i in range(max(0, first - 2), first) if _is_caption(blocks, i)]
    return not above and _is_caption(blocks, first + 1)


def _is_caption(blocks: Sequence[Block], index: int) -> bool:
    return 0 <= index < len(blocks) and _is_numbered(blocks[index])


def _is_numbered(block: Block) -> bool:
    """「表1 水污染物排放限值」."""
    text = _text(block)
    return (
        _is_text(block)
        and len(text) <= _LONG
        and bool(match_of("caption", text))
        and (not sign("no_caption", text))
    )


def _names_table(block: Block, *, is_named: bool) -> bool:
    if not _is_text(block) or not _text(block):
        return False
    if _is_numbered(block):
        return True
    text = _text(block)
    return not is_named and _FEW <= len(text) <= _SHORT and not sign("no_caption", text)


def _may_go(blocks: Sequence[Block], index: int) -> bool:
    """Whether a caption need not stand in the text as well: it can be nothing but one."""
    block = blocks[index]
    is_heading = block.level > 0 or _text(block).startswith("附")
    return index > 0 and _is_numbered(block) and not is_heading


def _is_heading(block: Block) -> bool:
    text = _text(block)
    return block.level > 0 or (
        _is_text(block)
        and len(text) <= _SHORT
        and sign("section", text)
        and not sign("no_caption", text)
    )


def _unit_line(block: Block) -> str:
    if not _is_text(block) or block.level or len(block.text) > _SHORT:
        return ""
    text = " ".join(block.text.split())
    caption, unit = title_and_unit(text)
    return "" if caption else unit


def _is_text(block: Block) -> bool:
    return not block.is_table and FACT_MARK not in _text(block)


def _text(block: Block) -> str:
    return "" if block.is_table else block.clean
