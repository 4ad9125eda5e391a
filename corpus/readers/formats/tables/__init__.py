"""Tables kept as facts: each row a line that says by itself what its values mean.

A reader of a format gives ``blocks_of(Table(rows))`` where a table stands, its merged cells filled
in. ``settle`` then finds, for all formats, the caption, the unit and the notes around each table
and turns it into its facts.

table ──header, shape──▶ Shape ──facts──▶ lines ◀──captions── what stands around it
"""

from corpus.readers.formats.table import Table
from corpus.readers.formats.tables.captions import blocks_of, settle
from corpus.readers.formats.tables.cells import title
from corpus.readers.formats.tables.facts import MAX_FACTS, facts, is_layout
from corpus.readers.formats.tables.grid import Cell, fill
from corpus.readers.formats.tables.header import begins_table

__all__ = [
    "MAX_FACTS",
    "Cell",
    "Table",
    "begins_table",
    "blocks_of",
    "facts",
    "fill",
    "is_layout",
    "settle",
    "title",
]
