"""File formats → blocks of text.

file ──files──▶ bytes ──word, sheet, pdf, web, markdown, plain──▶ Content (its blocks)
"""

from corpus.readers.formats.blocks import Block, Content, tidy
from corpus.readers.formats.files import MAX_BYTES, Format, Source, load, read_bytes, source_of
from corpus.readers.formats.markdown import read_markdown
from corpus.readers.formats.pdf import quiet, read_pdf
from corpus.readers.formats.pdf_columns import Box, read_order
from corpus.readers.formats.pdf_text import clean_text
from corpus.readers.formats.plain import read_text
from corpus.readers.formats.scans import read_image
from corpus.readers.formats.sheet import read_sheet
from corpus.readers.formats.table import Table
from corpus.readers.formats.tables import settle
from corpus.readers.formats.web import read_page
from corpus.readers.formats.word import read_word

__all__ = [
    "MAX_BYTES",
    "Block",
    "Box",
    "Content",
    "Format",
    "Source",
    "Table",
    "clean_text",
    "load",
    "quiet",
    "read_bytes",
    "read_image",
    "read_markdown",
    "read_order",
    "read_page",
    "read_pdf",
    "read_sheet",
    "read_text",
    "read_word",
    "settle",
    "source_of",
    "tidy",
]
