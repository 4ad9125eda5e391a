"""File formats → blocks of text.

file ──files──▶ bytes ──word, sheet, pdf, web, markdown, plain──▶ Content (its blocks)
"""

from corpus.readers.formats.blocks import Block, Content, tidy
from corpus.readers.formats.by_format import page_image, read_content
from corpus.readers.formats.files import MAX_BYTES, Format, Source, load, read_bytes, source_of
from corpus.readers.formats.table import Table
from corpus.readers.formats.tables import settle

__all__ = [
    "MAX_BYTES",
    "Block",
    "Content",
    "Format",
    "Source",
    "Table",
    "load",
    "page_image",
    "read_bytes",
    "read_content",
    "settle",
    "source_of",
    "tidy",
]
