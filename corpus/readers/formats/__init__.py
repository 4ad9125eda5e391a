"""File formats → blocks of text.

file ──files──▶ bytes ──word, pdf, web, markdown, plain──▶ Content (its blocks)
"""

from corpus.readers.formats.blocks import Block, Content, tidy
from corpus.readers.formats.files import MAX_BYTES, Format, Source, load, read_bytes, source_of
from corpus.readers.formats.markdown import read_markdown
from corpus.readers.formats.pdf import read_pdf
from corpus.readers.formats.plain import read_text
from corpus.readers.formats.web import read_page
from corpus.readers.formats.word import read_word

__all__ = [
    "MAX_BYTES",
    "Block",
    "Content",
    "Format",
    "Source",
    "load",
    "read_bytes",
    "read_markdown",
    "read_page",
    "read_pdf",
    "read_text",
    "read_word",
    "source_of",
    "tidy",
]
